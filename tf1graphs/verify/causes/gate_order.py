"""The order of a cell's gates in its kernel: an LSTM's are i, j, f, o in TensorFlow 1, i, f, j, o in Keras."""

from __future__ import annotations

from tf1graphs.verify.causes import _gates
from tf1graphs.verify.causes._seen import Explained, Seen

_MARGIN = 0.15


def explain(what: Seen) -> Explained:
    """The layers have other orders, or gradients are more alike when their blocks change places."""
    if not what.in_loss:
        return None
    other = what.other_setting("cell", "gates")
    alike = _gates.alike(what)
    if alike and alike.reordered > alike.as_they_are + _MARGIN:
        return 0.94, (
            f"gate order: block {alike.block} of the gradients of the first program's cell is most like block "
            f"{alike.counterpart} of the second's (in TensorFlow 1 LSTMs have i, j, f, o and GRUs r, u; in Keras i, f, "
            "j, o and u, r)"
        )
    return (0.85, f"gate order {other}") if other else None
