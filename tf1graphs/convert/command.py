"""The command ``tf1graphs convert``."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import Any

_EXAMPLES = """examples:
  tf1graphs convert model.ckpt served                    a SavedModel of TensorFlow 2, from the checkpoint and its .meta
  tf1graphs convert frozen.pb served --inputs x --outputs softmax
  tf1graphs convert frozen.pb tuned --trainable          constants become variables again
  tf1graphs convert old_saved_model served               a SavedModel of TensorFlow 1
  tf1graphs convert model.ckpt net.keras                 the model is built from the graph
  tf1graphs convert model.ckpt net.weights.h5 --model net:build --map map.json
  tf1graphs convert net.weights.h5 back.ckpt --model net:build --map map.json
  tf1graphs convert model.ckpt small.ckpt --without-slots --dtype float16 --rename '^tower_0/='
  tf1graphs convert model.ckpt tf2/ckpt --to objects     for tf.train.Checkpoint
  tf1graphs convert model.ckpt tf2/ckpt --like saved/ckpt-1   under the keys of the program that saved it

exit codes: 0 converted, 2 not converted
"""

_NOT_CONVERTED = 2
_INTERRUPTED = 128 + signal.SIGINT
_FLOATS = ("float16", "bfloat16", "float32", "float64")


def _rename(text: str) -> tuple[str, str]:
    pattern, equals, replacement = text.rpartition("=")
    if not equals or not pattern:
        raise argparse.ArgumentTypeError(f"{text}: write PATTERN=TEXT")
    return pattern, replacement


def add_parser(commands: Any) -> None:
    """Adds ``convert`` to the commands of ``tf1graphs``."""
    parser = commands.add_parser(
        "convert",
        help="carry checkpoints and graphs over to TensorFlow 2",
        description="Turns a checkpoint, a meta graph, a frozen graph or a SavedModel of TensorFlow 1 into a "
        "SavedModel, a Keras 3 file or a checkpoint. The end of DST tells which: .keras, .weights.h5, .ckpt, else a "
        "SavedModel.",
        usage="%(prog)s SRC DST [OPTIONS]",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "source", metavar="SRC", type=Path, help="checkpoint, .meta, .pb, .pbtxt, SavedModel or Keras file"
    )
    parser.add_argument("destination", metavar="DST", type=Path, help="what is written")
    parser.add_argument("--to", choices=("saved_model", "keras", "checkpoint", "objects"), help="what DST shall be")
    parser.add_argument("--force", action="store_true", help="overwrite DST")
    _add_graph_options(parser.add_argument_group("graphs"))
    _add_map_options(parser.add_argument_group("models"))
    _add_tensor_options(
        parser.add_argument_group("checkpoints (PATTERN is a regular expression, found anywhere in a name)")
    )
    parser.set_defaults(command=_run)


def _add_graph_options(group: Any) -> None:
    group.add_argument("--checkpoint", metavar="CKPT", type=Path, help="where the values of a graph's variables are")
    for name in ("inputs", "outputs"):
        group.add_argument(
            f"--{name}", metavar="[NAME=]TENSOR", nargs="+", action="extend", default=[],
            help=f"the {name}, if not those that are found",
        )  # fmt: skip
    group.add_argument("--tags", metavar="TAG", nargs="+", default=[], help="which graph of a SavedModel")
    group.add_argument("--trainable", action="store_true", help="make variables of a frozen graph's weights")


def _add_map_options(group: Any) -> None:
    group.add_argument(
        "--model", metavar="MODEL", help="a .keras file, or module:function, which is imported and called: the model"
    )
    group.add_argument(
        "--map", metavar="FILE", type=Path, help="what becomes what: read if it is there, else written, to be edited"
    )
    group.add_argument(
        "--like", metavar="CKPT", type=Path, help="an object-based checkpoint of the TensorFlow 2 program, to be filled"
    )
    group.add_argument("--partial", action="store_true", help="write though some variables keep their initial values")


def _add_tensor_options(group: Any) -> None:
    for name, text in (("only", "leave out all other tensors"), ("without", "leave out such tensors")):
        group.add_argument(f"--{name}", metavar="PATTERN", action="append", default=[], help=text)
    group.add_argument(
        "--rename", metavar="PATTERN=TEXT", type=_rename, action="append", default=[], help="as re.sub, one by one"
    )
    group.add_argument("--without-slots", action="store_true", help="leave out what optimizers and averages keep")
    group.add_argument("--dtype", choices=_FLOATS, help="of floating-point values")


def _run(options: argparse.Namespace) -> int:
    from rich.console import Console

    from tf1graphs import quiet
    from tf1graphs.convert import report, tasks
    from tf1graphs.convert.errors import CouldNotConvert
    from tf1graphs.inspect.errors import InvalidFile

    quiet.on_import()
    console = Console(stderr=True)
    try:
        with console.status("") as status:
            done = tasks.convert(options, lambda name: status.update(f"converting {name}"))
    except tasks.Incomplete as error:
        report.render_unmatched(error.found, console)
        print(f"tf1graphs convert: {error}", file=sys.stderr)
        return _NOT_CONVERTED
    except (CouldNotConvert, InvalidFile) as error:
        print(f"tf1graphs convert: {error}", file=sys.stderr)
        return _NOT_CONVERTED
    except OSError as error:
        print(f"tf1graphs convert: {error.filename or options.destination}: {error.strerror}", file=sys.stderr)
        return _NOT_CONVERTED
    except KeyboardInterrupt:
        print("tf1graphs convert: interrupted", file=sys.stderr)
        return _INTERRUPTED
    report.render(done, options.destination, Console())
    return 0
