"""The image functions of ``scipy.misc`` as SciPy 1.1 documents them."""

from __future__ import annotations

import numpy as np
import pytest

from tf1graphs.run import scipy_misc

GREYS = np.array([[0, 50], [100, 200]], np.uint8)
COLOURS = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)


def test_bytescale_maps_the_range_of_the_data():
    np.testing.assert_array_equal(scipy_misc.bytescale(np.array([-1.0, 0.0, 1.0])), [0, 128, 255])
    np.testing.assert_array_equal(scipy_misc.bytescale(np.array([0.0, 5.0, 20.0]), cmin=0, cmax=10), [0, 128, 255])
    assert scipy_misc.bytescale(GREYS) is GREYS
    with pytest.raises(ValueError, match="cmax"):
        scipy_misc.bytescale(np.zeros(2), cmin=2, cmax=1)


def test_files_keep_images(tmp_path):
    for image in (GREYS, COLOURS):
        scipy_misc.imsave(tmp_path / "image.png", image)
        np.testing.assert_array_equal(scipy_misc.imread(tmp_path / "image.png"), image)
    grey = scipy_misc.imread(tmp_path / "image.png", flatten=True)
    assert (grey.shape, grey.dtype) == ((2, 4), np.float32)
    assert scipy_misc.imread(str(tmp_path / "image.png"), mode="L").shape == (2, 4)


@pytest.mark.parametrize("size, shape", [(50, (1, 2, 3)), (2.0, (4, 8, 3)), ((5, 6), (5, 6, 3))])
def test_sizes_are_percent_factor_or_shape(size, shape):
    assert scipy_misc.imresize(COLOURS, size).shape == shape


def test_channels_may_come_first():
    moved = np.moveaxis(COLOURS, 2, 0)
    np.testing.assert_array_equal(scipy_misc.fromimage(scipy_misc.toimage(moved)), COLOURS)


def test_quarter_turns_are_exact():
    np.testing.assert_array_equal(scipy_misc.imrotate(GREYS, 90, "nearest"), np.rot90(GREYS))


def test_what_is_no_image_is_refused():
    with pytest.raises(ValueError, match="suitable array shape"):
        scipy_misc.toimage(np.zeros([2, 2, 2]))
    with pytest.raises(TypeError, match="PIL image"):
        scipy_misc.fromimage(GREYS)


def test_programs_find_it_in_scipy(legacy, tmp_path):
    (tmp_path / "scipy").mkdir()
    (tmp_path / "scipy" / "__init__.py").write_text("")
    done = legacy(
        "import numpy as np\nimport scipy.misc\nfrom scipy.misc import imresize\n"
        "print(imresize(np.zeros([4, 4], np.uint8), 0.5).shape, scipy.misc.imread.__name__)"
    )
    assert done.stdout == "(2, 2) imread\n", done.stderr
