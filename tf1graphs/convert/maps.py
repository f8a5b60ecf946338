"""The file of ``--map``: what becomes what, to be read and edited."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tf1graphs.convert.carrying import rows
from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert

_KEYS = {"rows", "unmatched_sources", "unmatched_targets"}


@dataclass(frozen=True)
class Map:
    """What a map file holds.

    Attributes:
        rows: tensors that are carried over.
        unmatched_sources: tensors that are in no row, with the reason where there is one. Reading ignores them.
        unmatched_targets: the same of what they could have become.
    """

    rows: Sequence[Row]
    unmatched_sources: Mapping[str, str] = field(default_factory=dict)
    unmatched_targets: Mapping[str, str] = field(default_factory=dict)


def read(path: Path) -> list[Row]:
    """The rows of a map file.

    Raises:
        CouldNotConvert: the file cannot be read, or it is no map.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CouldNotConvert(f"{path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise CouldNotConvert(f"{path}: no JSON: {error}") from None
    if not isinstance(content, dict) or "rows" not in content or not content.keys() <= _KEYS:
        raise CouldNotConvert(f"{path}: a map has the keys {', '.join(sorted(_KEYS))}, of which rows is needed")
    try:
        return rows.from_json(content["rows"])
    except CouldNotConvert as error:
        raise CouldNotConvert(f"{path}: {error}") from None


def text(content: Map) -> str:
    """What a map file says, a row a line."""
    listed = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows.to_json(content.rows))
    left: dict[str, Any] = {
        "unmatched_sources": dict(content.unmatched_sources),
        "unmatched_targets": dict(content.unmatched_targets),
    }
    others = json.dumps(left, indent=1, ensure_ascii=False)[1:]
    return f'{{\n "rows": [\n{listed}\n ],{others}\n'
