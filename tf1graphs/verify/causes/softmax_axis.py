"""Softmax over another axis."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """The axes differ."""
    other = what.other_setting("softmax", "axis")
    return (0.92, f"softmax over axis {other}") if other and what.in_loss else None
