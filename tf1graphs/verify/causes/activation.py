"""Another activation function."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen, words

# Losses are made of these, here and not there.
_OF_LOSSES = {"softmax", "log_softmax", "sigmoid", "softplus"}


def explain(what: Seen) -> Explained:
    """The programs use other activation functions."""
    first, second = ({fact["name"] for fact in facts} for facts in what.facts("activation"))
    if first == second or not what.in_loss:
        return None
    score = 0.8 if (first ^ second) - _OF_LOSSES else 0.4
    only = [
        f"{words(sorted(names))} only in the {which}"
        for which, names in (("first", first - second), ("second", second - first))
        if names
    ]
    return score, f"activation: {'; '.join(only)} program"
