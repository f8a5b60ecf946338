"""Downloaded files are kept, found again, and had from the network when they are not there."""

import hashlib

import pytest

from tf1graphs.datasets import cache
from tf1graphs.datasets.errors import UnavailableError

CONTENT = b"some text"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def test_cache_is_where_the_variable_says(monkeypatch, tmp_path):
    monkeypatch.setenv("TF1GRAPHS_DATA", str(tmp_path))
    assert cache.directory("mnist") == tmp_path / "mnist"


@pytest.mark.parametrize("value", [None, ""])
def test_cache_is_the_users_by_default(monkeypatch, value):
    pooch = pytest.importorskip("pooch")
    if value is None:
        monkeypatch.delenv("TF1GRAPHS_DATA")
    else:
        monkeypatch.setenv("TF1GRAPHS_DATA", value)
    assert cache.directory("mnist") == pooch.os_cache("tf1graphs") / "mnist"


def test_a_file_is_downloaded_once(mirror, monkeypatch):
    address, *_ = mirror({"text.txt": CONTENT})
    path = cache.file("text", "text.txt", SHA256, [address], "a text (1 kB)")
    assert path == cache.directory("text") / "text.txt" and path.read_bytes() == CONTENT
    monkeypatch.setenv("TF1GRAPHS_OFFLINE", "1")
    assert cache.file("text", "text.txt", SHA256, [address], "a text (1 kB)") == path


def test_a_file_that_cannot_be_had_says_why(monkeypatch):
    monkeypatch.setenv("TF1GRAPHS_OFFLINE", "1")
    with pytest.raises(UnavailableError, match="TF1GRAPHS_OFFLINE is set"):
        cache.file("text", "text.txt", SHA256, ["http://mirror.invalid/"], "a text (1 kB)")
