"""Keeps TensorFlow's start-up chatter away from programs that print their own lines.

TensorFlow 2.21 writes some of its start-up lines before it reads ``TF_CPP_MIN_LOG_LEVEL``, so the variable alone
does not silence them. A user who sets the variable wants the lines and gets all of them.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import re
import sys
import tempfile
import types
from collections.abc import Iterator, Sequence

_WANTED_BY_USER = "TF_CPP_MIN_LOG_LEVEL" in os.environ
_ERRORS_ONLY_AS_EXCEPTIONS = "3"
_CHATTER = re.compile(
    rb"[IWE]\d{4} .*"  # absl: I0000 00:00:1795223532.977077    3877 port.cc:153] ...
    rb"|\d{4}-\d\d-\d\d \S+ [IWE] .*"  # tsl, to 2.16: 2026-11-21 01:07:47.000000: I tensorflow/...
    rb"|WARNING: All log messages before absl::InitializeLog\(\) .*"
    rb"|To enable the following instructions: .*"
)


@contextlib.contextmanager
def startup() -> Iterator[None]:
    """Drops the log lines that TensorFlow writes to file descriptor 2 in the block; other lines are kept."""
    if _WANTED_BY_USER:
        yield
        return
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = _ERRORS_ONLY_AS_EXCEPTIONS
    sys.stderr.flush()
    with tempfile.TemporaryFile() as lines:
        terminal = os.dup(2)
        os.dup2(lines.fileno(), 2)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(terminal, 2)
            os.close(terminal)
            lines.seek(0)
            kept = [line for line in lines if not _CHATTER.match(line)]
            os.write(2, b"".join(kept))


class _QuietLoader(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: types.ModuleType) -> None:
        with startup():
            self._loader.exec_module(module)


class _QuietTensorFlow(importlib.abc.MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != "tensorflow":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec and spec.loader:
            spec.loader = _QuietLoader(spec.loader)
        return spec


def on_import() -> None:
    """Makes the next ``import tensorflow`` of this process quiet."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _QuietTensorFlow())
