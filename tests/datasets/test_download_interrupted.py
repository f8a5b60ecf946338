"""A download that broke off leaves no file that is taken for a whole one."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests


def test_an_interrupted_download_is_begun_again(monkeypatch, complete, mirror, published, names, cache, listing):
    address, asked = mirror(published)
    whole = requests.Response.iter_content

    def interrupted(self, chunk_size):
        if self.url.endswith(names[1]):
            yield b"half"
            raise KeyboardInterrupt
        yield from whole(self, chunk_size)

    with monkeypatch.context() as patch:
        patch.setattr(requests.Response, "iter_content", interrupted)
        with pytest.raises(KeyboardInterrupt):
            complete([address], names)
    assert listing(cache) == [names[0]]
    complete([address], names[1:], [cache / names[0]])
    assert all((cache / name).read_bytes() == published[name] for name in names)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of Unix")
def test_a_killed_download_leaves_no_file_under_its_name(published, names, cache, listing):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        program = f"""
from pathlib import Path
from tf1graphs.datasets import download
address = "http://127.0.0.1:{server.getsockname()[1]}/"
bar = download.Bar(download.bars(), "x")
download.fetch(Path({str(cache)!r}), {names[0]!r}, {"0" * 64!r}, [address], bar)
"""
        child = subprocess.Popen([sys.executable, "-c", program])
        try:
            server.settimeout(10)
            connection, _ = server.accept()
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 70000)
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline and not any(path.stat().st_size for path in cache.glob("*")):
                time.sleep(0.01)
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
            connection.close()
    assert len(listing(cache)) == 1
    assert names[0] not in listing(cache)
