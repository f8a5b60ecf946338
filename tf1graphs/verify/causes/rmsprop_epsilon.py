"""RMSProp's epsilon: 1e-10 inside the root in TensorFlow 1, 1e-7 beside it in Keras; likewise Adagrad's, Adadelta's."""

from __future__ import annotations

from tf1graphs.verify.causes import _settings
from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """The epsilons of an optimizer that divides by a mean square differ."""
    return _settings.explain(what, ("RMSProp", "Adagrad", "Adadelta"), {"epsilon": "epsilon"})
