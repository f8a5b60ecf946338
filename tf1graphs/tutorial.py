"""What the scripts in ``tutorials/`` share beside their models: options, progress bars and one-line errors."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from tf1graphs import quiet
from tf1graphs.datasets import DatasetError

# The TF2-native scripts import TensorFlow themselves, after this module.
quiet.on_import()

Item = TypeVar("Item")
_DEFAULT_SEED = 777


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, not {value}")
    return value


class _Quick(argparse.Action):
    """``--quick``: gives other options the values in ``const``."""

    def __call__(
        self, parser: Any, namespace: argparse.Namespace, values: Any, option_string: str | None = None
    ) -> None:
        for name, value in self.const.items():
            setattr(namespace, name, value)


def parser(
    script: str, description: str, *, quick: Mapping[str, int] | None = None, **counts: int
) -> argparse.ArgumentParser:
    """Returns the options that every tutorial has; a tutorial may add its own.

    Args:
        script: ``__file__`` of the tutorial.
        description: its docstring.
        quick: what ``--quick`` makes of the counts, for a run of seconds; None for no such option.
        **counts: what can be counted and its default, such as ``epochs=15`` or ``steps=100``.
    """
    path = Path(script).resolve()
    options = argparse.ArgumentParser(
        description=description,
        epilog=f"example: python tutorials/{path.parent.name}/{path.name} --seed 1"
        + "".join(f" --{name.replace('_', '-')} {count}" for name, count in counts.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name, count in counts.items():
        options.add_argument(
            f"--{name.replace('_', '-')}", type=_count, default=count, metavar="N", help=f"default: {count}"
        )
    if quick:
        short = " ".join(f"--{name.replace('_', '-')} {count}" for name, count in quick.items())
        options.add_argument("--quick", action=_Quick, nargs=0, const=quick, help=f"a run of seconds: {short}")
    options.add_argument(
        "--seed", type=int, default=_DEFAULT_SEED, metavar="N", help=f"of all random numbers; default: {_DEFAULT_SEED}"
    )
    options.add_argument(
        "--logdir",
        type=Path,
        default=path.parents[2] / "logs" / path.parent.name / path.stem,
        metavar="DIR",
        help="where TensorBoard's event files, checkpoints and figures go; default: logs/<tutorial>/<script>",
    )
    return options


def add_data(options: argparse.ArgumentParser, help: str) -> None:
    """Adds ``--data PATH``, for data of the user's own."""
    options.add_argument("--data", type=Path, metavar="PATH", help=help)


def parse(options: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parses the command line (or ``arguments``) and makes the log directory."""
    namespace = options.parse_args(arguments)
    try:
        namespace.logdir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        options.error(f"--logdir {namespace.logdir}: {error.strerror}")
    return namespace


def progress(items: Iterable[Item], description: str, total: int | None = None) -> Iterable[Item]:
    """Iterates over ``items`` behind a progress bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(items, description, total=total, console=console, transient=True, disable=not console.is_terminal)


def batches(num_examples: int, batch_size: int) -> int:
    """Returns how many whole batches an epoch has; ends the tutorial where that is none."""
    if batch_size > num_examples:
        fail(f"--batch-size {batch_size}: there are only {num_examples} examples")
    return num_examples // batch_size


def fail(message: str) -> NoReturn:
    """Ends the tutorial with one line on standard error and exit code 2: its input cannot be used."""
    print(f"{Path(sys.argv[0]).name}: {message}", file=sys.stderr)
    raise SystemExit(2)


def run(main: Callable[[], None]) -> None:
    """Runs a tutorial's ``main``; data that cannot be read ends it as ``fail`` does."""
    try:
        main()
    except DatasetError as error:
        fail(str(error))
