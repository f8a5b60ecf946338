"""``tf1graphs inspect --tensorboard`` itself: what it writes is served, and Ctrl-C ends it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from browser import PROXY_FREE

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "inspect_events" / "checkpoints"


def test_a_checkpoint_is_shown_until_ctrl_c(tmp_path: Path) -> None:
    for file in FIXTURES.glob("adam-7.*"):
        shutil.copy(file, tmp_path)
    arguments = ["inspect", "adam-7", "--tensorboard", "logs", "--port", "0", "--host", "127.0.0.1"]
    command = [sys.executable, "-m", "tf1graphs", *arguments]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        lines = iter(process.stdout or ())
        url = next(found[1] for line in lines if (found := re.search(r"at (http://\S+?)/?;", line)))
        with PROXY_FREE.open(f"{url}/data/plugin/histograms/tags", timeout=60) as answer:
            assert b'"."' in answer.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert list((tmp_path / "logs").glob("events.out.tfevents.*"))
