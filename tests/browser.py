"""A headless Chromium, driven by the calls of https://www.w3.org/TR/webdriver2/, and servers of tests."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SECONDS = 120
PROXY_FREE = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1000,700",
]
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key that the standard gives to references to elements


def wait_for(value: Callable[[], Any]) -> Any:
    """Returns the value when it is true, or what it is after ``SECONDS``."""
    end = time.monotonic() + SECONDS
    while not (found := value()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


@contextlib.contextmanager
def server(command: list[str], log: Path, address: str) -> Iterator[str]:
    """Runs a server and yields its URL; the expression ``address`` finds port or URL in what the server prints."""
    with log.open("w") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        try:
            wait_for(lambda: process.poll() is not None or re.search(address, log.read_text()))
            found = re.search(address, log.read_text())
            assert found, log.read_text()
            yield f"http://127.0.0.1:{found[1]}"
        finally:
            process.terminate()


class Browser:
    """A window of the browser."""

    def __init__(self, driver: str, profile: Path) -> None:
        options = {"args": [*_OPTIONS, f"--user-data-dir={profile}"], "binary": shutil.which("chromium")}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self._url = f"{driver}/session"
        session = self._call("POST", "", {"capabilities": {"alwaysMatch": wanted}})
        self._url += f"/{session['sessionId']}"

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, {"Content-Type": "application/json"}, method=method)
        with PROXY_FREE.open(request, timeout=SECONDS) as answer:
            return json.load(answer)["value"]

    def open(self, url: str) -> None:
        self._call("POST", "/url", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def click(self, selector: str) -> None:
        element = self._call("POST", "/element", {"using": "css selector", "value": selector})
        self._call("POST", f"/element/{element[_ELEMENT]}/click", {})

    def press(self, keys: str) -> None:
        """Presses keys one after another; the standard has letters for those without, such as U+E007 for Enter."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})

    def console(self) -> list[str]:
        """What the page has said on the console since the last call, errors included."""
        return [entry["message"] for entry in self._call("POST", "/se/log", {"type": "browser"})]

    def screenshot(self) -> bytes:
        return base64.b64decode(self._call("GET", "/screenshot"))

    def close(self) -> None:
        self._call("DELETE", "")


@contextlib.contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """Yields a browser whose files lie in ``folder``."""
    for program, package in (("chromium", "chromium"), ("chromedriver", "chromium-driver")):
        assert shutil.which(program), f"{program} is missing: apt-get install -y {package}"
    with server(["chromedriver", "--port=0"], folder / "chromedriver.log", r"successfully on port (\d+)") as url:
        browser = Browser(url, folder / "profile")
        try:
            yield browser
        finally:
            browser.close()
