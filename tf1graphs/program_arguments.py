"""Command lines that end with one for the programs that are run: ``tf1graphs verify old.py new.py -- --epochs 3``."""

from __future__ import annotations

import argparse
from typing import Any


def leave(parser: argparse.ArgumentParser) -> None:
    """Makes ``arguments`` of what follows ``--`` and lets options stand anywhere before it; argparse does either."""
    parse = parser.parse_known_args

    def parse_own(args: Any, namespace: Any = None) -> Any:
        end = args.index("--") if "--" in args else len(args)
        options, unknown = parse(args[:end], namespace)
        options.arguments = args[end + 1 :]
        return options, unknown

    parser.parse_known_args = parse_own  # type: ignore[method-assign, assignment]
