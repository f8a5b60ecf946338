"""The bias of an LSTM's forget gate: TensorFlow 1's cells add one as they run, Keras starts the variable at one."""

from __future__ import annotations

from tf1graphs.verify.causes import _gates
from tf1graphs.verify.causes._seen import Explained, Seen

# Another forget bias leaves the directions of all gates' gradients nearly as they are.
_ALIKE = 0.95
_OF_GATES, _OF_FACTS = 0.8, 0.45


def explain(what: Seen) -> Explained:
    """The biases differ, or only one program says that it adds one and the gates' gradients are in one order."""
    if not what.in_loss:
        return None
    other = what.other_setting("cell", "forget_bias")
    if other:
        return 0.92, f"forget bias {other}"
    first, second = what.settings("cell", "forget_bias")
    alike = _gates.alike(what)
    if not (alike and bool(first) != bool(second) and any(first + second)):
        return None
    which = ("first", "second") if first else ("second", "first")
    return (_OF_GATES if alike.as_they_are > _ALIKE else _OF_FACTS), (
        f"forget bias: the {which[0]} program's cell adds {(first or second)[0]:g}, the {which[1]} program has a cell "
        "of its own"
    )
