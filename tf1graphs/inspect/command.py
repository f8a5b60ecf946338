"""The command ``tf1graphs inspect``."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import Any

_EXAMPLES = """examples:
  tf1graphs inspect frozen.pb                       inputs, outputs, variables, parameters and FLOPs by name scope
  tf1graphs inspect model.ckpt                      tensors, slots of optimizers; --values reads them too
  tf1graphs inspect model.ckpt.meta --html graph.html   a page to unfold, search and read, in one file
  tf1graphs inspect logs/                           runs, tags, steps, curves
  tf1graphs inspect net.keras --png net.png
  tf1graphs inspect old.ckpt new.ckpt               what differs: exit code 1 if anything does
  tf1graphs inspect model.ckpt.meta --tensorboard   writes an event file and starts TensorBoard on it

exit codes: 0 done, 1 two files differ, 2 cannot be read
"""

_CANNOT_READ = 2
_INTERRUPTED = 128 + signal.SIGINT


def add_parser(commands: Any) -> None:
    """Adds ``inspect`` to the commands of ``tf1graphs``."""
    parser = commands.add_parser(
        "inspect",
        help="look at graphs, checkpoints, event files and Keras files",
        description="Says what is in a GraphDef, MetaGraphDef, SavedModel, checkpoint, event file, log directory or "
        "Keras file, or what differs between two. Nothing is executed, and no TensorFlow is imported.",
        usage="%(prog)s PATH [OTHER] [OPTIONS]",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("path", metavar="PATH", type=Path, help="a file, a directory, or the prefix of a checkpoint")
    parser.add_argument("other", metavar="OTHER", type=Path, nargs="?", help="what to compare it with")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was found; - for standard output")
    parser.add_argument("--values", action="store_true", help="minimum, mean and maximum of a checkpoint's tensors")
    parser.add_argument("--batch", type=int, metavar="N", help="the batch size that FLOPs are counted for")
    parser.add_argument("--force", action="store_true", help="overwrite files")
    pictures = parser.add_argument_group("pictures of a graph or Keras model")
    for ending in ("svg", "png", "html"):
        pictures.add_argument(f"--{ending}", type=Path, metavar="FILE", help=f"draw it as {ending.upper()}")
    pictures.add_argument("--depth", type=int, metavar="N", help="unfold N levels of name scopes (default: as fits)")
    board = parser.add_argument_group("TensorBoard")
    board.add_argument(
        "--tensorboard",
        type=Path,
        metavar="LOGDIR",
        nargs="?",
        const=Path("logs/inspect"),
        help="write event files there (default: logs/inspect) and start TensorBoard",
    )
    board.add_argument("--projector", metavar="NAME", action="append", default=[], help="a 2-D variable to project")
    board.add_argument("--host", default="localhost", help="where TensorBoard listens (default: localhost)")
    board.add_argument("--port", type=int, help="its port (default: 6006 or the next free one)")
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from rich.console import Console

    from tf1graphs.inspect import tasks
    from tf1graphs.inspect.errors import InvalidFile

    try:
        return tasks.run(options, Console())
    except (InvalidFile, tasks.BadInput) as error:
        print(f"tf1graphs inspect: {error}", file=sys.stderr)
        return _CANNOT_READ
    except OSError as error:
        print(f"tf1graphs inspect: {error.filename or options.path}: {error.strerror}", file=sys.stderr)
        return _CANNOT_READ
    except KeyboardInterrupt:
        print("tf1graphs inspect: interrupted", file=sys.stderr)
        return _INTERRUPTED
