"""mnist() reads a directory, the cache or the network, and has digits without any."""

import gzip
import subprocess
import sys

import numpy as np
import pytest

from tf1graphs import datasets
from tf1graphs.datasets import DatasetError, idx_files, mnist_download


@pytest.fixture
def directory(tmp_path, put, contents):
    """A directory with a small set in it."""
    return put(tmp_path / "MNIST_data", contents)


def test_reads_a_directory(directory, contents):
    sets = datasets.mnist(directory)
    assert isinstance(sets, datasets.Mnist)
    assert [part.num_examples for part in (sets.train, sets.validation, sets.test)] == [22, 2, 12]
    assert sets.train.images.shape == (22, 784)
    assert sets.train.images.dtype == np.float32
    assert sets.train.labels.shape == (22, 10)
    assert sets.train.labels.dtype == np.float32
    stored = np.frombuffer(contents[idx_files.TRAIN_IMAGES][16:], np.uint8).reshape(24, 784)
    expected = np.multiply(stored.astype(np.float32), 1.0 / 255.0)
    np.testing.assert_array_equal(sets.validation.images, expected[:2])
    np.testing.assert_array_equal(sets.train.images, expected[2:])
    assert sets.train.labels.argmax(1).tolist() == [number % 10 for number in range(2, 24)]
    assert (sets.train.labels.sum(1) == 1).all()
    assert sets.source == f"the four IDX files in {directory}"


def test_takes_a_directory_as_text(directory):
    assert datasets.mnist(str(directory) + "/").test.num_examples == 12


def test_images_reach_from_zero_to_one(directory):
    images = datasets.mnist(directory).train.images
    assert images.min() == 0.0
    assert images.max() == 1.0


def test_gives_square_images_and_sparse_labels(directory):
    sets = datasets.mnist(directory, one_hot=False, flat=False)
    assert sets.train.images.shape == (22, 28, 28)
    assert sets.train.labels.tolist() == [number % 10 for number in range(2, 24)]
    assert sets.train.labels.dtype == np.uint8
    images, labels = sets.test.next_batch(5)
    assert images.shape == (5, 28, 28)
    assert labels.shape == (5,)


def test_square_and_flat_images_are_the_same(directory):
    flat = datasets.mnist(directory).test.images
    square = datasets.mnist(directory, flat=False).test.images
    np.testing.assert_array_equal(flat.reshape(-1, 28, 28), square)


