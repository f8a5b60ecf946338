"""A process that has imported what programs of one style need, and runs each program asked for in a fork of itself.

``python -m tf1graphs.verify.worker STYLE`` reads a JSON object a line from standard input, and answers with the exit
code of each. TensorFlow is imported once; a fork starts at once and keeps what it changes to itself.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import runpy
import select
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from tf1graphs.verify import styles
from tf1graphs.verify.recorder import job

_POLL_SECONDS = 0.02


def _import(style: str) -> Any:
    if style != styles.NATIVE:
        importlib.import_module("tf1graphs.v1")
    else:
        from tf1graphs import quiet

        quiet.on_import()
        importlib.import_module("tensorflow")
    return importlib.import_module("tf1graphs.verify.recorder.recording")


def _import_keras_2(script: str) -> None:
    """Imports what takes as long as TensorFlow itself once for all programs, when the first one needs it."""
    if re.search(rb"\b(layers|keras|rnn_cell|rnn|slim)\b", Path(script).read_bytes()):
        importlib.import_module("tf1graphs.v1._tf_keras")


def _prepare(style: str, program: str, recording: Any) -> None:
    recording.install()
    if style == styles.LEGACY:
        from tf1graphs.run import environment, notes

        notes.silence()
        environment.prepare(Path(program).stem)
    if style == styles.NATIVE and "keras" in sys.modules:
        recording.watch_keras_3()


def _execute_legacy(script: str, arguments: list[str]) -> int:
    from tf1graphs.run import errors, execution, program

    try:
        return execution.execute(program.from_file(script), arguments)
    except errors.BadInput as error:
        print(f"tf1graphs: {error}", file=sys.stderr)
        return 2


def _execute_plain(script: str, arguments: list[str]) -> int:
    sys.argv = [script, *arguments]
    sys.path.insert(0, os.path.dirname(script))
    runpy.run_path(script, run_name="__main__")
    return 0


_EXECUTE = {styles.LEGACY: _execute_legacy, styles.V1: _execute_plain, styles.NATIVE: _execute_plain}


def _execute(style: str, asked: dict[str, Any]) -> int:
    try:
        return _EXECUTE[style](asked["script"], asked["arguments"])
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return int(end.code or 0)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BaseException:
        traceback.print_exc()
        return 1


def _record(style: str, recordings: Any, asked: dict[str, Any]) -> int:
    """Runs a program in this process and returns its exit code."""
    os.chdir(asked["folder"])
    for number, file in ((1, asked["out"]), (2, asked["err"])):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    header = {"program": asked["script"], "tensorflow": recordings.versions.VERSION, "style": style}
    run = job.new_run(asked["recording"], header, asked["limit"], asked["follow"])
    recording = recordings.Recording(run)
    _prepare(style, asked["script"], recording)
    code = _execute(style, asked)
    recording.finish()
    run.end(code)
    return code


def _child(style: str, recordings: Any, asked: dict[str, Any]) -> int:
    try:
        return _record(style, recordings, asked)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _exit_code(child: int) -> int:
    """Waits for a program to end; ends it if whoever has asked for it is gone, so that input ends before it."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if select.select([sys.stdin], [], [], _POLL_SECONDS)[0]:
            os.kill(child, signal.SIGKILL)


def main() -> None:
    """Serves requests until standard input ends."""
    style = sys.argv[1]
    # Ctrl-C is for the programs, and for the command that runs them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w")
    # What TensorFlow says of itself while it is imported is no answer.
    os.dup2(2, 1)
    recordings = _import(style)
    for line in iter(sys.stdin.readline, ""):
        asked = json.loads(line)
        if style != styles.NATIVE:
            _import_keras_2(asked["script"])
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os._exit(_child(style, recordings, asked))
        print(_exit_code(child), file=answers, flush=True)


if __name__ == "__main__":
    main()
