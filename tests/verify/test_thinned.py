"""Recordings that keep more and fewer elements of arrays can be compared."""

from __future__ import annotations

import numpy as np
import pytest

from tf1graphs.verify.recorder import stream
from tf1graphs.verify.recorder.stream import decode
from tf1graphs.verify.recording import Sample
from tf1graphs.verify.tolerance import Tolerance, difference_of_variables

ARRAY = np.random.RandomState(0).normal(size=(100, 200)).astype(np.float32)


def test_what_is_thinned_out_is_among_what_is_kept():
    form = stream.encode(ARRAY)
    fewer = stream.thinned(form, 256)
    assert fewer["every"] % form["every"] == 0
    np.testing.assert_array_equal(decode(fewer), ARRAY.ravel()[:: fewer["every"]])
    assert len(decode(fewer)) <= 256 < len(decode(form)) <= stream.LARGEST_WHOLE
    assert fewer["norm"] == form["norm"] == pytest.approx(np.linalg.norm(ARRAY))


def test_a_small_array_stays_whole():
    form = stream.encode(ARRAY[0])
    assert stream.thinned(form, 256) is form


def test_all_columns_of_a_matrix_are_among_what_is_kept():
    columns = np.tile(np.arange(256, dtype=np.float32), (784, 1))
    assert set(decode(stream.encode(columns))) == set(range(256))


def test_samples_of_both_densities_compare():
    form = stream.encode(ARRAY)
    fuller, fewer = (
        Sample(1, 1, decode(each), norm=each["norm"], every=each["every"]) for each in (form, stream.thinned(form, 256))
    )
    apart = difference_of_variables(fewer, fuller.thinned(fewer.every), Tolerance(), is_updated=False)
    assert apart.absolute == 0.0 and not apart.is_too_large


def test_a_difference_in_elements_that_are_not_kept_shows_in_the_norm():
    other = ARRAY.copy()
    other[0, 1] += 1.0
    one, two = (stream.encode(array) for array in (ARRAY, other))
    samples = [Sample(1, 1, decode(each), norm=each["norm"], every=each["every"]) for each in (one, two)]
    apart = difference_of_variables(*samples, Tolerance(), is_updated=False)
    assert apart.absolute == 0.0 and apart.is_too_large
