"""Songs as sound: a WAV file with a struck string for each note."""

import wave

import numpy as np

from tf1graphs.replacing import replacing

_RATE = 8000
_QUARTER = 0.35


def save(path, songs, notes):
    """Saves songs one after the other: mono, 16 bit, 8000 samples and about three quarter notes a second."""
    tones = [_tone(notes[code]) for song in songs for code in song]
    with replacing(path) as unfinished, wave.open(str(unfinished), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes((np.concatenate(tones) * 32767).astype("<i2").tobytes())


def _tone(note):
    seconds = np.arange(int(note.length * _QUARTER * _RATE)) / _RATE
    # Equal temperament: key 69 of MIDI is the a of 440 Hz, and twelve keys up are twice as many.
    phase = 2 * np.pi * 440 * 2 ** ((note.pitch - 69) / 12) * seconds
    # The first 10 ms grow, so that no note begins with a click.
    return 0.3 * np.minimum(seconds / 0.01, 1) * np.exp(-3 * seconds) * (np.sin(phase) + 0.3 * np.sin(2 * phase))
