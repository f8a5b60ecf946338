"""What an optimizer's sums start from: RMSProp's at one in TensorFlow 1, at zero in Keras."""

from __future__ import annotations

from tf1graphs.verify.causes import _settings
from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """The start of an accumulator differs."""
    called = {"initial_accumulator_value": "accumulators start at"}
    found = _settings.explain(what, ("RMSProp", "Adagrad", "Ftrl"), called)
    # It counts more than an epsilon beside it.
    return (found[0] + 0.02, found[1]) if found else None
