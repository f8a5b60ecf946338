"""The four files are found, read and checked against each other."""

import gzip

import numpy as np
import pytest

from tf1graphs.datasets import DatasetError, idx_files


def test_finds_nothing_in_a_directory_that_is_not_there(tmp_path):
    assert idx_files.find(tmp_path / "gone") == {}


def test_finds_no_directory_that_has_a_files_name(tmp_path):
    (tmp_path / idx_files.TRAIN_IMAGES).mkdir()
    assert idx_files.find(tmp_path) == {}


@pytest.mark.parametrize("unpacked_names", [False, True])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_reads_the_four_files_packed_or_not_under_either_name(tmp_path, put, contents, pack, unpacked_names):
    put(tmp_path, {name: pack(data) for name, data in contents.items()}, unpacked_names)
    sets = idx_files.read(tmp_path)
    assert sets.train_images.shape == (24, 28, 28)
    assert sets.test_images.shape == (12, 28, 28)
    assert sets.train_images.tobytes() == contents[idx_files.TRAIN_IMAGES][16:]
    assert sets.test_labels.tobytes() == contents[idx_files.TEST_LABELS][8:]
    assert sets.train_images.dtype == sets.train_labels.dtype == np.uint8
    assert sets.source == f"the four IDX files in {tmp_path}"


def test_takes_the_unpacked_file_where_both_are(tmp_path, put, contents, other_contents):
    put(tmp_path, contents)
    put(tmp_path, other_contents, unpacked_names=True)
    sets = idx_files.read(tmp_path)
    assert sets.train_images.tobytes() == other_contents[idx_files.TRAIN_IMAGES][16:]


@pytest.mark.parametrize("missing", idx_files.NAMES)
def test_names_the_file_that_is_missing(tmp_path, put, contents, missing):
    del contents[missing]
    put(tmp_path, contents)
    with pytest.raises(DatasetError) as caught:
        idx_files.read(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / missing} is missing")
    assert "put the four files" in str(caught.value)


def test_names_both_files_whose_counts_differ(tmp_path, put, contents):
    contents[idx_files.TRAIN_LABELS] = contents[idx_files.TEST_LABELS]
    put(tmp_path, contents)
    with pytest.raises(DatasetError) as caught:
        idx_files.read(tmp_path)
    message = str(caught.value)
    assert f"{tmp_path / idx_files.TRAIN_IMAGES} holds 24 images" in message
    assert f"{tmp_path / idx_files.TRAIN_LABELS} holds 12 labels" in message


def test_refuses_a_label_that_is_no_digit(tmp_path, put, contents):
    contents[idx_files.TEST_LABELS] = contents[idx_files.TEST_LABELS][:-1] + b"\x0a"
    put(tmp_path, contents)
    with pytest.raises(DatasetError, match="t10k-labels.* holds the label 10; .* 0 to 9"):
        idx_files.read(tmp_path)


def test_refuses_a_set_without_images(tmp_path, put, contents):
    contents[idx_files.TEST_IMAGES] = contents[idx_files.TEST_IMAGES][:4] + bytes.fromhex("00000000 0000001c 0000001c")
    contents[idx_files.TEST_LABELS] = bytes.fromhex("00000801 00000000")
    put(tmp_path, contents)
    with pytest.raises(DatasetError, match="t10k-images.* holds no images"):
        idx_files.read(tmp_path)


def test_names_a_truncated_file(tmp_path, put, contents):
    contents[idx_files.TRAIN_IMAGES] = gzip.compress(contents[idx_files.TRAIN_IMAGES])[:-20]
    put(tmp_path, contents)
    with pytest.raises(DatasetError, match="train-images-idx3-ubyte.gz is truncated"):
        idx_files.read(tmp_path)
