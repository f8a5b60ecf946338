"""Moving averages that no training step updates: in TensorFlow 1 the program itself has to run UPDATE_OPS."""

from __future__ import annotations

from tf1graphs.verify.causes import _moving
from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """Moving averages stay at their start in one program only, although its training steps are the same."""
    still = _moving.standing_still(what)
    ran = what.other_setting("update ops", "run")
    if not (still or ran) or what.in_loss:
        return None
    if not still:
        return 0.9, "one of the programs does not run the UPDATE_OPS of batch normalization"
    return 0.95, f"{still}: its training steps do not run UPDATE_OPS"
