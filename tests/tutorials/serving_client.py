"""A real client of ``serve.py`` in a process of its own, for its tests."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import short

SCRIPT = short.TUTORIALS / "29_saving_models" / "serve.py"
SECONDS = 120
_PROXY_FREE = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Client:
    """Asks one server.

    Attributes:
        url: of the model.
        process: the server.
    """

    def __init__(self, url: str, process: subprocess.Popen[str]) -> None:
        self.url = url
        self.process = process

    def request(self, path: str, body: bytes | None = None) -> tuple[int, Any]:
        """Returns the HTTP code and the JSON object of the answer: of a POST with a body, of a GET without."""
        try:
            with _PROXY_FREE.open(self.url + path, body, timeout=SECONDS) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def get(self, path: str = "") -> tuple[int, Any]:
        return self.request(path)

    def post(self, path: str, **request: Any) -> tuple[int, Any]:
        return self.request(path, json.dumps(request).encode())

    def wait_for_state(self, version: str, state: str) -> dict[str, Any]:
        """Returns the status of a version when it has the state."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            for found in self.get()[1]["model_version_status"]:
                if (found["version"], found["state"]) == (version, state):
                    return dict(found)
            time.sleep(0.05)
        raise AssertionError(f"version {version} is not {state}: {self.get()}")


@contextlib.contextmanager
def server(folder: Path, *arguments: str) -> Iterator[Client]:
    """Serves a folder of versions as the model ``m``."""
    command = [sys.executable, str(SCRIPT), str(folder), "--name", "m", "--port", "0", "--poll", "0.05", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        assert process.stdout
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=lambda: lines.put(process.stdout.readline()), daemon=True).start()  # type: ignore[union-attr]
        try:
            yield Client(lines.get(timeout=SECONDS).strip(), process)
        finally:
            process.kill()
