"""A variable that only one of the programs trains."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen
from tf1graphs.verify.recording import Series


def explain(what: Seen) -> Explained:
    """There is no gradient for a variable in one program, or a gradient and no update."""
    named = [_lonely(what, name) for name in what.comparison.trained_by_one()]
    still = [
        f"{name} gets a gradient and no update in the {which} program"
        for name, first, second in what.updates(what.step)
        for which, one, other in (("first", first, second), ("second", second, first))
        if not one.any() and other.any() and _has_gradients(what, name)
    ]
    if not named + still:
        return None
    return (0.5 if what.in_loss else 0.95), f"not trained: {'; '.join(named + still)}"


def _has_gradients(what: Seen, name: str) -> bool:
    gradients = what.array("gradient", name, what.step)
    return gradients is not None and bool(gradients[0].any() and gradients[1].any())


def _lonely(what: Seen, name: str) -> str:
    by = "first" if Series("gradient", name) in what.comparison.first.counts else "second"
    return f"{name} is trained by the {by} program only"
