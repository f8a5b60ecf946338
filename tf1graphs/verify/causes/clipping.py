"""Gradients clipped in another way, or not at all."""

from __future__ import annotations

import numpy as np

from tf1graphs.verify.causes._seen import Explained, Seen

_CLOSE = 1e-2


def _described(facts: list[dict[str, object]]) -> str:
    bounds = [
        f"{fact['name']} {' to '.join(f'{v:g}' for k, v in fact.items() if k != 'name' and isinstance(v, float))}"
        for fact in facts
    ]
    return " and ".join(sorted(bounds)) or "no clipping"


def explain(what: Seen) -> Explained:
    """The programs clip differently, or updates differ as clipped and unclipped gradients do."""
    if not what.in_update:
        return None
    first, second = what.facts("clipping")
    if _described(first) != _described(second):
        return 0.85, f"clipping: {_described(second)} in the second program, {_described(first)} in the first"
    return _of_one_only(what, [fact["clip_norm"] for fact in first if fact["name"] == "clip_by_global_norm"])


def _of_one_only(what: Seen, bounds: list[float]) -> Explained:
    """Compares the factor between the updates with what clipping by the global norm would make of the gradients."""
    factor = what.common_factor(what.step)
    norm = float(np.sqrt(sum(np.sum(first**2) for _, first, _ in what.gradients(what.step))))
    for bound in bounds:
        if factor and isinstance(bound, float) and norm > bound:
            for clips, expected in (("first", norm / bound), ("second", bound / norm)):
                if abs(factor / expected - 1) < _CLOSE:
                    return 0.95, (
                        f"clipping: only the {clips} program's updates are those of gradients clipped to the global "
                        f"norm {bound:g}; theirs is {norm:.4g} in step {what.step}"
                    )
    return None
