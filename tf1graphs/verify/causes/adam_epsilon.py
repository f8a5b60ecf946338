"""Adam's epsilon: 1e-8 in TensorFlow 1, 1e-7 in Keras."""

from __future__ import annotations

from tf1graphs.verify.causes import _settings
from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """The epsilons of an optimizer of Adam's family differ."""
    return _settings.explain(what, ("Adam", "AdamW", "Adamax", "Nadam"), {"epsilon": "epsilon"})
