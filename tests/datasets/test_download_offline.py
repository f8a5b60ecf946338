"""Without a network a download fails soon, and by wish it is not begun."""

import socket
import time

import pytest

from tf1graphs.datasets import download
from tf1graphs.datasets.errors import UnavailableError


@pytest.mark.parametrize("value", ["1", "yes"])
def test_offline_by_wish_asks_nobody(monkeypatch, complete, mirror, published, names, value):
    address, asked = mirror(published)
    monkeypatch.setenv("TF1GRAPHS_OFFLINE", value)
    with pytest.raises(UnavailableError, match="TF1GRAPHS_OFFLINE is set"):
        complete([address], names)
    assert not asked


@pytest.mark.parametrize("value", ["0", ""])
def test_offline_can_be_unset(monkeypatch, complete, mirror, published, names, cache, value):
    monkeypatch.setenv("TF1GRAPHS_OFFLINE", value)
    complete([mirror(published)[0]], names)
    assert (cache / names[3]).exists()


def test_a_refused_connection_fails_at_once(complete, names, closed_address, cache):
    start = time.monotonic()
    with pytest.raises(UnavailableError, match="no mirror answered within 2 s"):
        complete([closed_address], names)
    assert time.monotonic() - start < 1.9
    assert not cache.exists()


def test_hanging_connections_fail_within_the_patience(complete, names, hanging):
    start = time.monotonic()
    with pytest.raises(UnavailableError, match="no mirror answered within 2 s"):
        complete([hanging, hanging, hanging], names)
    assert time.monotonic() - start < 4


def test_a_hanging_name_server_fails_within_the_patience(monkeypatch, complete, names):
    def hang(*args, **kwargs):
        time.sleep(5)
        raise socket.gaierror

    monkeypatch.setattr(download, "PATIENCE", 0.3)
    monkeypatch.setattr(socket, "getaddrinfo", hang)
    start = time.monotonic()
    with pytest.raises(UnavailableError):
        complete(["http://mirror.invalid/"], names)
    assert time.monotonic() - start < 3


def test_answering_keeps_the_order_of_the_mirrors(mirror, published, names, closed_address):
    slow, fast, down = (mirror(published, fault)[0] for fault in ("slow", None, "down"))
    mirrors = [down, slow, closed_address, fast, "nonsense"]
    assert download.answering(mirrors, names[0]) == [slow, fast]
