"""The table of the rules that say of which static shape a call computes a tensor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tf1graphs.migrate.facts.shapes.sizes import Shape


@dataclass(frozen=True)
class Given:
    """The arguments of a call that computes a tensor, by their names in 1.15; those that are not given are missing.

    Attributes:
        literals: their values where they are of Python: numbers, strings, and lists and tuples of them, in which what
            is not known is ``...``.
        shapes: their static shapes where they are tensors, or lists of such.
    """

    literals: Mapping[str, object]
    shapes: Mapping[str, Shape | list[Shape]]

    def literal(self, *names: str, default: object = None) -> object:
        """Returns the value of the first argument that is given, ``...`` if it is not known, or the default."""
        return next((self.literals.get(name, ...) for name in names if self.has(name)), default)

    def has(self, name: str) -> bool:
        """Says whether an argument is given."""
        return name in self.literals or name in self.shapes

    def shape(self, *names: str) -> Shape:
        """Returns the shape of the first argument that is given, or None."""
        found = next((self.shapes[name] for name in names if name in self.shapes), None)
        return None if isinstance(found, list) else found

    def listed(self, name: str) -> list[Shape]:
        """Returns the shapes of a list of tensors; none if it is not known."""
        found = self.shapes.get(name)
        return found if isinstance(found, list) else []


Rule = Callable[[Given], Shape]
# Symbol -> the names of its parameters, and its rule.
RULES: dict[str, tuple[tuple[str, ...], Rule]] = {}


def rule(names: str, signature: str) -> Callable[[Rule], Rule]:
    """Registers a function as the rule of symbols.

    Args:
        names: the symbols without ``tf.``, with blanks between them.
        signature: the names of their parameters by place, as far as the rule asks for them.
    """
    parameters = tuple(parameter.strip() for parameter in signature.split(","))

    def register(function: Rule) -> Rule:
        for name in names.split():
            RULES[f"tf.{name}"] = parameters, function
        return function

    return register
