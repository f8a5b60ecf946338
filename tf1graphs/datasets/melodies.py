"""Old melodies in the public domain, as notes to learn from.

A note is written as its name and its length, ``g4`` or ``bes8``: names as LilyPond writes them in Dutch, from middle c
up, with ``'`` an octave higher and with ``,`` an octave lower; lengths as fractions of a whole note, with ``.`` half as
much longer.

Attributes:
    SONGS: Title -> notes. Each begins with another note, so that the first note tells which song it is; Twinkle stands
        in F major for that, the others in C major.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SONGS = {
    # Germany, before 1800; the text by Franz Wiedemann (1821-1882). In Korea it is the song of the butterfly.
    "Hänschen klein": (
        "g4 e4 e2 f4 d4 d2 c4 d4 e4 f4 g4 g4 g2 g4 e4 e2 f4 d4 d2 c4 e4 g4 g4 c1 "
        "d4 d4 d4 d4 d4 e4 f2 e4 e4 e4 e4 e4 f4 g2 g4 e4 e2 f4 d4 d2 c4 e4 g4 g4 c1"
    ),
    # France, about 1780.
    "Frère Jacques": (
        "c4 d4 e4 c4 c4 d4 e4 c4 e4 f4 g2 e4 f4 g2 g8 a8 g8 f8 e4 c4 g8 a8 g8 f8 e4 c4 c4 g,4 c2 c4 g,4 c2"
    ),
    # Ludwig van Beethoven, Ninth Symphony, 1824.
    "Ode to Joy": (
        "e4 e4 f4 g4 g4 f4 e4 d4 c4 c4 d4 e4 e4. d8 d2 e4 e4 f4 g4 g4 f4 e4 d4 c4 c4 d4 e4 d4. c8 c2 "
        "d4 d4 e4 c4 d4 e8 f8 e4 c4 d4 e8 f8 e4 d4 c4 d4 g,2 e4 e4 f4 g4 g4 f4 e4 d4 c4 c4 d4 e4 d4. c8 c2"
    ),
    # "Ah, vous dirai-je, maman", France, 1761.
    "Twinkle": (
        "f4 f4 c'4 c'4 d'4 d'4 c'2 bes4 bes4 a4 a4 g4 g4 f2 c'4 c'4 bes4 bes4 a4 a4 g2 "
        "c'4 c'4 bes4 bes4 a4 a4 g2 f4 f4 c'4 c'4 d'4 d'4 c'2 bes4 bes4 a4 a4 g4 g4 f2"
    ),
}

_MIDDLE_C = 60
_SEMITONES = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "bes": 10, "b": 11}
_NOTE = re.compile(r"(bes|[a-g])([',]*)(16|[1248])(\.?)")


class Note(NamedTuple):
    """One note.

    Attributes:
        pitch: The number of its key in MIDI: 60 is middle c, and each semitone is one more.
        length: In quarter notes.
    """

    pitch: int
    length: float


def parse(text: str) -> list[Note]:
    """Return the notes that are written in ``text``, as the module says.

    Raises:
        ValueError: If a word of it is no note.
    """
    return [_note(word) for word in text.split()]


def _note(word: str) -> Note:
    match = _NOTE.fullmatch(word)
    if not match:
        raise ValueError(f"{word!r} is no note; write one like g4, c'2, bes8 or e4.")
    name, octaves, fraction, dot = match.groups()
    pitch = _MIDDLE_C + _SEMITONES[name] + 12 * (octaves.count("'") - octaves.count(","))
    return Note(pitch, 4 / int(fraction) * (1.5 if dot else 1.0))


def songs() -> dict[str, list[Note]]:
    """Return title -> notes of the songs."""
    return {title: parse(text) for title, text in SONGS.items()}
