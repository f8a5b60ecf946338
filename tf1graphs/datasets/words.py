"""The word lists of the book's examples on recurrent networks.

Attributes:
    FOUR_LETTERS: English words of four letters whose first three letters determine the
        fourth.
    DIFFERENT_LENGTHS: English words of three to seven letters; for each, the letters
        before the last one determine the last one.
    TRANSLATIONS: pairs of a four-letter English word and a two-syllable Korean word.
"""

from __future__ import annotations

FOUR_LETTERS = ["word", "wood", "deep", "cold", "cool", "load", "love", "kiss", "kind"]

DIFFERENT_LENGTHS = [
    "sun",
    "cat",
    "tree",
    "moon",
    "lion",
    "house",
    "bread",
    "planet",
    "orange",
    "rabbit",
    "kitchen",
    "rainbow",
]

TRANSLATIONS = [
    ["word", "단어"],
    ["wood", "나무"],
    ["game", "놀이"],
    ["girl", "소녀"],
    ["kiss", "키스"],
    ["love", "사랑"],
]
