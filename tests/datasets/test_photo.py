"""Photographs are read, scaled down and refused."""

import numpy as np
import PIL.Image
import pytest

from tf1graphs.datasets import DatasetError, photo


def test_the_portrait_is_read_without_a_file():
    picture = photo.read(None, 60)
    assert picture.shape == (60, 51, 3) and picture.dtype == np.float32
    assert 0 <= picture.min() < 0.1 and 0.9 < picture.max() <= 1


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P"])
def test_any_kind_of_picture_has_three_colours(mode, tmp_path):
    PIL.Image.new(mode, (20, 10)).save(tmp_path / "picture.png")
    np.testing.assert_array_equal(photo.read(tmp_path / "picture.png", 10), np.zeros((5, 10, 3)))


def test_a_small_picture_stays_as_it_is(tmp_path):
    PIL.Image.new("RGB", (4, 3), (255, 0, 51)).save(tmp_path / "picture.png")
    picture = photo.read(tmp_path / "picture.png", 10)
    assert picture.shape == (3, 4, 3)
    np.testing.assert_allclose(picture[0, 0], [1, 0, 0.2], rtol=1e-6)


def test_what_is_no_picture_is_refused(tmp_path):
    (tmp_path / "text.png").write_text("no picture")
    for path in (tmp_path / "text.png", tmp_path / "missing.png", tmp_path):
        with pytest.raises(DatasetError, match="cannot be read as a picture"):
            photo.read(path, 10)
