"""Variables that start otherwise; the comparison itself gives both programs the same start."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen

_NAMED_AT_MOST = 3


def explain(what: Seen) -> Explained:
    """Initial values are of other distributions, or other constants."""
    found = [f"{name}: {how}" for name, how in what.comparison.initializers.items()]
    if not found:
        return None
    more = f"; and {len(found) - _NAMED_AT_MOST} more" if len(found) > _NAMED_AT_MOST else ""
    return 0.92, f"initializer of {'; '.join(found[:_NAMED_AT_MOST])}{more}"
