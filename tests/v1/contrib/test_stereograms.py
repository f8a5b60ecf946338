"""``tf.contrib.image.single_image_random_dot_stereograms`` beside what its recorded calls compare."""

from __future__ import annotations

import numpy as np
import pytest

import tf1graphs.v1 as tf

draw = tf.contrib.image.single_image_random_dot_stereograms


def _picture(depths: object, **options: object) -> np.ndarray:
    with tf.Graph().as_default(), tf.Session() as session:
        return session.run(draw(depths, **options))


def test_the_defaults_are_a_gray_picture_of_two_black_squares():
    picture = _picture([[1.0, 2.0, 3.0], [1.0, 4.0, 2.0]])
    assert (picture.shape, picture.dtype) == ((768, 1024, 1), np.uint8)
    # They are as far apart as the dots of what is farthest.
    left, right = 512 - 45, 512 + 45
    assert not picture[759:767, left - 4 : left + 4].any()
    assert not picture[759:767, right - 4 : right + 4].any()


def test_a_plane_repeats_one_strip():
    picture = _picture([[5, 5], [5, 5]], output_image_shape=[400, 20, 1], convergence_dots_size=0)
    np.testing.assert_array_equal(picture[:, :-90], picture[:, 90:])
    assert len(np.unique(picture[:, :90])) > 200


def test_two_colors_are_black_and_white():
    assert np.unique(_picture([[1, 2]], output_image_shape=[200, 10, 1], number_colors=2)).tolist() == [0, 255]


def test_a_vector_is_refused():
    with pytest.raises(ValueError, match="rank"):
        draw([1.0, 2.0])
