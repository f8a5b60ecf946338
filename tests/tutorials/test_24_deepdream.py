"""Octaves keep what the photograph has; both versions dream the same with the same weights of InceptionV3."""

import re

import imagenet
import numpy as np
import pytest
import short
import warm
from loading import load

FOLDER = short.TUTORIALS / "24_deepdream"
PHOTO = np.random.RandomState(0).uniform(size=(60, 45, 3)).astype(np.float32)


@pytest.fixture(scope="module")
def octaves():
    return load(FOLDER / "octaves.py")


@pytest.mark.parametrize("count", [1, 3])
def test_without_dreams_the_photograph_comes_back(octaves, count):
    seen = []
    pictures = list(octaves.dreams(PHOTO, count, lambda picture: seen.append(picture.shape) or picture))
    assert seen == [(30, 22, 3), (42, 32, 3), (60, 45, 3)][-count:]
    np.testing.assert_allclose(pictures[-1], PHOTO, atol=1e-5)


def test_what_is_dreamt_in_a_small_octave_is_in_the_large_one(octaves):
    *_, last = octaves.dreams(PHOTO, 2, lambda picture: picture + (0.25 if len(picture) < 60 else 0.0))
    np.testing.assert_allclose(last, PHOTO + 0.25, atol=1e-5)


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_a_photograph_without_inner_activations_is_refused(version, tmp_path):
    arguments = ["--quick", "--size", "16", "--logdir", str(tmp_path)]
    with warm.process() as call:
        done = call(warm.run, FOLDER / f"{version}.py", arguments)
    assert done.code == 2
    assert "8 by 7 pixels leave a layer nothing inside its border" in done.err.splitlines()[-1]
    assert not (tmp_path / "picture.png").exists()


@pytest.mark.slow
def test_both_versions_dream_the_same_with_inception(python, tmp_path):
    printed = imagenet.printed(
        python, FOLDER.name, "InceptionV3", ["--size", "150", "--octaves", "1", "--iterations", "2"], tmp_path
    )
    losses = {version: [float(loss) for loss in re.findall(r"loss = (\S+)", text)] for version, text in printed.items()}
    assert len(losses["tf1"]) == 2
    np.testing.assert_allclose(losses["tf2"], losses["tf1"], rtol=1e-3)
