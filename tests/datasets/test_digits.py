"""The embedded digits are UCI's, look like MNIST's, and can be learnt."""

from pathlib import Path

import numpy as np
import pytest

from tf1graphs.datasets import digits


@pytest.fixture(scope="module")
def sets():
    return digits.load()


def test_file_is_small_and_attributed():
    folder = Path(digits.__file__).parent
    assert (folder / "digits-idx2-ubyte.gz").stat().st_size < 100_000
    notice = (folder / "README.md").read_text(encoding="utf-8")
    for needed in ("Alpaydin", "Kaynak", "CC BY 4.0", "licenses/by/4.0", "Changes made"):
        assert needed in notice


def test_all_1797_digits_are_there_with_uci_s_class_counts(sets):
    labels = np.concatenate([sets.train_labels, sets.test_labels])
    # As the UCI page lists them for its testing set.
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert len(sets.train_images) == 1500
    assert len(sets.test_images) == 297


def test_every_class_is_in_every_split(sets):
    for labels in (sets.train_labels[:125], sets.train_labels[125:], sets.test_labels):
        assert np.bincount(labels, minlength=10).min() >= 10


def test_images_have_mnist_s_form(sets):
    images = sets.train_images
    assert images.dtype == np.uint8
    assert images.shape[1:] == (28, 28)
    assert images.max() == 255
    assert not images[:, :4].any() and not images[:, 24:].any()
    assert not images[:, :, :4].any() and not images[:, :, 24:].any()
    # MNIST's mean is 0.13.
    assert 0.1 < images.mean() / 255 < 0.2


def test_digits_of_a_class_are_alike(sets):
    flat = sets.train_images.reshape(1500, 784).astype(float)
    means = np.stack([flat[sets.train_labels == digit].mean(0) for digit in range(10)])
    test = sets.test_images.reshape(297, 784).astype(float)
    nearest = ((test[:, np.newaxis] - means) ** 2).sum(2).argmin(1)
    assert (nearest == sets.test_labels).mean() > 0.8


def test_enlarge_fills_the_box_with_the_darkest_value():
    image = digits.enlarge(np.full((1, 8, 8), 16, np.uint8))[0]
    assert (image[4:24, 4:24] == 255).all()
    assert image.sum(dtype=int) == 255 * 400


def test_enlarge_keeps_symmetry_and_is_smooth():
    small = np.zeros((1, 8, 8), np.uint8)
    small[0, 3:5, 3:5] = 16
    image = digits.enlarge(small)[0].astype(int)
    np.testing.assert_array_equal(image, image[::-1])
    np.testing.assert_array_equal(image, image[:, ::-1])
    np.testing.assert_array_equal(image, image.T)
    # A step from 0 to 16 is spread over 2.5 pixels.
    assert np.abs(np.diff(image, axis=1)).max() <= 255 / 2.5


def test_enlarge_takes_no_images():
    assert digits.enlarge(np.zeros((0, 8, 8), np.uint8)).shape == (0, 28, 28)
