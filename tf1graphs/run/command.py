"""The command ``tf1graphs run``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tf1graphs.run import notes, program
from tf1graphs.run.errors import BadInput

_EXAMPLES = """examples:
  tf1graphs run train.py --epochs 3          arguments after the script are the script's own
  tf1graphs run -m package.train             a module, as python -m runs it
  tf1graphs run tutorial.ipynb               a notebook, cell by cell
  tf1graphs run --check train.py             says what is unsupported, by line; runs nothing
  tf1graphs run --max-steps 5 --logdir logs/try train.py
  tf1graphs run --py2 old.py                 Python 2, converted in memory
"""


def add_parser(commands: Any) -> None:
    """Adds ``run`` to the commands of ``tf1graphs``."""
    parser = commands.add_parser(
        "run",
        help="run an unmodified TensorFlow 1.x script, module or notebook",
        description="Runs an unmodified TensorFlow 1.x program on the installed TensorFlow.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("-m", action="store_true", dest="module", help="PROGRAM is the name of a module")
    parser.add_argument("--check", action="store_true", help="list what is unsupported, without running")
    parser.add_argument("--max-steps", type=_positive, metavar="N", help="stop after N training steps")
    parser.add_argument("--logdir", type=Path, metavar="DIR", help="write graph and fetched scalars for TensorBoard")
    parser.add_argument("--py2", action="store_true", help="convert Python 2 to 3 in memory (needs tf1graphs[py2])")
    parser.add_argument("--quiet", action="store_true", help="no notes of tf1graphs on standard error")
    parser.add_argument("program", metavar="PROGRAM", help="a .py or .ipynb file, or with -m a module")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="...", help="the program's own arguments")
    parser.set_defaults(command=_run)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not a number of steps")
    return number


def _load(options: argparse.Namespace) -> program.Program:
    convert: Callable[[str, str], str] | None = None
    if options.py2:
        from tf1graphs.run import python2

        convert = python2.convert
        python2.convert_imports_below(Path.cwd() if options.module else Path(options.program).parent)
    if options.module:
        return program.from_module(options.program, convert)
    return program.from_file(options.program, convert)


def _check(loaded: program.Program) -> int:
    from tf1graphs.run import check

    found, files = check.problems(loaded)
    print("\n".join(found) or f"nothing unsupported found in {files} file{'s' * (files != 1)}")
    return int(bool(found))


def _run(options: argparse.Namespace) -> int:
    if options.quiet:
        notes.silence()
    try:
        loaded = _load(options)
        from tf1graphs.run import environment

        environment.prepare(Path(options.program).stem)
        if options.check:
            return _check(loaded)
        environment.watch_steps(options.max_steps, options.logdir)
        from tf1graphs.run import execution

        return execution.execute(loaded, options.arguments)
    except BadInput as error:
        print(f"tf1graphs: {error}", file=sys.stderr)
        return 2
