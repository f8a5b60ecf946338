"""Made-up speech: every letter is a tone of its own length, and features are logarithms of a spectrum's bands."""
import numpy as np

LETTERS = ' abcde'
WORDS = ['bad', 'cab', 'dab', 'ace', 'bed', 'add', 'bee']


def speak(text, rng):
    pieces = []
    for letter in text:
        length, pitch = rng.randint(320, 480), 0.15 + 0.4 * LETTERS.index(letter)
        loud = 0.05 if letter == ' ' else 1.
        pieces.append(loud * np.sin(pitch * np.arange(length)) * np.hanning(length))
    wave = np.concatenate(pieces)
    return wave + 0.01 * rng.randn(len(wave))


def features(wave, window=128, step=64, bands=10):
    """[time, bands], of mean 0 and variance 1."""
    frames = np.stack([wave[i:i + window] for i in range(0, len(wave) - window, step)])
    power = np.abs(np.fft.rfft(frames * np.hanning(window)))[:, :60] ** 2
    banded = np.log(power.reshape(len(frames), bands, -1).sum(-1) + 1e-3)
    return ((banded - banded.mean(0)) / (banded.std(0) + 1e-6)).astype(np.float32)


def sparse_tuple_from(sequences, dtype=np.int32):
    """(indices, values, shape) of a batch of label sequences."""
    indices = [(n, i) for n, sequence in enumerate(sequences) for i in range(len(sequence))]
    values = [label for sequence in sequences for label in sequence]
    shape = [len(sequences), max(len(sequence) for sequence in sequences)]
    return np.array(indices, np.int64), np.array(values, dtype), np.array(shape, np.int64)


def pad_sequences(sequences):
    lengths = np.array([len(each) for each in sequences], np.int32)
    padded = np.zeros((len(sequences), lengths.max(), sequences[0].shape[1]), np.float32)
    for row, sequence in zip(padded, sequences):
        row[:len(sequence)] = sequence
    return padded, lengths


def dataset(count, seed):
    rng = np.random.RandomState(seed)
    texts = [' '.join(WORDS[rng.randint(len(WORDS))] for _ in range(1 + rng.randint(2))) for _ in range(count)]
    return [(features(speak(text, rng)), text) for text in texts]


def encode(text):
    return [LETTERS.index(letter) for letter in text]


def decode(values):
    return ''.join(LETTERS[i] for i in values)
