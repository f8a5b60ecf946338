"""The word lists have the properties that the examples rely on."""

import pytest

from tf1graphs.datasets import words


def test_four_letters_are_the_book_s():
    assert words.FOUR_LETTERS == [
        "word", "wood", "deep", "cold", "cool", "load", "love", "kiss", "kind",
    ]  # fmt: skip


def test_translations_are_four_letters_to_two_syllables():
    assert words.TRANSLATIONS[0] == ["word", "단어"]
    assert words.TRANSLATIONS[-1] == ["love", "사랑"]
    assert len(words.TRANSLATIONS) == 6
    assert all((len(english), len(korean)) == (4, 2) for english, korean in words.TRANSLATIONS)


@pytest.mark.parametrize("name", ["FOUR_LETTERS", "DIFFERENT_LENGTHS"])
def test_first_letters_determine_the_last(name):
    listed = getattr(words, name)
    assert len({word[:-1] for word in listed}) == len(set(listed)) == len(listed)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in listed)


def test_different_lengths_go_from_three_to_seven():
    assert {len(word) for word in words.DIFFERENT_LENGTHS} == {3, 4, 5, 6, 7}
    assert len(words.DIFFERENT_LENGTHS) == 12
