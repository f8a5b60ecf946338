"""The process that runs a program for ``--trace``: ``python -m tf1graphs.migrate.trace.child JOB``.

A job is a JSON file with ``script``, ``arguments``, ``steps``, ``texts`` (the sources of the files to record, by their
paths) and ``result``: the JSON file to write, which has for each of these files a list of place, kind and value.
"""

from __future__ import annotations

import builtins
import json
import os
import sys
import types
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path

from tf1graphs.migrate.facts.trace import Place
from tf1graphs.migrate.trace.instrument import NOTE, instrumented
from tf1graphs.migrate.trace.recorder import Recorder
from tf1graphs.run import environment, errors, execution, program


class _Files:
    """The files that are recorded, and the function by which each notes its expressions."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self.places: dict[str, list[Place]] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._texts

    def code(self, path: str) -> types.CodeType:
        """Returns the code of a file that notes its expressions."""
        tree, self.places[path] = instrumented(self._texts[path], path)
        return compile(tree, path, "exec", dont_inherit=True)


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, files: _Files) -> None:
        super().__init__(name, path)
        self._files = files

    def get_code(self, fullname: str) -> types.CodeType:
        return self._files.code(self.path)


class _Finder(MetaPathFinder):
    """Finds the files that are recorded where they are imported."""

    def __init__(self, files: _Files) -> None:
        self._files = files

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target)
        path = os.path.abspath(spec.origin) if spec and spec.origin else ""
        if spec is None or path not in self._files:
            return None
        spec.loader = _Loader(name, path, self._files)
        return spec


def _write(recorder: Recorder, files: _Files, result: str) -> None:
    found = {
        path: [(places[number], *fact) for number, fact in recorder.found(path).items()]
        for path, places in files.places.items()
    }
    Path(result).write_text(json.dumps(found), encoding="utf-8")


def main(job: str) -> int:
    """Runs the program of a job and returns its exit code."""
    asked = json.loads(Path(job).read_text(encoding="utf-8"))
    script = asked["script"]
    environment.prepare(Path(script).stem)
    environment.watch_steps(asked["steps"], None)
    import tensorflow
    from tensorflow.python.client import session

    recorder = Recorder(tensorflow.Tensor)
    recorder.watch(session.BaseSession)
    setattr(builtins, NOTE, recorder.note)
    files = _Files(asked["texts"])
    sys.meta_path.insert(0, _Finder(files))
    try:
        loaded = program.Program(script, str(Path(script).parent), (files.code(script),))
        return execution.execute(loaded, asked["arguments"])
    except errors.BadInput as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        _write(recorder, files, asked["result"])


if __name__ == "__main__":
    # "-m" has put the working directory where a script has its own folder.
    del sys.path[0]
    sys.exit(main(sys.argv[1]))
