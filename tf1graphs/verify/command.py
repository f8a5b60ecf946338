"""The command ``tf1graphs verify``."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path
from typing import Any

from tf1graphs import program_arguments
from tf1graphs.replacing import replacing

_EXAMPLES = """examples:
  tf1graphs verify old.py new.py                    both to their ends
  tf1graphs verify old.py new.py --steps 100        the first 100 training steps
  tf1graphs verify old.py new.py -- --epochs 3      what follows -- is the command line of both
  tf1graphs verify old.py new.py --html report.html --json report.json
  tf1graphs verify old.py new.py --oracle python3.7   old.py on real TensorFlow 1.15

exit codes: 0 equivalent, 1 different, 2 could not compare
"""

_COULD_NOT_COMPARE = 2
_INTERRUPTED = 128 + signal.SIGINT


def add_parser(commands: Any) -> None:
    """Adds ``verify`` to the commands of ``tf1graphs``."""
    parser = commands.add_parser(
        "verify",
        help="prove that two programs compute the same",
        description="Runs two programs from the same initial variables, random numbers and data, each in a process of "
        "its own, and compares what they compute.",
        usage="%(prog)s OLD NEW [OPTIONS] [-- ARGS]",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("first", metavar="OLD", help="a script in TensorFlow 1 style, the reference")
    parser.add_argument("second", metavar="NEW", help="the script that should compute the same, in either style")
    parser.add_argument("--steps", type=int, metavar="N", help="end both after N training steps")
    parser.add_argument("--rtol", type=float, help="relative bound of the first 10 steps (default: 1e-5)")
    parser.add_argument("--atol", type=float, help="absolute bound (default: 1e-7)")
    parser.add_argument("--oracle", metavar="PYTHON", help="run OLD with this Python, which has TensorFlow 1.15")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was compared; - for standard output")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page with the curves of both programs")
    parser.add_argument("--force", action="store_true", help="overwrite the files of --json and --html")
    parser.set_defaults(command=_run)
    program_arguments.leave(parser)


class _BadInput(Exception):
    pass


def _bounds(options: argparse.Namespace) -> Any:
    from tf1graphs.verify import Tolerance

    given = {name: getattr(options, name) for name in ("rtol", "atol") if getattr(options, name) is not None}
    return Tolerance(**given)


def _refuse_bad_input(options: argparse.Namespace) -> None:
    for name in ("first", "second"):
        if not Path(getattr(options, name)).is_file():
            raise _BadInput(f"{getattr(options, name)}: no such file")
    if options.steps is not None and options.steps < 1:
        raise _BadInput(f"--steps {options.steps}: not a number of steps")
    for name in ("json", "html"):
        file = getattr(options, name)
        if file and str(file) != "-" and file.exists() and not options.force:
            raise _BadInput(f"--{name} {file}: the file exists; --force overwrites it")


def _write(file: Path, content: str) -> None:
    if str(file) == "-":
        print(content)
        return
    try:
        with replacing(file) as unfinished:
            unfinished.write_text(content, encoding="utf-8")
    except OSError as error:
        raise _BadInput(f"{file}: {error.strerror}") from None


def _compare(options: argparse.Namespace, console: Any) -> Any:
    from tf1graphs.verify import Workers, verify

    with Workers() as workers, console.status("") as status:
        return verify(
            options.first,
            options.second,
            options.arguments,
            workers=workers,
            steps=options.steps,
            tolerance=_bounds(options),
            oracle=options.oracle,
            begin=lambda program: status.update(f"running {program}"),
        )


def _write_reports(options: argparse.Namespace, comparison: Any) -> None:
    from tf1graphs.verify import report

    if options.json:
        _write(options.json, json.dumps(report.as_dict(comparison), indent=1))
    if options.html:
        from tf1graphs.verify import page

        _write(options.html, page.html(comparison, options.first, options.second))


def _run(options: argparse.Namespace) -> int:
    from rich.console import Console

    from tf1graphs.verify import CouldNotRecord, report

    try:
        _refuse_bad_input(options)
        comparison = _compare(options, Console(stderr=True))
        _write_reports(options, comparison)
    except (_BadInput, CouldNotRecord) as error:
        print(f"tf1graphs verify: {error}", file=sys.stderr)
        return _COULD_NOT_COMPARE
    except KeyboardInterrupt:
        print("tf1graphs verify: interrupted", file=sys.stderr)
        return _INTERRUPTED
    if str(options.json) != "-":
        report.render(comparison, Console())
    if not comparison.is_comparable:
        return _COULD_NOT_COMPARE
    return int(not comparison.is_equivalent)
