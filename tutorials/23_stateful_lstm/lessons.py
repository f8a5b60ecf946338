"""The songs as numbers, cut into chunks; and how a network predicts and plays them."""

import numpy as np

from tf1graphs import datasets

# What comes after a song; it also fills up the song's last chunk.
silence = datasets.melodies.Note(60, 0.0)
# name -> (whether the state goes on from chunk to chunk, numbers that say which note it is)
variants = {
    "stateless, one feature": (False, 1),
    "stateless, two features": (False, 2),
    "stateful, one feature": (True, 1),
    "stateful, two features": (True, 2),
}


class Lesson:
    """What a network learns one song from.

    Attributes:
        codes: the song as numbers of notes, [notes].
        stretches: inputs [chunks, n_step, n_features] and targets [chunks, n_step] between two resets of the state:
            the whole song if the network is stateful, otherwise one chunk. The target is the number of the next note.
    """

    def __init__(self, codes, features, n_step, stateful):
        n_chunk = -(-len(codes) // n_step)
        padded = np.zeros(n_chunk * n_step + 1, np.int32)
        padded[: len(codes)] = codes
        inputs = features[padded[:-1]].reshape(n_chunk, n_step, -1)
        targets = padded[1:].reshape(n_chunk, n_step)
        n_stretch = 1 if stateful else n_chunk
        self.codes = codes
        self.stretches = list(zip(np.split(inputs, n_stretch), np.split(targets, n_stretch)))


def alphabet(songs):
    """Returns the different notes, of which the number 0 is silence."""
    return [silence, *sorted({note for song in songs for note in song})]


def all_features(notes, n_features):
    """Returns the features of each note: its number, or its pitch in octaves and its length in whole notes."""
    if n_features == 1:
        return np.arange(len(notes), dtype=np.float32)[:, np.newaxis] / len(notes)
    return np.array([[(note.pitch - 60) / 12, note.length / 4] for note in notes], np.float32)


def predict(lesson, listen, reset):
    """Returns what the network expects after each note of a song, of which it always hears the true notes."""
    expected = []
    for inputs, _ in lesson.stretches:
        reset()
        for chunk in inputs:
            expected.extend(np.argmax(listen(chunk), axis=1))
    return expected[: len(lesson.codes) - 1]


def play(lesson, listen, reset, features):
    """Returns a song that the network plays from its first note on, hearing what it has played itself."""
    _, targets = lesson.stretches[0]
    played = [lesson.codes[0]]
    while len(played) < len(lesson.codes) and played[-1] != 0:
        if (len(played) - 1) % targets.size == 0:
            reset()
        (logits,) = listen(features[played[-1:]])
        played.append(np.argmax(logits))
    return played


def examine(name, course, listen, reset, features):
    """Prints how much of each song is right; returns title -> the song as the network plays it.

    Args:
        name: of the network.
        course: title -> lesson.
        listen: function from features of notes [n, n_features] to logits of the next notes [n, n_class], which goes
            on from the state and keeps the new one.
        reset: function that resets the state.
        features: the features of each note.
    """
    print("\n=== {} ===\n{:16}{:>10}{:>24}".format(name, "", "one step", "from the first note on"))
    played = {}
    for title, lesson in course.items():
        played[title] = play(lesson, listen, reset, features)
        one_step = share(predict(lesson, listen, reset), lesson.codes[1:])
        print("{:16}{:10.3f}{:24.3f}".format(title, one_step, share(played[title][1:], lesson.codes[1:])))
    print()
    return played


def share(found, wanted):
    """Returns which share of the wanted notes was found in its place."""
    return sum(a == b for a, b in zip(found, wanted)) / len(wanted)
