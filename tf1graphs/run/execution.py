"""Executes a program as ``python`` would: ``__main__``, ``sys.argv``, ``sys.path``, exit code and traceback."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import types
from collections.abc import Sequence

from tf1graphs.run import errors, missing, notebook
from tf1graphs.run.program import Program


def _main_module(program: Program) -> types.ModuleType:
    module = types.ModuleType("__main__")
    vars(module).update(
        __file__=program.file,
        __builtins__=__builtins__,
        __spec__=program.spec,
        __package__=program.spec.parent if program.spec else None,
        __loader__=program.spec.loader if program.spec else None,
        __show__=notebook.show,
    )
    return module


def _die_of_interrupt() -> None:
    """Ends the process by the signal itself, so that a shell's loop stops too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGINT)


def execute(program: Program, arguments: Sequence[str]) -> int:
    """Runs the program as ``__main__`` and returns its exit code.

    Raises:
        SystemExit: the program has raised it.
        BadInput: it needs a module that is not installed, or a part of TensorFlow 1.15 that is gone.
    """
    sys.argv = [program.file, *arguments]
    sys.path.insert(0, program.search)
    module = _main_module(program)
    sys.modules["__main__"] = module
    try:
        if program.spec and program.spec.parent:
            importlib.import_module(program.spec.parent)
        for code in program.codes:
            exec(code, vars(module))
    except KeyboardInterrupt as error:
        errors.report(error, program.files)
        _die_of_interrupt()
    except Exception as error:
        remedy = missing.remedy(error)
        if remedy:
            raise errors.BadInput(errors.location(error.__traceback__, program.files) + remedy) from None
        errors.report(error, program.files)
        return 1
    return 0
