"""Another learning-rate schedule."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen

_CALLED = "initial_learning_rate decay_steps decay_rate staircase end_learning_rate power cycle alpha boundaries values"


def explain(what: Seen) -> Explained:
    """The settings of schedules differ, or all updates by one factor from a later step on."""
    others = ((setting, what.other_setting("schedule", setting)) for setting in ("name", *_CALLED.split()))
    found = [f"{setting.replace('_', ' ')} {other}" for setting, other in others if other]
    if found:
        return (0.93 if what.in_update else 0.3), f"learning-rate schedule: {'; '.join(found)}"
    first, second = what.facts("schedule")
    factor = what.common_factor(what.step) if what.in_update else None
    if factor is None or (what.step == 1 and not (first or second)):
        return None
    score = 0.9 if what.step > 1 else 0.6
    alone = f"only the {'first' if first else 'second'} program has a schedule and "
    has = alone if bool(first) != bool(second) else ""
    return score, (
        f"learning-rate schedule: {has}all updates of step {what.step} are {factor:.4g} times as large in the "
        "second program"
    )
