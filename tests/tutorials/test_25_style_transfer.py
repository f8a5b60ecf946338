"""The three losses are what numpy makes of the pictures, they fall, and both versions paint the same with VGG19."""

import re
from types import SimpleNamespace

import imagenet
import numpy as np
import PIL.Image
import pytest
import short
import warm
from loading import load

FOLDER = short.TUTORIALS / "25_style_transfer"
CONTENT, STYLE = (np.random.RandomState(1).uniform(size=size).astype(np.float32) for size in [(8, 6, 3), (5, 7, 3)])
# A network whose only layer is the picture itself, so that numpy can say what it sees.
PIXELS = {"network": lambda x: {"pixels": x}, "content_layer": "pixels", "style_layers": ["pixels"]}


def gram_matrix(picture):
    deviations = [channel.ravel() - channel.mean() for channel in np.moveaxis(picture, 2, 0)]
    return np.array([[np.mean(one * other) for other in deviations] for one in deviations])


def relative(found, target):
    return np.mean((found - target) ** 2) / np.mean(target**2)


def expected_losses(picture):
    variation = np.mean(np.diff(picture, axis=0) ** 2) + np.mean(np.diff(picture, axis=1) ** 2)
    return [relative(picture, CONTENT), relative(gram_matrix(picture), gram_matrix(STYLE)), variation]


def painted_by_tf1():
    import tf1graphs.v1 as tf

    tf1 = load(FOLDER / "tf1.py")
    graph = SimpleNamespace(X=tf.placeholder(tf.float32, [None, None, None, 3]), **PIXELS)
    canvas = tf1.painting(graph, CONTENT)
    targets = {canvas.content_target: CONTENT[np.newaxis], canvas.style_targets[0]: gram_matrix(STYLE)}
    stages = []
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for strokes in (0, 20):
            for _ in range(strokes):
                sess.run(canvas.paint_op, targets)
            stages.append((sess.run(canvas.picture)[0], sess.run(canvas.losses, targets)))
        gram = sess.run(canvas.style, {graph.X: STYLE[np.newaxis]})[0]
    return gram, stages


def painted_by_tf2():
    import tensorflow as tf

    canvas = load(FOLDER / "tf2.py").Painting(SimpleNamespace(**PIXELS), CONTENT, STYLE)
    stages = []
    for strokes in (0, 20):
        canvas.paint(tf.constant(strokes))
        stages.append((canvas.picture[0].numpy(), [loss.numpy() for loss in canvas.losses()]))
    return canvas.style_targets[0].numpy(), stages


@pytest.fixture(scope="module", params=[painted_by_tf1, painted_by_tf2])
def painted(request):
    with warm.process() as call:
        return call(request.param)


def test_the_gram_matrix_is_of_deviations_from_the_mean(painted):
    gram, _ = painted
    np.testing.assert_allclose(gram, gram_matrix(STYLE), rtol=1e-4, atol=1e-7)


def test_losses_are_those_of_the_picture(painted):
    _, stages = painted
    for picture, losses in stages:
        np.testing.assert_allclose(losses, expected_losses(picture), rtol=1e-4, atol=1e-7)


def test_the_picture_begins_as_the_content_and_gets_the_style(painted):
    _, ((first, losses), (last, later)) = painted
    np.testing.assert_array_equal(first, CONTENT)
    assert later[1] < losses[1] / 10
    assert later[2] < losses[2]
    assert 0 < relative(last, CONTENT) < 0.5


@pytest.fixture(scope="module")
def in_forks():
    with warm.process() as call:
        yield call


@pytest.fixture(scope="module")
def refused_pictures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "text.png").write_text("no picture")
    PIL.Image.new("RGB", (200, 20)).save(folder / "narrow.png")
    return folder


@pytest.mark.parametrize("version", ["tf1", "tf2"])
@pytest.mark.parametrize("option", ["--image", "--style"])
def test_a_narrow_picture_is_refused(version, option, refused_pictures, in_forks, tmp_path):
    arguments = ["--quick", option, str(refused_pictures / "narrow.png"), "--logdir", str(tmp_path)]
    done = in_forks(warm.run, FOLDER / f"{version}.py", arguments)
    assert done.code == 2
    assert done.err.splitlines()[-1].endswith("5 by 48 pixels are too small, a side needs 32")
    assert not (tmp_path / "picture.png").exists()


@pytest.mark.parametrize("version, option", [("tf1", "--style"), ("tf2", "--image")])
def test_what_is_no_picture_is_refused(version, option, refused_pictures, python, tmp_path):
    text = str(refused_pictures / "text.png")
    done = python(str(FOLDER / f"{version}.py"), "--quick", option, text, "--logdir", str(tmp_path))
    assert done.returncode == 2
    assert f"{text} cannot be read as a picture" in done.stderr.splitlines()[-1]


@pytest.mark.slow
def test_both_versions_paint_the_same_with_vgg(python, tmp_path):
    printed = imagenet.printed(python, FOLDER.name, "VGG19", ["--size", "40", "--strokes", "3"], tmp_path)
    losses = {version: [float(loss) for loss in re.findall(r"\d+\.\d{4}", text)] for version, text in printed.items()}
    assert len(losses["tf1"]) == 4
    np.testing.assert_allclose(losses["tf2"], losses["tf1"], rtol=1e-3, atol=1e-4)
