"""The character LSTM's windows, its sampling at each temperature, and the texts that it refuses."""

from __future__ import annotations

import argparse

import numpy as np
import pytest
import short
from loading import load

from tf1graphs.datasets import DatasetError, text

characters = load(short.TUTORIALS / "21_character_lstm" / "characters.py")
LOGITS = np.array([2.0, 0.0, 1.0, -3.0], np.float32)


def settings(data=None, text="keeper", batch_size=2, stride=3):
    return argparse.Namespace(data=data, text=text, batch_size=batch_size, stride=stride)


def test_windows_are_60_characters_and_the_next():
    codes = np.arange(70, dtype=np.int32)
    inputs, targets = characters.windows(codes, stride=3, first=0)
    assert inputs.shape == (4, 60)
    assert targets.tolist() == [60, 63, 66, 69]
    assert (inputs[:, 0] == [0, 3, 6, 9]).all() and (inputs[:, -1] == targets - 1).all()


def test_every_character_is_asked_for_in_three_epochs():
    random = np.random.RandomState(0)
    asked = []
    for epoch in range(3):
        xs, ys = characters.epoch_batches(np.arange(60 + 12), epoch, settings(), random)
        assert xs.shape == (2, 2, 60) and (xs[..., -1] == ys - 1).all()
        asked.extend(ys.flat)
    assert asked != sorted(asked) and sorted(asked) == list(range(60, 72))


def test_temperature_1_is_the_softmax_and_0_is_greedy():
    np.testing.assert_allclose(characters.probabilities(LOGITS, 1.0), np.exp(LOGITS) / np.exp(LOGITS).sum(), rtol=1e-6)
    assert characters.probabilities(LOGITS, 0).tolist() == [1, 0, 0, 0]


def test_entropy_grows_with_the_temperature():
    rows = [characters.probabilities(LOGITS, temperature) for temperature in characters.temperatures[1:]]
    entropies = [-np.sum(row * np.log(row)) for row in rows]
    assert entropies == sorted(entropies) and len(set(entropies)) == 4
    assert all(np.argmax(row) == 0 for row in rows)


def test_a_low_temperature_does_not_overflow():
    assert characters.probabilities(np.array([1000.0, 0.0], np.float32), 0.2).tolist() == [1, 0]


def test_writing_goes_on_from_the_last_60_characters_at_each_temperature():
    seen = []

    def after_the_last(windows):
        """The network of a text that counts: 0, 1, 2, 3, 0, ..."""
        seen.append(windows)
        return 100.0 * np.eye(4)[(windows[:, -1] + 1) % 4]

    seed = np.arange(60) % 4
    written = characters.write(after_the_last, seed, 6, np.random.RandomState(0))
    assert written.tolist() == [[0, 1, 2, 3, 0, 1]] * len(characters.temperatures)
    assert [windows.shape for windows in seen] == [(5, 60)] * 6
    assert seen[-1][0].tolist() == [*seed[5:], 0, 1, 2, 3, 0]


def test_high_temperatures_write_what_is_rare_and_greedy_never():
    written = characters.write(
        lambda windows: np.tile(LOGITS, [len(windows), 1]), np.zeros(60, np.int32), 300, np.random.RandomState(0)
    )
    greedy, *stochastic = (written == 0).mean(axis=1)
    assert greedy == 1.0
    assert stochastic == sorted(stochastic, reverse=True) and stochastic[-1] < 0.7


def test_a_seed_ends_before_a_word():
    book = text.keepers_book()
    start = characters.seed_start(book, np.random.RandomState(1))
    assert book[start : start + 60].endswith(" ")
    assert characters.seed_start("a" * 70, np.random.RandomState(1)) == 0


def test_the_text_is_the_book_or_the_users_in_lower_case(tmp_path):
    assert characters.read(settings()) == text.keepers_book().lower()
    (tmp_path / "a.txt").write_text("Some Text. " * 10)
    assert characters.read(settings(tmp_path / "a.txt")) == "some text. " * 10


def test_nietzsche_is_asked_for_by_name(monkeypatch):
    monkeypatch.setattr(text, "nietzsche", lambda: "Supposing " * 10)
    assert characters.read(settings(text="nietzsche")) == "supposing " * 10


def test_a_text_shorter_than_a_batch_is_refused(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("a" * 66)
    assert len(characters.read(settings(path))) == 66
    path.write_text("a" * 65)
    with pytest.raises(SystemExit, match="2"):
        characters.read(settings(path))
    assert "the text has 65 characters; one batch of 2 needs 66 or more" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(DatasetError, match="cannot be read"):
        characters.read(settings(tmp_path / "none.txt"))
