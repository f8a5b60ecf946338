"""The melodies' lessons, when the state is kept and reset, and how a song is predicted and played."""

from __future__ import annotations

import wave

import numpy as np
import pytest
import short
import warm
from loading import load

from tf1graphs.datasets.melodies import Note

FOLDER = short.TUTORIALS / "23_stateful_lstm"
lessons = load(FOLDER / "lessons.py")
sound = load(FOLDER / "sound.py")
NOTES = [lessons.silence, Note(60, 1.0), Note(62, 2.0), Note(72, 4.0)]
SONG = [1, 2, 3, 1, 2]


def lesson(stateful, n_features=1):
    return lessons.Lesson(SONG, lessons.all_features(NOTES, n_features), 4, stateful)


class Listener:
    """A network that knows a song by heart, and after a reset begins it anew."""

    def __init__(self, song):
        self.song = [*song, 0, 0, 0, 0]
        self.heard = None
        self.resets = 0

    def reset(self):
        self.heard = 0
        self.resets += 1

    def listen(self, x):
        self.heard += len(x)
        return np.eye(len(NOTES))[self.song[self.heard - len(x) + 1 : self.heard + 1]]


def test_silence_is_the_first_of_the_notes():
    assert lessons.alphabet([NOTES[2:0:-1], NOTES[1:]]) == NOTES


def test_a_note_is_one_number_or_its_pitch_and_length():
    assert lessons.all_features(NOTES, 1).tolist() == [[0.0], [0.25], [0.5], [0.75]]
    np.testing.assert_allclose(lessons.all_features(NOTES, 2), [[0, 0], [0, 0.25], [1 / 6, 0.5], [1, 1]], rtol=1e-6)


def test_a_stateful_song_is_one_stretch_filled_up_with_silence():
    ((inputs, targets),) = lesson(stateful=True).stretches
    assert (4 * inputs[..., 0]).tolist() == [[1, 2, 3, 1], [2, 0, 0, 0]]
    assert targets.tolist() == [[2, 3, 1, 2], [0, 0, 0, 0]]


def test_a_stateless_song_is_a_stretch_for_each_chunk():
    first, second = lesson(stateful=False, n_features=2).stretches
    assert first[0].shape == second[0].shape == (1, 4, 2)
    assert (first[1].tolist(), second[1].tolist()) == ([[2, 3, 1, 2]], [[0, 0, 0, 0]])


@pytest.mark.parametrize(("stateful", "resets"), [(True, 1), (False, 2)])
def test_the_state_is_reset_at_each_stretch(stateful, resets):
    learned = lesson(stateful)
    predicting, playing = Listener(SONG), Listener(SONG)
    lessons.predict(learned, predicting.listen, predicting.reset)
    lessons.play(learned, playing.listen, playing.reset, lessons.all_features(NOTES, 1))
    assert predicting.resets == resets
    # Four notes follow the first: the second chunk is not begun.
    assert playing.resets == 1


def test_who_knows_a_song_predicts_and_plays_all_of_it():
    learned = lesson(stateful=True)
    listener = Listener(SONG)
    assert lessons.predict(learned, listener.listen, listener.reset) == SONG[1:]
    assert lessons.play(learned, listener.listen, listener.reset, lessons.all_features(NOTES, 1)) == SONG


def test_a_song_ends_with_silence():
    listener = Listener([1, 2])
    assert lessons.play(lesson(True), listener.listen, listener.reset, lessons.all_features(NOTES, 1)) == [1, 2, 0]


def test_the_share_counts_notes_in_their_places():
    assert lessons.share([1, 2, 3], [1, 3, 3, 4]) == 0.5
    assert lessons.share([], [1, 2]) == 0.0


def test_sound_lasts_as_long_as_the_notes(tmp_path):
    sound.save(tmp_path / "a.wav", [[1, 2], [3, 0]], NOTES)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 8000)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert len(samples) == 7 * 2800
    spectrum = np.abs(np.fft.rfft(samples[:2800]))
    assert np.argmax(spectrum) * 8000 / 2800 == pytest.approx(261.6, abs=3)


def heard(version):
    """Logits after the same two notes: at first, once more, and after a reset."""
    script = load(FOLDER / f"{version}.py")
    x = np.array([[0.0, 0.25], [0.5, 0.5]], np.float32)
    if version == "tf2":
        model = script.Model(2, 5)
        first, second = model.listen(x).numpy(), model.listen(x).numpy()
        model.reset()
        return first, second, model.listen(x).numpy()
    graph = script.build(2, 5)
    with script.tf.Session() as sess:
        sess.run(script.tf.global_variables_initializer())
        first, second = (sess.run([graph.model, graph.keep_state], {graph.X: x})[0] for _ in range(2))
        sess.run(graph.reset)
        return first, second, sess.run(graph.model, {graph.X: x})


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_the_state_goes_on_until_it_is_reset(version):
    with warm.process() as call:
        first, second, afresh = call(heard, version)
    assert not np.allclose(first, second, rtol=1e-3)
    np.testing.assert_array_equal(first, afresh)
