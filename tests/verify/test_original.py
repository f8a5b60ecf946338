"""Programs compute here what they computed on TensorFlow 1.15, in each of their first steps."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import original
import pytest

from tf1graphs.verify import compare, styles, text

sys.path.append(str(Path(__file__).parents[1] / "tutorials"))
import short  # noqa: E402

# Whatever the user's cache holds, the tutorials read the embedded digits, as they did on 1.15.
os.environ["TF1GRAPHS_OFFLINE"] = "1"
os.environ["TF1GRAPHS_DATA"] = str(Path(__file__).parent / "no-such-cache")

RECORDINGS = Path(__file__).parents[1] / "fixtures" / "tf115" / "recordings"

# What a step reads beside the op that changes it, so that 1.15 gives one value or the other: the step that
# slim.learning.train fetches, and the range of weights before quant_delay, when the loss does not wait for it.
RACES = {
    "slim_learning_train": "global_step",
    "quantization_aware_training": r"\w+/weights_quant/(min|max)",
}


def _assert_equivalent(name, here):
    assert here.code == 0, here.err
    comparison = compare(RECORDINGS / f"{name}.jsonl.gz", here.path)
    race = RACES.get(name, "")
    comparison.quantities = [each for each in comparison.quantities if not re.fullmatch(race, each.series.name)]
    assert comparison.is_comparable and comparison.is_equivalent, text(comparison)


@pytest.mark.parametrize("name", original.NAMES)
def test_legacy_program(name, workers):
    here = workers.record(
        original.path_of(name),
        follow=RECORDINGS / f"{name}.jsonl.gz",
        steps=original.STEPS,
        style=styles.LEGACY,
        folder=original.path_of(name).parent,
    )
    _assert_equivalent(name, here)


@pytest.mark.parametrize("name", short.NAMES)
def test_tutorial(name, workers, tmp_path):
    here = workers.record(
        short.write(name, "tf1", tmp_path),
        short.arguments(name, tmp_path / "logs"),
        follow=RECORDINGS / f"{name}.jsonl.gz",
        steps=original.STEPS,
    )
    _assert_equivalent(name, here)
