"""The one error of converting."""

from __future__ import annotations


class CouldNotConvert(Exception):
    """A conversion is refused. The message is one line: what stands in the way, and the remedy."""
