"""Notes are read as they are written, and the songs have the properties that the tutorial relies on."""

import pytest

from tf1graphs.datasets import melodies
from tf1graphs.datasets.melodies import Note


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("c4", Note(60, 1.0)),
        ("g,2", Note(55, 2.0)),
        ("d'8", Note(74, 0.5)),
        ("bes1", Note(70, 4.0)),
        ("b16", Note(71, 0.25)),
        ("e4.", Note(64, 1.5)),
        ("c,,4", Note(36, 1.0)),
    ],
)
def test_a_note_is_a_key_and_a_length(written, note):
    assert melodies.parse(f" {written}\n{written}") == [note, note]


def test_nothing_is_no_notes():
    assert melodies.parse("") == []


@pytest.mark.parametrize("written", ["c", "4", "h4", "c3", "c4..", "C4", "c4'", "4c"])
def test_what_is_no_note_is_refused_by_name(written):
    with pytest.raises(ValueError, match="is no note") as refused:
        melodies.parse(f"c4 {written}")
    assert repr(written) in str(refused.value)


def test_the_first_note_tells_which_song_it_is():
    songs = melodies.songs()
    assert songs.keys() == melodies.SONGS.keys()
    assert len({song[0] for song in songs.values()}) == len(songs) == 4


@pytest.mark.parametrize(
    ("title", "bars"), [("Hänschen klein", 16), ("Frère Jacques", 8), ("Ode to Joy", 16), ("Twinkle", 12)]
)
def test_songs_fill_their_bars(title, bars):
    assert sum(note.length for note in melodies.songs()[title]) == 4 * bars
