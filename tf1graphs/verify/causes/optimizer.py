"""Another optimizer."""

from __future__ import annotations

from typing import Any

from tf1graphs.verify.causes._seen import Explained, Seen, words


def _name(fact: dict[str, Any]) -> str:
    if fact["name"] == "momentum" and fact.get("momentum") == 0.0:
        return "gradient descent"
    return str(fact["name"])


def names(what: Seen) -> tuple[list[str], list[str]]:
    """Returns what optimizers the programs use."""
    first, second = (sorted({_name(fact) for fact in facts}) for facts in what.facts("optimizer"))
    return first, second


def explain(what: Seen) -> Explained:
    """The optimizers have other names."""
    first, second = names(what)
    if not first or not second or first == second:
        return None
    sentence = f"optimizer {words(list(second))} in the second program, {words(list(first))} in the first"
    return (0.95 if what.in_update else 0.3), sentence
