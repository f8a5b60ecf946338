"""Another learning rate."""

from __future__ import annotations

from tf1graphs.verify.causes import _settings
from tf1graphs.verify.causes._seen import Explained, Seen

# Two updates are as large as each other but for what other settings make of them.
_NOTHING = 1e-3


def explain(what: Seen) -> Explained:
    """The rates differ, or all updates by one factor."""
    factor = what.common_factor(what.step) if what.in_update else None
    first, second = what.settings("optimizer", "learning_rate")
    # A rate that changes has many values, and a schedule explains it.
    if len(first) == len(second) == 1 and not any(isinstance(value, str) for value in first + second):
        found = _settings.explain(what, (), {"learning_rate": "learning rate"})
        if found:
            return found
    if factor is None or abs(factor - 1) < _NOTHING or what.step > 1:
        return None
    return 0.7, f"learning rate: all updates of step {what.step} are {factor:.4g} times as large in the second program"
