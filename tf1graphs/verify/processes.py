"""Starts the processes that record programs."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tf1graphs.verify import styles

_RECORDER = Path(__file__).parent / "recorder"
# The exit codes of a program that Ctrl-C has ended, by the signal itself or as a shell says it.
_INTERRUPTED = (-signal.SIGINT, 128 + signal.SIGINT)


class CouldNotRecord(Exception):
    """A program could not be run to its end; the message says which and why, in one line."""


@dataclass(frozen=True)
class Recorded:
    """A program that has been recorded.

    Attributes:
        path: the recording.
        code: the program's exit code.
        out: what it printed.
        err: what it wrote to standard error.
    """

    path: Path
    code: int
    out: str
    err: str


class Workers(contextlib.AbstractContextManager["Workers"]):
    """The processes that record, one for each style, started when first needed and ended with the block."""

    def __init__(self) -> None:
        self._workers: dict[str, subprocess.Popen[str]] = {}
        self._scratch = tempfile.TemporaryDirectory(prefix="tf1graphs-verify-")
        self._count = 0

    def __exit__(self, *_: object) -> None:
        for worker in self._workers.values():
            with worker:
                assert worker.stdin
                worker.stdin.close()
                # It may have an answer yet for a caller that was interrupted.
                worker.wait()
        self._workers.clear()
        self._scratch.cleanup()

    def start(self, style: str) -> None:
        """Starts the worker of a style, if there is none: it imports TensorFlow while the caller goes on."""
        if style not in self._workers:
            self._workers[style] = subprocess.Popen(
                [sys.executable, "-m", "tf1graphs.verify.worker", style],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                # Only PYTHONHASHSEED given before Python starts orders sets alike in both programs.
                env={**os.environ, "PYTHONHASHSEED": "0"},
            )

    def _files(self, script: str, recording: Path | None) -> dict[str, Any]:
        self._count += 1
        stem = Path(self._scratch.name, f"{self._count}_{Path(script).stem}")
        return {
            "recording": str(recording or stem.with_suffix(".jsonl")),
            "out": str(stem.with_suffix(".out")),
            "err": str(stem.with_suffix(".err")),
        }

    def record(
        self,
        script: str | Path,
        arguments: Sequence[str] = (),
        *,
        follow: Path | None = None,
        steps: int | None = None,
        style: str | None = None,
        folder: Path | None = None,
        recording: Path | None = None,
        oracle: str | None = None,
    ) -> Recorded:
        """Runs a program in a process of its own and records it.

        Args:
            script: the file.
            arguments: its command line.
            follow: a recording whose initial variables the program is given.
            steps: after how many training steps it is ended.
            style: one of ``styles.STYLES``; by default what the source looks like.
            folder: the working directory, by default the current one.
            recording: the file to write, by default one that ends with the block.
            oracle: a Python interpreter with TensorFlow 1.15 to record it there.

        Raises:
            CouldNotRecord: there is no such file, or the process died.
            KeyboardInterrupt: the program was interrupted; Ctrl-C may reach it before it reaches the caller.
        """
        path = os.path.abspath(script)
        if not os.path.isfile(path):
            raise CouldNotRecord(f"{script}: no such file")
        asked = {
            "script": path,
            "arguments": list(arguments),
            "limit": steps,
            "follow": str(follow) if follow else None,
            "folder": str(folder or Path.cwd()),
            **self._files(path, recording),
        }
        code = self._ask_oracle(oracle, asked) if oracle else self._ask(style or styles.of(path), asked)
        if code in _INTERRUPTED:
            raise KeyboardInterrupt
        read = {name: Path(asked[name]).read_text(errors="replace") for name in ("out", "err")}
        return Recorded(Path(asked["recording"]), code, **read)

    def _ask(self, style: str, asked: dict[str, Any]) -> int:
        self.start(style)
        worker = self._workers[style]
        assert worker.stdin and worker.stdout
        print(json.dumps(asked), file=worker.stdin, flush=True)
        answer = worker.stdout.readline()
        if not answer:
            del self._workers[style]
            raise CouldNotRecord(f"{asked['script']}: its process could not be started")
        return int(answer)

    def _ask_oracle(self, python: str, asked: dict[str, Any]) -> int:
        job = Path(asked["out"]).with_suffix(".json")
        job.write_text(json.dumps(asked))
        with open(asked["out"], "w") as out, open(asked["err"], "w") as err:
            try:
                done = subprocess.run(
                    [python, str(_RECORDER), str(job)],
                    cwd=asked["folder"],
                    stdout=out,
                    stderr=err,
                    env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONHASHSEED": "0"},
                )
            except OSError as error:
                raise CouldNotRecord(f"--oracle {python}: {error.strerror}") from None
        return done.returncode
