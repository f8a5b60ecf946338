"""Both versions change images as NumPy and SciPy do, and their pipelines give the same batches."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import short
from numpy.testing import assert_allclose
from scipy import ndimage

from tf1graphs.verify import Workers

NAME = "28_augmentation"
SIDE = 9
HALF = (SIDE - 1) / 2
IMAGE = np.random.RandomState(3).uniform(size=(SIDE, SIDE)).astype(np.float32)

# One after another: (option, its range, the draw) and what becomes of the image.
EXACT = {
    "nothing": ({}, [0.7] * 7, IMAGE),
    "a quarter turn, counter-clockwise": ({"rotation": 90.0}, [1, 0, 0, 0, 0, 0, 0], np.rot90(IMAGE)),
    "a quarter turn, clockwise": ({"rotation": 90.0}, [-1, 0, 0, 0, 0, 0, 0], np.rot90(IMAGE, -1)),
    "a third to the right": ({"width_shift": 1 / 3}, [0, 1, 0, 0, 0, 0, 0], np.pad(IMAGE, ((0, 0), (3, 0)))[:, :SIDE]),
    "a third up": ({"height_shift": 1 / 3}, [0, 0, -1, 0, 0, 0, 0], np.pad(IMAGE, ((0, 3), (0, 0)))[3:]),
    "swapped left and right": ({"horizontal_flip": True}, [0, 0, 0, 0, 0, -0.1, 0], IMAGE[:, ::-1]),
    "not swapped": ({"horizontal_flip": True, "vertical_flip": True}, [0] * 7, IMAGE),
    "swapped top and bottom": ({"vertical_flip": True}, [0, 0, 0, 0, 0, 0, -1], IMAGE[::-1]),
}
ALL = {"rotation": 40.0, "width_shift": 0.2, "height_shift": 0.3, "shear": 0.5, "zoom": 0.4, "horizontal_flip": True}
DRAWS = np.random.RandomState(4).uniform(-1.0, 1.0, size=(6, 7)).astype(np.float32)

PROGRAM = """
import json, sys
import numpy as np
sys.path.insert(0, {folder!r})
from tf{version}_augment import augment, pipeline
{imports}
found = []
for ranges, draws in json.loads({cases!r}):
    images = np.repeat(np.array({image}, np.float32)[np.newaxis, :, :, np.newaxis], len(draws), axis=0)
    found.append(value(augment(tf.constant(images), tf.constant(draws, tf.float32), **ranges))[..., 0].tolist())
images = np.random.RandomState(5).uniform(size=(12, 6, 6, 1)).astype(np.float32)
batches = pipeline(images, np.arange(12), 5, seed=1, rotation=30.0)
print(json.dumps([found, [[array.tolist() for array in batch] for batch in first(batches)]]))
"""
IMPORTS = {
    1: """
import tf1graphs.v1 as tf
session = tf.Session()
value = session.run
def first(batches):
    batch = tf.data.make_one_shot_iterator(batches).get_next()
    return [session.run(batch) for _ in range(6)]
""",
    2: """
import tensorflow as tf
value = lambda tensor: tensor.numpy()
first = lambda batches: list(batches.take(6).as_numpy_iterator())
""",
}


def affine(draws):
    """What SciPy makes of the image, by the product of one matrix for each option, for [y, x]."""
    turn, right, down, lean, grow, flip, _ = (float(each) for each in draws)
    angle = math.radians(turn * ALL["rotation"])
    rotate = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    shear = np.array([[1.0, 0.0], [math.tan(lean * ALL["shear"]), 1.0]])
    scale = (1.0 + grow * ALL["zoom"]) * np.diag([1.0, -1.0 if flip < 0 else 1.0])
    back = np.linalg.inv(rotate @ shear @ scale)
    shift = np.array([down * ALL["height_shift"], right * ALL["width_shift"]]) * SIDE
    return ndimage.affine_transform(IMAGE, back, HALF - back @ (HALF + shift), order=1, mode="grid-constant")


@pytest.fixture(scope="module")
def answers(workers: Workers, tmp_path_factory: pytest.TempPathFactory):
    """Version -> the changed images of each case, and the first batches of the pipeline."""
    cases = json.dumps([*[(ranges, [draws]) for ranges, draws, _ in EXACT.values()], (ALL, DRAWS.tolist())])
    found = {}
    for version, imports in IMPORTS.items():
        script = tmp_path_factory.mktemp("augment") / "program.py"
        folder = str(short.TUTORIALS / NAME)
        script.write_text(
            PROGRAM.format(version=version, imports=imports, cases=cases, image=IMAGE.tolist(), folder=folder)
        )
        recorded = workers.record(script, [])
        assert recorded.code == 0, recorded.err
        found[version] = json.loads(recorded.out)
    return found


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("name", EXACT)
def test_one_option(name, version, answers):
    images = dict(zip(EXACT, answers[version][0], strict=False))
    assert_allclose(images[name][0], EXACT[name][2], atol=1e-5)


@pytest.mark.parametrize("version", [1, 2])
def test_all_options_at_once(version, answers):
    for image, draws in zip(answers[version][0][-1], DRAWS, strict=True):
        assert_allclose(image, affine(draws), atol=1e-5)


def test_the_pipelines_give_the_same_batches(answers):
    first, second = answers[1][1], answers[2][1]
    assert len(first) == len(second) == 6
    for (images, labels), (others, theirs) in zip(first, second, strict=True):
        assert labels == theirs
        assert_allclose(images, others, atol=1e-6)


def test_an_epoch_has_each_image_once_and_the_next_one_another_order_and_other_draws(answers):
    batches = answers[2][1]
    labels = [label for _, some in batches for label in some]
    assert sorted(labels[:12]) == sorted(labels[12:24]) == list(range(12))
    assert labels[:12] != labels[12:24]
    images = [image for some, _ in batches for image in some]
    again = 12 + labels[12:24].index(labels[0])
    assert not np.allclose(images[0], images[again], atol=1e-3)


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_every_variant_is_trained_from_every_seed(version, pair_of):
    run = getattr(pair_of(NAME), version)
    runs = {
        f"{variant}, seed {seed}" for variant in ("without", "in the graph", "in the pipeline") for seed in (777, 778)
    }
    assert {path.name for path in run.logdir.iterdir() if path.is_dir()} == runs
    assert all(f"{each}: last cost" in run.recorded.out for each in runs)
