"""What batch normalization adds to the variance."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """The epsilons differ."""
    other = what.other_setting("batch normalization", "epsilon")
    return (0.9 if what.in_loss else 0.5, f"batch normalization's epsilon {other}") if other else None