def test_the_seed_settles_the_batches(directory):
    first, second = (datasets.mnist(directory, seed=9).train.next_batch(22)[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, datasets.mnist(directory, seed=8).train.next_batch(22)[0])


@pytest.mark.parametrize("size", [0, 5, 23, np.int64(5)])
@pytest.mark.parametrize("flat", [True, False])
def test_sets_aside_as_many_as_asked(directory, size, flat):
    sets = datasets.mnist(directory, validation_size=size, flat=flat)
    assert sets.validation.num_examples == size
    assert sets.train.num_examples == 24 - size
    assert sets.validation.images.shape[1:] == sets.train.images.shape[1:]


@pytest.mark.parametrize("size", [-1, 24, 0.1, 5.0, "5"])
def test_refuses_a_validation_size_that_is_none(directory, size):
    with pytest.raises(ValueError, match="^validation_size must be"):
        datasets.mnist(directory, validation_size=size)


def test_mnist_itself_sets_5000_aside(tmp_path, put, contents):
    header = (0x803).to_bytes(4, "big") + (60000).to_bytes(4, "big") + b"\0\0\0\x1c" * 2
    contents[idx_files.TRAIN_IMAGES] = gzip.compress(header + bytes(60000 * 784), 1)
    labels = (0x801).to_bytes(4, "big") + (60000).to_bytes(4, "big") + bytes(60000)
    contents[idx_files.TRAIN_LABELS] = labels
    sets = datasets.mnist(put(tmp_path / "big", contents), one_hot=False)
    assert (sets.train.num_examples, sets.validation.num_examples) == (55000, 5000)


def test_a_directory_without_the_files_is_an_error_and_no_download(
    monkeypatch, tmp_path, mirror, published, put, cache
):
    address, asked = mirror(published)
    monkeypatch.setattr(mnist_download, "MIRRORS", [address])
    put(cache, published)
    with pytest.raises(DatasetError, match="train-images-idx3-ubyte.gz is missing"):
        datasets.mnist(tmp_path)
    assert not asked


def test_reads_the_cache_without_asking_anybody(monkeypatch, mirror, published, other_contents, put, cache, capsys):
    address, asked = mirror(published)
    monkeypatch.setattr(mnist_download, "MIRRORS", [address])
    # Another set's files: their structure is checked and not MNIST's checksum.
    put(cache, other_contents)
    sets = datasets.mnist(validation_size=0)
    stored = np.frombuffer(other_contents[idx_files.TRAIN_IMAGES][16:], np.uint8)
    np.testing.assert_array_equal(np.rint(sets.train.images.ravel() * 255), stored)
    assert str(cache) in sets.source
    assert not asked
    assert capsys.readouterr().err == ""


def test_downloads_once(monkeypatch, mirror, published, contents, cache):
    address, asked = mirror(published)
    monkeypatch.setattr(mnist_download, "MIRRORS", [address])
    sets = datasets.mnist()
    assert sets.train.num_examples == 22
    assert str(cache) in sets.source
    before = len(asked)
    datasets.mnist()
    assert len(asked) == before


def test_a_truncated_file_in_the_cache_is_an_error(published, put, cache):
    published[idx_files.TEST_IMAGES] = published[idx_files.TEST_IMAGES][:-9]
    put(cache, published)
    with pytest.raises(DatasetError, match="t10k-images-idx3-ubyte.gz is truncated.*delete it"):
        datasets.mnist()


def test_a_wrong_checksum_is_an_error_and_no_digits(monkeypatch, mirror, published):
    monkeypatch.setattr(mnist_download, "MIRRORS", [mirror(published, "wrong")[0]])
    with pytest.raises(DatasetError, match="train-images.* has a wrong checksum"):
        datasets.mnist()


@pytest.mark.parametrize("way", ["no network", "by wish", "server down", "half there"])
def test_without_a_network_digits_stand_in_with_one_line(
    monkeypatch, mirror, published, put, cache, closed_address, capsys, way
):
    address = mirror(published, "down")[0] if way == "server down" else closed_address
    monkeypatch.setattr(mnist_download, "MIRRORS", [address])
    if way == "by wish":
        monkeypatch.setenv("TF1GRAPHS_OFFLINE", "1")
    if way == "half there":
        put(cache, {idx_files.TRAIN_LABELS: published[idx_files.TRAIN_LABELS]})
    sets = datasets.mnist(seed=0)
    assert [part.num_examples for part in (sets.train, sets.validation, sets.test)] == [
        1375,
        125,
        297,
    ]
    for part in (sets.train, sets.validation, sets.test):
        assert part.images.dtype == np.float32
        assert part.images.shape == (part.num_examples, 784)
        assert (part.images.min(), part.images.max()) == (0.0, 1.0)
        assert (part.labels.sum(0) > 0).all()
    assert "1,797 UCI" in sets.source and "CC BY 4.0" in sets.source
    assert "\n" not in sets.source
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1 and err.endswith("\n")
    assert "1,797 embedded UCI digits" in err and f"put its four files into {cache}" in err


def test_the_digits_do_not_depend_on_chance():
    first, second = datasets.mnist(), datasets.mnist()
    np.testing.assert_array_equal(first.test.images, second.test.images)
    np.testing.assert_array_equal(first.train.labels, second.train.labels)


def test_a_program_ends_though_a_look_up_still_hangs(cache):
    program = """
import socket, time
socket.getaddrinfo = lambda *args, **kwargs: time.sleep(30)
from tf1graphs.datasets import download, mnist, mnist_download
download.PATIENCE = 0.2
mnist_download.MIRRORS = ["http://mirror.invalid/"]
print(mnist().train.num_examples)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=15)
    assert run.stdout == "1375\n"
    assert run.stderr.count("\n") == 1
