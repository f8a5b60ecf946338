"""Each TF2-native tutorial computes what its TF1 version computes, and that is what TensorFlow 1.15 computed.

Tolerances: forward rtol 1e-6 and atol 1e-6, the first 10 steps rtol 1e-5, step 100 within 1 %.
"""

import numpy as np
import twin
from cases import CASES, folder

FORWARD = {"rtol": 1e-6, "atol": 1e-6}
FIRST_STEPS = {"rtol": 1e-5, "atol": 1e-7}
LAST_STEP = {"rtol": 1e-2, "atol": 1e-6}


def test_every_tutorial_that_trains_is_compared():
    that_train = {path.parent.name for path in twin.TUTORIALS.glob("*/tf1.py") if "minimize(" in path.read_text()}
    assert that_train == {folder(name) for name in CASES}


def test_outputs_agree(pair):
    np.testing.assert_allclose(pair.tf2["output"], pair.tf1["output"], **FORWARD)


def test_gradients_agree(pair):
    for tf1, tf2 in zip(pair.tf1["gradients"], pair.tf2["gradients"], strict=True):
        assert tf1.keys() == tf2.keys()
        for name, expected in tf1.items():
            np.testing.assert_allclose(tf2[name], expected, rtol=1e-5, atol=1e-6, err_msg=name)


def test_losses_of_the_first_steps_agree(pair):
    np.testing.assert_allclose(pair.tf2["costs"][:10], pair.tf1["costs"][:10], **FIRST_STEPS)


def test_losses_at_step_100_agree(pair):
    np.testing.assert_allclose(pair.tf2["costs"][-1], pair.tf1["costs"][-1], **LAST_STEP)


def test_final_weights_agree(pair):
    assert pair.tf1["weights"].keys() == pair.tf2["weights"].keys()
    for name, expected in pair.tf1["weights"].items():
        difference = np.linalg.norm(pair.tf2["weights"][name] - expected) / np.linalg.norm(expected)
        assert difference < 1e-2, name


def test_tf1_checkpoint_gives_the_tf2_version_the_same_predictions(pair, in_tf2):
    output = in_tf2(twin.output_of_checkpoint, pair.name, pair.checkpoint, pair.batches[0])
    np.testing.assert_allclose(output, pair.tf1["trained_output"], **FORWARD)


def test_losses_are_those_of_tensorflow_115(pair, tf115_losses):
    expected = tf115_losses[pair.name]
    np.testing.assert_allclose(pair.tf1["costs"][: len(expected)], expected, rtol=1e-5)
