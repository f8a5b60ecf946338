"""A weight that one of the programs uses transposed."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen, cosine

_MARGIN = 0.2
_ALIKE = 0.5
_SMALLEST = 3


def explain(what: Seen) -> Explained:
    """A lone variable has the reversed shape of another, or a gradient is more like the other's transpose."""
    first, second = what.comparison.unmatched
    for a in first:
        for b in second:
            if len(a.shape) == 2 and tuple(a.shape) == tuple(reversed(b.shape)):
                return 0.97, f"{b.name} {list(b.shape)} of the second program is {a.name} {list(a.shape)} transposed"
    if not what.in_loss:
        return None
    for name, a_gradient, b_gradient in what.gradients(what.step):
        shape = what.shape(name)
        if len(shape) == 2 and shape[0] == shape[1] >= _SMALLEST and a_gradient.size == shape[0] ** 2:
            plain = cosine(a_gradient, b_gradient)
            turned = cosine(a_gradient, b_gradient.reshape(shape).T.ravel())
            if turned > max(plain + _MARGIN, _ALIKE):
                return 0.8, (
                    f"{name} is used transposed: its gradients are alike by {plain:.2f}, and by {turned:.2f} if one is "
                    "transposed"
                )
    return None
