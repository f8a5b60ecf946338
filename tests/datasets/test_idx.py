"""The IDX reader takes whole files of the right form and refuses all others."""

import gzip
import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tf1graphs.datasets import DatasetError
from tf1graphs.datasets.idx import read_idx

IMAGES = np.arange(3 * 28 * 28).astype(np.uint8).reshape(3, 28, 28)

quick = settings(deadline=None, database=None)


def idx(items):
    return struct.pack(f">I{items.ndim}I", 0x800 | items.ndim, *items.shape) + items.tobytes()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("idx") / "train-images-idx3-ubyte"


@pytest.fixture(params=[bytes, lambda data: gzip.compress(data, mtime=0)], ids=["plain", "gzip"])
def pack(request):
    return request.param


def refusal(file, data, item_shape=(28, 28)):
    file.write_bytes(data)
    with pytest.raises(DatasetError) as caught:
        read_idx(file, item_shape)
    message = str(caught.value)
    assert message.startswith(str(file))
    assert "\n" not in message
    return message


def test_reads_images(file, pack):
    file.write_bytes(pack(idx(IMAGES)))
    found = read_idx(file, (28, 28))
    assert found.dtype == np.uint8
    np.testing.assert_array_equal(found, IMAGES)


def test_reads_labels(file, pack):
    file.write_bytes(pack(idx(np.array([7, 0, 9], np.uint8))))
    assert read_idx(file, ()).tolist() == [7, 0, 9]


def test_reads_an_empty_file_of_images(file, pack):
    file.write_bytes(pack(idx(IMAGES[:0])))
    assert read_idx(file, (28, 28)).shape == (0, 28, 28)


def test_reads_gzip_in_several_members(file):
    data = idx(IMAGES)
    file.write_bytes(gzip.compress(data[:100]) + gzip.compress(data[100:]))
    np.testing.assert_array_equal(read_idx(file, (28, 28)), IMAGES)


def test_refuses_a_missing_file(tmp_path):
    with pytest.raises(DatasetError, match="gone cannot be read .No such file"):
        read_idx(tmp_path / "gone", ())


def test_refuses_a_wrong_kind_of_file(file, pack):
    message = refusal(file, pack(b"<html>Please log in</html>"))
    assert "0x3c68746d, not 0x00000803: it is not an IDX file" in message


def test_refuses_elements_that_are_not_unsigned_bytes(file, pack):
    message = refusal(file, pack(b"\0\0\x0d\x03" + idx(IMAGES)[4:]))
    assert "0x00000d03, not 0x00000803: its elements are not unsigned bytes" in message


def test_refuses_labels_where_images_belong(file, pack):
    message = refusal(file, pack(idx(np.zeros(5, np.uint8))))
    assert "0x00000801, not 0x00000803: it has 1 dimensions, not 3" in message


def test_refuses_images_of_another_size(file, pack):
    message = refusal(file, pack(idx(np.zeros((2, 32, 28), np.uint8))))
    assert "holds items of shape [32, 28], not [28, 28]" in message


def test_refuses_trailing_bytes(file, pack):
    assert "goes on after the 2352 bytes" in refusal(file, pack(idx(IMAGES) + b"\0"))


def test_refuses_garbage_after_the_gzip_data(file):
    assert "damaged gzip" in refusal(file, gzip.compress(idx(IMAGES)) + b"garbage")


def test_refuses_a_lying_header_without_taking_the_memory(file, pack):
    header = struct.pack(">4I", 0x803, 2**32 - 1, 28, 28)
    tracemalloc.start()
    try:
        assert "is truncated" in refusal(file, pack(header + bytes(1000)))
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_unpacks_no_more_of_a_gzip_bomb_than_the_header_says(file):
    bomb = gzip.compress(idx(IMAGES) + bytes(50_000_000))
    tracemalloc.start()
    try:
        assert "goes on after" in refusal(file, bomb)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@quick
@given(labels=st.binary(max_size=300), packed=st.booleans())
def test_labels_come_back_as_written(file, labels, packed):
    data = idx(np.frombuffer(labels, np.uint8))
    file.write_bytes(gzip.compress(data) if packed else data)
    assert read_idx(file, ()).tobytes() == labels


@quick
@given(
    shape=st.tuples(st.integers(0, 4), st.integers(1, 6), st.integers(1, 6)),
    fill=st.integers(0, 255),
    packed=st.booleans(),
)
def test_items_of_any_shape_come_back_as_written(file, shape, fill, packed):
    items = (np.arange(np.prod(shape)) * 7 + fill).astype(np.uint8).reshape(shape)
    file.write_bytes(gzip.compress(idx(items)) if packed else idx(items))
    np.testing.assert_array_equal(read_idx(file, shape[1:]), items)


@pytest.mark.parametrize("packed", [False, True])
def test_refuses_a_file_cut_at_any_byte(file, packed):
    data = idx(np.arange(40, dtype=np.uint8))
    data = gzip.compress(data) if packed else data
    for length in range(len(data)):
        assert "truncated" in refusal(file, data[:length], ()), length


@quick
@given(bit=st.integers(0, 16 * 8 - 1))
def test_refuses_any_flipped_bit_in_the_header(file, bit):
    data = bytearray(idx(IMAGES))
    data[bit // 8] ^= 1 << bit % 8
    refusal(file, bytes(data))


@quick
@given(data=st.data())
def test_a_flipped_bit_in_gzip_data_is_refused_or_harmless(file, data):
    packed = bytearray(gzip.compress(idx(IMAGES), mtime=0))
    bit = data.draw(st.integers(0, len(packed) * 8 - 1))
    packed[bit // 8] ^= 1 << bit % 8
    file.write_bytes(packed)
    try:
        found = read_idx(file, (28, 28))
    except DatasetError as error:
        assert str(error).startswith(str(file))
    else:
        np.testing.assert_array_equal(found, IMAGES)


@quick
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(file, data):
    file.write_bytes(data)
    try:
        read_idx(file, ())
    except DatasetError as error:
        assert str(error).startswith(str(file))
