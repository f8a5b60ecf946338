"""Time per training step of both versions of each tutorial, alternating in one run, on the same batches.

Beside them stand the same TF1 script on bare ``tf.compat.v1`` and Keras 3's ``fit`` of the TF2 version, where they can
run it: bare ``tf.compat.v1`` has no layers and cells, ``fit`` has one optimizer.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import peers
import pytest
from cases import CASES, folder

ROUNDS = 5
SECONDS_A_ROUND = 0.2
# On two shared cores the same work differs by this much from run to run, even at its best of five.
NOISE = 1.5
NEEDS_TF_KERAS = {
    "09_dropout_and_batch_norm",
    "11_cnn_layers",
    "14_conditional_gan",
    "15_rnn_mnist",
    "16_word_completion",
    "17_seq2seq",
    "18_linear_and_convolution_layers",
    "19_separable_convolution",
    "20_convolutional_autoencoder",
    "21_character_lstm",
    "22_lyricist",
    "23_stateful_lstm",
    "26_ensemble_and_search",
    "27_evaluation",
    "28_augmentation",
    "29_saving_models",
}

Timer = Callable[[str, int], float]


@pytest.fixture(scope="module")
def timers() -> Iterator[dict[str, Timer]]:
    """Timers by name, each in the process of its kind."""
    spawn = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        graph, bare, eager = (stack.enter_context(spawn.Pool(1)) for _ in range(3))
        yield {
            "tf1": lambda *arguments: graph.apply(peers.tf1, arguments),
            "bare": lambda *arguments: bare.apply(peers.bare, arguments),
            "tf2": lambda *arguments: eager.apply(peers.tf2, arguments),
            "fit": lambda *arguments: eager.apply(peers.keras_fit, arguments),
        }


def can_run(label: str, name: str) -> bool:
    if label == "bare":
        return folder(name) not in NEEDS_TF_KERAS
    return label != "fit" or len(CASES[name].steps) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.steps))
def test_twin_and_room_are_not_slower(name, timers):
    timers["tf1"](name, 2)
    steps = max(5, min(300, int(SECONDS_A_ROUND / timers["tf1"](name, 10) * 10)))
    able = [label for label in timers if can_run(label, name)]
    seconds = {label: [] for label in able}
    for _ in range(1 + ROUNDS):
        for label in able:
            seconds[label].append(timers[label](name, steps))
    best = {label: min(times[1:]) for label, times in seconds.items()}
    microseconds = ", ".join(f"{label} {value / steps * 1e6:,.0f} us" for label, value in best.items())
    print(f"{name}: {microseconds} a step; tf2 is {best['tf2'] / best['tf1']:.2f} of tf1")
    assert best["tf2"] < best["tf1"] * NOISE
    assert best["tf1"] < best.get("bare", best["tf1"]) * NOISE
