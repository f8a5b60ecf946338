"""Which nodes of a graph a session feeds."""

from __future__ import annotations

import re
from typing import Any

PLACEHOLDERS = frozenset({"Placeholder", "PlaceholderV2"})
# Ops that take the next batch out of the program that has ended: what they return is fed instead.
_PIPELINES = re.compile(
    r"(OneShot|MultiDevice)?Iterator(FromString|V2)?GetNext(Sync|AsOptional|FromShard)?"
    r"|Queue(Dequeue(Many|UpTo)?)(V2)?|Reader(Read|ReadUpTo)(V2)?|(OrderedMap|Map)?(Unstage|UnstageNoKey)"
    r"|InfeedDequeueTuple"
)


def is_pipeline(node: Any) -> bool:
    """Whether a node returns what an input pipeline produces."""
    return bool(_PIPELINES.fullmatch(node.op))


def is_fed(node: Any) -> bool:
    """Whether a node is a placeholder that must be fed, or returns what an input pipeline produces."""
    return node.op in PLACEHOLDERS or is_pipeline(node)
