"""The lyricist's cleaning, vocabulary, padding and masked cost, what it writes, and the texts that it refuses."""

from __future__ import annotations

import argparse
from collections import Counter

import numpy as np
import pytest
import short
import warm
from loading import load

from tf1graphs.datasets import DatasetError, text

FOLDER = short.TUTORIALS / "22_lyricist"
verses = load(FOLDER / "verses.py")
VOCABULARY = [*verses.symbols, "the", "sea", "river"]
THE, SEA, RIVER = range(4, 7)


def settings(data=None, batch_size=1):
    return argparse.Namespace(data=data, batch_size=batch_size)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("The River, the sea!", "the river , the sea !"),
        ("  Where?Here...", "where ? here . . ."),
        ("don't - stop; 3 (three)", "don t stop three"),
        ("Où est Jacques", "o est jacques"),
        (" \t—", ""),
    ],
)
def test_lines_are_cleaned(line, words):
    assert verses.clean(line) == words.split()


def test_the_vocabulary_is_the_symbols_and_the_most_frequent_words():
    sentences = [["b", "a", "a"], ["c", "b", "a"], ["d"]]
    assert verses.make_vocabulary(sentences, 6) == ["<pad>", "<unk>", "<start>", "<end>", "a", "b"]
    assert verses.make_vocabulary(sentences, 100)[4:] == ["a", "b", "c", "d"]
    assert verses.make_vocabulary(sentences, 100).index("<pad>") == 0


def test_words_that_the_vocabulary_lacks_are_unknown():
    assert verses.encode(["the", "ocean"], VOCABULARY) == [THE, verses.unk]


def test_targets_are_one_word_on_and_padded_at_the_end():
    source, target = verses.make_batch([("the", "sea"), ("the",) * 13], VOCABULARY)
    assert source.shape == target.shape == (2, verses.n_word - 1)
    assert source[0].tolist() == [verses.start, THE, SEA, verses.end] + [verses.pad] * 10
    assert target[0].tolist() == [THE, SEA, verses.end] + [verses.pad] * 11
    assert source[1].tolist() == [verses.start] + [THE] * 13
    assert target[1].tolist() == [THE] * 13 + [verses.end]


def test_long_empty_and_repeated_lines_are_left_out(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\n".join(["one two", "One  two", "", "--", "word " * 13, "word " * 14]))
    assert verses.read(settings(path)) == [("one", "two"), ("word",) * 13]


def test_a_folder_of_songs_is_read(tmp_path):
    (tmp_path / "b.txt").write_text("second")
    (tmp_path / "a.txt").write_text("first")
    assert verses.read(settings(tmp_path)) == [("first",), ("second",)]


def test_without_data_the_embedded_songs_are_read():
    lines = verses.read(settings())
    assert len(lines) > 300
    assert set(Counter(word for line in lines for word in line)) <= set(verses.clean(text.songs()))


def test_too_few_lines_are_refused(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("one\ntwo\nthree")
    with pytest.raises(SystemExit, match="2"):
        verses.read(settings(path, batch_size=2))
    assert "the text has 3 different lines of 1 to 13 words; batches of 2 need 4 or more" in capsys.readouterr().err


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DatasetError, match="cannot be read"):
        verses.read(settings(tmp_path / "none.txt"))


def test_validation_is_a_tenth_that_is_not_trained_on():
    sentences = [(str(number),) for number in range(25)]
    training, validation = verses.split(sentences, np.random.RandomState(0))
    assert (len(training), len(validation)) == (22, 3)
    assert sorted(training + validation) == sorted(sentences)


def network(favourite):
    """A network that always expects the words in the order of their logits, and remembers what it was given."""
    given = []

    def logits_of(source):
        given.append(source)
        return np.tile(np.array(favourite, np.float32), [1, verses.n_word - 1, 1])

    return logits_of, given


def test_a_verse_goes_on_until_its_end():
    logits_of, given = network([0, 0, 0, 99, 0, 0, 0])
    assert verses.write(logits_of, "The sea", VOCABULARY, np.random.RandomState(0)) == "the sea"
    assert given[0].tolist() == [[verses.start, THE, SEA] + [verses.pad] * 11]


def test_a_verse_without_end_has_a_greatest_length():
    logits_of, given = network([0, 0, 0, 0, 0, 0, 99])
    assert verses.write(logits_of, "", VOCABULARY, np.random.RandomState(0)) == " ".join(["river"] * 14)
    assert len(given) == 14


def test_padding_unknown_words_and_a_second_start_are_never_written():
    logits_of, _ = network([99, 99, 99, 0, 0, 0, 0])
    random = np.random.RandomState(0)
    written = {word for _ in range(20) for word in verses.write(logits_of, "", VOCABULARY, random).split()}
    assert written == {"the", "sea", "river"}


def costs_of_padding():
    """The TF2 version's cost, the cost by hand of what is no padding, and the cost with other logits at the padding."""
    model = load(FOLDER / "tf2.py").Model(len(VOCABULARY))
    source, target = verses.make_batch([("the", "sea"), ("river", "the", "river", "sea")], VOCABULARY)
    logits = model(source).numpy().astype(np.float64)
    of_target = np.take_along_axis(logits, target[..., np.newaxis], axis=-1)[..., 0]
    losses = np.log(np.exp(logits).sum(axis=-1)) - of_target
    other = np.where(source == verses.pad, RIVER, source)
    return model.cost(source, target).numpy(), losses[target != verses.pad].mean(), model.cost(other, target).numpy()


def test_padding_costs_nothing():
    with warm.process() as call:
        cost, by_hand, with_other_padding = call(costs_of_padding)
    assert cost == pytest.approx(by_hand, rel=1e-5)
    assert cost == with_other_padding
