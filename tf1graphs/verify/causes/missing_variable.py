"""A variable, a bias perhaps, that only one of the programs has or uses."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """A trainable variable has no counterpart, or has no influence on the loss of one program."""
    alone = [
        f"only the {which} program has the variable {variable.name} {list(variable.shape)}"
        for which, variables in zip(("first", "second"), what.comparison.unmatched, strict=True)
        for variable in variables
    ]
    if alone:
        return 0.94, f"missing variable: {'; '.join(alone)}"
    unused = [
        *what.comparison.trained_by_one(),
        *(name for name, first, second in what.gradients(what.step) if first.any() != second.any()),
    ]
    if not unused or not what.in_loss:
        return None
    return 0.93, f"missing variable: the loss of one program does not depend on {', '.join(unused)}"
