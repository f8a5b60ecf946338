"""Mirrors on this machine, small published sets, and a wall before the real network."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import socket
import struct
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from tf1graphs.datasets import idx_files, mnist_download

TRAIN_COUNT, TEST_COUNT = 24, 12


def idx_bytes(items):
    """Return the IDX form of an array of unsigned bytes."""
    header = struct.pack(f">I{items.ndim}I", 0x800 | items.ndim, *items.shape)
    return header + items.astype(np.uint8).tobytes()


def small_set(seed=0):
    """Return the four unpacked files of a small set, by published name."""
    random = np.random.RandomState(seed)
    contents = {}
    for part, count in (("train", TRAIN_COUNT), ("t10k", TEST_COUNT)):
        images = random.randint(0, 256, (count, 28, 28))
        contents[f"{part}-images-idx3-ubyte.gz"] = idx_bytes(images)
        contents[f"{part}-labels-idx1-ubyte.gz"] = idx_bytes(np.arange(count) % 10)
    return contents


@pytest.fixture(autouse=True)
def no_real_network(monkeypatch, tmp_path):
    """Let every test begin offline, with an empty cache, and reach this machine only."""
    real_connect, real_lookup = socket.socket.connect, socket.getaddrinfo

    def connect(self, address):
        assert address[0] == "127.0.0.1", f"a test reached for {address}"
        return real_connect(self, address)

    def lookup(host, *args, **kwargs):
        assert host == "127.0.0.1", f"a test looked up {host}"
        return real_lookup(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(mnist_download, "MIRRORS", ())
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("TF1GRAPHS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("TF1GRAPHS_OFFLINE", raising=False)


@pytest.fixture
def cache(tmp_path):
    """The cache directory of this test, not made yet."""
    return tmp_path / "data" / "mnist"


@pytest.fixture
def contents():
    """The four unpacked files of a small set."""
    return small_set()


@pytest.fixture
def other_contents():
    """The four unpacked files of another set of the same size, as Fashion-MNIST is."""
    return small_set(seed=1)


@pytest.fixture
def published(monkeypatch, contents):
    """The small set's gzipped files, with their checksums in the place of MNIST's."""
    packed = {name: gzip.compress(data, mtime=0) for name, data in contents.items()}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in packed.items()}
    monkeypatch.setattr(mnist_download, "SHA256", sums)
    return packed


@pytest.fixture
def put():
    """A function that writes files into a directory and returns it."""

    def write(directory, files, unpacked_names=False):
        directory.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (directory / (name.removesuffix(".gz") if unpacked_names else name)).write_bytes(data)
        return directory

    return write


class Mirror(http.server.BaseHTTPRequestHandler):
    """A mirror whose ``fault`` says what is wrong with it."""

    files: dict[str, bytes]
    fault: str | None
    asked: list[tuple[str, str]]

    def do_HEAD(self):
        self.asked.append(("HEAD", self.path))
        if self.fault == "slow":
            time.sleep(0.1)
        self.send_response(500 if self.fault == "down" else 200)
        self.end_headers()

    def do_GET(self):
        self.asked.append(("GET", self.path))
        body = self.files[self.path.lstrip("/")]
        if self.fault == "wrong":
            body = body[:-1] + bytes([body[-1] ^ 1])
        self.send_response(500 if self.fault == "breaks" else 200)
        if self.fault != "no length":
            self.send_header("Content-Length", str(len(body)))
        if self.fault == "packs" and "gzip" in self.headers.get("Accept-Encoding", ""):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.fault == "half" else body)

    def log_message(self, format, *args):
        pass


@pytest.fixture
def mirror():
    """A function that starts a mirror and returns its address and what it is asked."""
    servers = []

    def start(files, fault=None):
        asked = []
        handler = type("Handler", (Mirror,), {"files": files, "fault": fault, "asked": asked})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/", asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def closed_address():
    """The address of a port that refuses connections."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    return f"http://127.0.0.1:{port}/"


@pytest.fixture
def names():
    """The published names of the four files."""
    return list(idx_files.NAMES)


@pytest.fixture
def listing():
    """A function that lists the names of the files in a directory."""
    return lambda directory: sorted(path.name for path in Path(directory).iterdir())


@pytest.fixture
def complete(monkeypatch, cache):
    """Download names into the cache from mirrors."""

    def run(mirrors, names, present=()):
        monkeypatch.setattr(mnist_download, "MIRRORS", mirrors)
        mnist_download.complete(cache, present, names)

    return run


@pytest.fixture
def hanging():
    """The address of a server that takes connections and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
