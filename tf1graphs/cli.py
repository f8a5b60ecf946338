"""The command ``tf1graphs``. Exit codes: 0 done, 1 a difference or failure was found, 2 bad input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tf1graphs import __version__
from tf1graphs.convert import command as convert
from tf1graphs.inspect import command as inspect
from tf1graphs.migrate import command as migrate
from tf1graphs.run import command as run
from tf1graphs.verify import command as verify


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="tf1graphs", description="Runs TensorFlow 1.x code on today's TensorFlow.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"tf1graphs {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    run.add_parser(commands)
    verify.add_parser(commands)
    migrate.add_parser(commands)
    inspect.add_parser(commands)
    convert.add_parser(commands)
    options = parser.parse_args(arguments)
    return int(options.command(options))


if __name__ == "__main__":
    sys.exit(main())
