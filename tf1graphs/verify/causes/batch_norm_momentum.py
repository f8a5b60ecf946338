"""The momentum of batch normalization's moving averages: 0.99 in Keras and tf.layers, 0.999 in contrib."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen, words


def explain(what: Seen) -> Explained:
    """The momenta differ."""
    other = what.other_setting("batch normalization", "momentum") or _of_contrib(what)
    return (0.5 if what.in_loss else 0.92, f"batch normalization's momentum {other}") if other else None


def _of_contrib(what: Seen) -> str | None:
    """Compares the momentum of one program's layers with the decay of averages that the other makes itself."""
    momenta = what.settings("batch normalization", "momentum")
    decays = what.settings("moving average", "rho")
    first, second = (momentum or decay for momentum, decay in zip(momenta, decays, strict=True))
    if not first or not second or first == second or not any(momenta):
        return None
    return f"{words(second)} in the second program, {words(first)} in the first"
