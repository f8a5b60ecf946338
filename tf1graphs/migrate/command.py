"""The command ``tf1graphs migrate``."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tf1graphs import program_arguments
from tf1graphs.run.errors import BadInput

if TYPE_CHECKING:
    from tf1graphs.migrate.project import Outcome
    from tf1graphs.migrate.proof import Verdict
    from tf1graphs.migrate.trace.programs import Traced

_EXAMPLES = """examples:
  tf1graphs migrate train.py                     says what would become of it; writes nothing
  tf1graphs migrate train.py --diff              shows the changes
  tf1graphs migrate train.py -o train2.py        - in place of a file is standard output
  tf1graphs migrate project -o project2          scripts and notebooks of a folder, to the same places in another
  tf1graphs migrate project --in-place --verify  runs old and new programs and compares what they compute
  tf1graphs migrate notebook.ipynb --in-place --json report.json
  tf1graphs migrate train.py --trace -- --layers 2
                                                 runs the old program once, as python train.py --layers 2 would, if
                                                 reading does not tell all; says what it takes from that run

exit codes: 0 done, 1 something was refused, would change (--check) or computes something else (--verify), 2 bad input
"""

_BAD_INPUT = 2
_INTERRUPTED = 128 + signal.SIGINT
_STANDARD_OUTPUT = "-"


def add_parser(commands: Any) -> None:
    """Adds ``migrate`` to the commands of ``tf1graphs``."""
    parser = commands.add_parser(
        "migrate",
        help="turn TensorFlow 1.x source into TensorFlow 2 source",
        description="Turns TensorFlow 1.x source into TensorFlow 2 source. What cannot be migrated is left as it was, "
        "runs on tf1graphs.v1, and has comments that say why. Nothing is executed without --trace or --verify.",
        usage="%(prog)s PATH... [OPTIONS] [-- ARGS]",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a script, a notebook, or a folder of them")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("-o", "--output", metavar="OUT", help="write to another file or folder; - for standard output")
    modes.add_argument("--in-place", action="store_true", help="write to the same files")
    modes.add_argument("--diff", action="store_true", help="show the changes, write nothing")
    modes.add_argument("--check", action="store_true", help="exit with 1 if a file would change, write nothing")
    parser.add_argument("--verify", action="store_true", help="run old and new programs and compare them")
    parser.add_argument(
        "--trace", action="store_true", help="run old programs for what reading does not tell: flags, shapes, branches"
    )
    parser.add_argument(
        "--trace-steps", type=int, default=1, metavar="N", help="end these runs after N training steps (default: 1)"
    )
    parser.add_argument("--json", metavar="FILE", nargs="?", const=_STANDARD_OUTPUT, help="write the report as JSON")
    parser.add_argument("--force", action="store_true", help="overwrite the files of -o and --json")
    parser.set_defaults(command=_run)
    program_arguments.leave(parser)


def _targets(options: argparse.Namespace, programs: Mapping[Path, Path]) -> dict[Path, Path]:
    """Returns program -> the file to write."""
    if options.in_place:
        return {path: path for path in programs}
    if options.output in (None, _STANDARD_OUTPUT):
        return {}
    out = Path(options.output)
    is_folder = options.output.endswith(os.sep) or out.is_dir() or len(options.paths) > 1
    if is_folder or Path(options.paths[0]).is_dir():
        return {path: out / place for path, place in programs.items()}
    return dict.fromkeys(programs, out)


def _refuse_bad_input(options: argparse.Namespace, targets: Mapping[Path, Path], count: int) -> None:
    if not count:
        raise BadInput(f"{options.paths[0]}: no script or notebook in it")
    if options.output == _STANDARD_OUTPUT and count > 1:
        raise BadInput(f"-o -: {count} files cannot all go to standard output")
    if options.json == _STANDARD_OUTPUT and (options.diff or options.output == _STANDARD_OUTPUT):
        raise BadInput("--json: name a file; standard output has something else to show")
    if options.arguments and not (options.trace or options.verify):
        raise BadInput("--: nothing is run that could take arguments, without --trace or --verify")
    if options.trace_steps < 1:
        raise BadInput(f"--trace-steps {options.trace_steps}: not a number of steps")
    folders = [Path(path).resolve() for path in options.paths]
    for target in [] if options.in_place else targets.values():
        inside = next((path for path in folders if path in [target.resolve(), *target.resolve().parents]), None)
        if inside:
            raise BadInput(f"-o {options.output}: it is inside what is migrated; --in-place writes to the same files")
    written = [] if options.in_place else list(targets.values())
    if options.json and options.json != _STANDARD_OUTPUT:
        written.append(Path(options.json))
    for file in written if not options.force else ():
        if file.exists():
            raise BadInput(f"{file}: the file exists; --force overwrites it")


def _migrate(programs: Sequence[Path]) -> list[Outcome]:
    from tf1graphs.migrate.native import migrate
    from tf1graphs.migrate.processes import mapping
    from tf1graphs.migrate.project import migrate_all

    with mapping(len(programs)) as apply:
        if len(programs) == 1 or not sys.stderr.isatty():
            return migrate_all(programs, migrate, apply=apply)
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("", total=len(programs))

            def done(path: Path) -> None:
                progress.update(task, advance=1, description=str(path))

            return migrate_all(programs, migrate, done, apply)


def _trace(options: argparse.Namespace, outcomes: Sequence[Outcome]) -> Traced:
    """Returns what becomes of the files, with runs of the programs in which something is refused if that is wanted."""
    from rich.console import Console

    from tf1graphs.migrate.trace.programs import Traced, migrate_traced

    if not options.trace or not any(each.refusals for each in outcomes):
        return Traced(outcomes)
    with Console(stderr=True).status("") as status:
        return migrate_traced(
            outcomes, options.arguments, options.trace_steps, lambda program: status.update(f"running {program}")
        )


def _verify(options: argparse.Namespace, outcomes: Sequence[Outcome]) -> dict[Path, Verdict]:
    from rich.console import Console

    from tf1graphs.migrate.proof import verify_all

    with Console(stderr=True).status("") as status:
        return verify_all(outcomes, options.arguments, lambda program: status.update(f"running {program}"))


def _write(outcomes: Sequence[Outcome], targets: Mapping[Path, Path]) -> dict[Path, Path]:
    """Writes what has changed, and to another place the rest of the programs too; returns what was written."""
    from tf1graphs.migrate import files

    written = {}
    for each in outcomes:
        target = targets.get(each.path)
        if target and each.document and (each.is_changed or target != each.path):
            files.write(target, each.document.rewritten(each.text), like=each.path)
            written[each.path] = target
    return written


def _show(options: argparse.Namespace, outcomes: Sequence[Outcome]) -> None:
    """Prints the text or the changes that were asked for."""
    from tf1graphs.migrate import report

    if options.diff:
        report.print_diff(outcomes)
    elif options.output == _STANDARD_OUTPUT:
        for each in outcomes:
            sys.stdout.buffer.write(each.document.rewritten(each.text) if each.document else b"")
            sys.stdout.flush()


def _hints(options: argparse.Namespace, written: Mapping[Path, Path], others: int) -> list[str]:
    if written:
        left_out = f"; {others} other file{'s were' if others > 1 else ' was'} not copied" if others else ""
        return [f"wrote {len(written)} file{'s' * (len(written) > 1)}{'' if options.in_place else left_out}"]
    is_silent = options.in_place or options.output or options.diff or options.check
    return [] if is_silent else ["nothing was written: --diff shows the changes, -o OUT or --in-place writes them"]


def _report(
    options: argparse.Namespace,
    traced: Traced,
    verdicts: Mapping[Path, Verdict],
    written: Mapping[Path, Path],
    others: int,
) -> None:
    import json

    from tf1graphs.migrate import files, report

    if options.json:
        text = json.dumps(report.as_dict(traced, verdicts, written), indent=1)
        if options.json == _STANDARD_OUTPUT:
            print(text)
            return
        files.write(Path(options.json), f"{text}\n".encode())
    from rich.console import Console

    console = Console(stderr=options.diff or options.output == _STANDARD_OUTPUT)
    report.render(traced, verdicts, console)
    for hint in _hints(options, written, others):
        console.print(hint, markup=False, highlight=False, soft_wrap=True)


def _exit_code(options: argparse.Namespace, outcomes: Sequence[Outcome], verdicts: Mapping[Path, Verdict]) -> int:
    if any(each.message for each in outcomes):
        return _BAD_INPUT
    is_refused = any(each.refusals for each in outcomes)
    would_change = options.check and any(each.is_changed for each in outcomes)
    return int(is_refused or would_change or not all(verdict.equivalent for verdict in verdicts.values()))


def _run_all(options: argparse.Namespace) -> int:
    from tf1graphs.migrate import files

    found = files.find([Path(path) for path in options.paths])
    targets = _targets(options, found.programs)
    _refuse_bad_input(options, targets, len(found.programs))
    traced = _trace(options, _migrate(list(found.programs)))
    outcomes = traced.outcomes
    verdicts = _verify(options, outcomes) if options.verify else {}
    written = _write(outcomes, targets)
    _show(options, outcomes)
    _report(options, traced, verdicts, written, found.others)
    return _exit_code(options, outcomes, verdicts)


def _run(options: argparse.Namespace) -> int:
    try:
        return _run_all(options)
    except BadInput as error:
        print(f"tf1graphs migrate: {error}", file=sys.stderr)
        return _BAD_INPUT
    except KeyboardInterrupt:
        print("tf1graphs migrate: interrupted", file=sys.stderr)
        return _INTERRUPTED
