"""Runs both versions of a tutorial on one of Keras's ImageNet networks, with weights of our own in the cache."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import short

from tf1graphs.datasets import pretrained

# Keras 2 writes the form of file that Keras publishes.
_SAVE_WEIGHTS = """
import sys
import tf1graphs.v1 as tf
tf.set_random_seed(0)
getattr(tf.keras.applications, sys.argv[1])(include_top=False, weights=None).save_weights(sys.argv[2])
"""


def printed(
    python: Callable[..., subprocess.CompletedProcess[str]],
    name: str,
    network: str,
    arguments: list[str],
    folder: Path,
) -> dict[str, str]:
    """Returns version -> what it printed; the weights are random ones, in the cache, and nothing goes to stderr."""
    path = folder / "keras" / pretrained._WEIGHTS[network].file
    path.parent.mkdir()
    saved = python("-c", _SAVE_WEIGHTS, network, str(path))
    assert saved.returncode == 0, saved.stderr
    lines = {}
    for version in ("tf1", "tf2"):
        script, logdir = short.TUTORIALS / name / f"{version}.py", folder / version
        done = python(str(script), *arguments, "--logdir", str(logdir), TF1GRAPHS_DATA=str(folder))
        assert (done.returncode, done.stderr) == (0, "")
        lines[version] = done.stdout
    return lines
