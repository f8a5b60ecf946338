"""Moving averages of batch normalization."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Seen
from tf1graphs.verify.recording import Overview


def standing_still(what: Seen) -> str | None:
    """Says which program's moving averages end as they began, if the other's do not."""
    first, second = _moves(what.comparison.first), _moves(what.comparison.second)
    if first is None or second is None or first == second:
        return None
    return f"batch normalization's moving averages stay at their start in the {'second' if first else 'first'} program"


def _moves(program: Overview) -> bool | None:
    """Whether any moving average has moved; None if there are none."""
    names = {variable.name for variable in program.variables if "moving_" in variable.name}
    return bool(names & program.moved) if names else None
