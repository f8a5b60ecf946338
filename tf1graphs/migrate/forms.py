"""Calls whose arguments change: a row of ``tables/calls.txt``, and what it makes of a call."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from tf1graphs.migrate import trees
from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.keras_layers import enclosed

# They change nothing that is computed, so they are dropped where TensorFlow 2 does not have them.
_IDLE = frozenset(
    {"name", "scope", "values", "use_locking", "use_cudnn_on_gpu", "parallel_iterations", "swap_memory", "back_prop"}
)


@dataclass(frozen=True)
class Slot:
    """An argument of the new call.

    Attributes:
        node: its expression in the row, in which 1.15's parameters stand for the arguments given for them.
        text: the source of ``node``.
        keyword: its name in the new call, or None if it can only be given by place.
        parameters: the parameters in the expression.
        is_choice: whether the expression is nothing but parameters of which one is to be given: ``axis | dim``.
        otherwise: of a choice, the source of what is written if none is given; None if nothing is.
    """

    node: ast.expr
    text: str
    keyword: str | None
    parameters: tuple[str, ...]
    is_choice: bool = False
    otherwise: str | None = None


@dataclass(frozen=True)
class Form:
    """What a symbol's calls become.

    Attributes:
        parameters: its parameters in 1.15, in order.
        defaults: the source of their defaults.
        target: the function that is called in TensorFlow 2, such as ``tf.math.log``.
        slots: the arguments of the new call; None for a parameter that 1.15 does not have.
    """

    parameters: tuple[str, ...]
    defaults: Mapping[str, str]
    target: str
    slots: tuple[Slot | None, ...]

    @classmethod
    def parse(cls, signature: str, target: str) -> Form:
        """Reads a row: ``x, axis=None, dim=None`` and ``tf.nn.softmax(x, axis | dim)``.

        Arguments of the new call stand in its order. A parameter alone, or a choice of them, has the first one's name
        as keyword; a choice may end in what is written if none is given, such as 1.15's default (``stddev | 1.0``);
        ``axis=...`` is a parameter that 1.15 does not have, ``**others`` are all parameters not named before.
        """
        head = ast.parse(f"def call({signature}): ...").body[0]
        assert isinstance(head, ast.FunctionDef)
        arguments = [*head.args.args, *head.args.kwonlyargs]
        values = [
            *[None] * (len(head.args.args) - len(head.args.defaults)),
            *head.args.defaults,
            *head.args.kw_defaults,
        ]
        parameters = tuple(each.arg for each in arguments)
        body = ast.parse(target, mode="eval").body
        assert isinstance(body, ast.Call)
        keywords = [(each.arg, each.value) for each in body.keywords if each.arg]
        given = [*((None, each) for each in body.args), *keywords]
        slots = [None if _is_gap(value) else _slot(target, keyword, value, parameters) for keyword, value in given]
        if len(keywords) < len(body.keywords):
            placed = {name for slot in slots if slot for name in slot.parameters}
            others = [name for name in parameters if name not in placed]
            slots += [None, *(Slot(ast.Name(name), name, name, (name,), is_choice=True) for name in others)]
        return cls(
            parameters,
            {name: ast.unparse(value) for name, value in zip(parameters, values, strict=True) if value},
            ast.unparse(body.func),
            tuple(slots),
        )

    @property
    def reference(self) -> str | None:
        """The name to use where the symbol is not called, or None if such calls would not mean the same."""
        slots = [slot for slot in self.slots if slot]
        is_same = all(slot.is_choice and slot.otherwise is None for slot in slots)
        begins_alike = not slots or self.parameters[0] in slots[0].parameters
        return self.target if is_same and begins_alike and self._takes_places else None

    @property
    def _takes_places(self) -> bool:
        """Whether the new call may have arguments without keyword."""
        return not self.target.startswith("tf.raw_ops.")

    def apply(self, call: Call) -> Outcome:
        """Returns what a call becomes, or why it cannot: an argument that TensorFlow 2 has no place for."""
        refusal = self._unplaced(call)
        if refusal:
            return refusal
        by_place = set(self.parameters[: len(call.node.args)])
        texts: list[str] = []
        in_place = self._takes_places
        for slot in self.slots:
            given = [name for name in slot.parameters if self._is_given(name, slot, call)] if slot else []
            if slot and slot.is_choice and len(given) > 1:
                return Refuse(f"it is given both {' and '.join(given)}", "leave one of them out")
            text = self._text(slot, given, call) if slot else None
            if slot is None or text is None:
                in_place = False
                continue
            in_place = in_place and (slot.keyword is None or not slot.parameters or not by_place.isdisjoint(given))
            texts.append(text if in_place or slot.keyword is None else f"{slot.keyword}={text}")
        return Replace(f"{call.tf}{self.target.removeprefix('tf')}({', '.join(texts)})")

    def _is_given(self, name: str, slot: Slot, call: Call) -> bool:
        """Whether an argument is given, and not as the None that leaves it out, or the choice to another."""
        is_optional = self.defaults.get(name) == "None" or (slot.is_choice and len(slot.parameters) > 1)
        return name in call.arguments and not (is_optional and call.value(name) is None)

    def _unplaced(self, call: Call) -> Refuse | None:
        """Returns a refusal if an argument is given that has no place in the new call, and is not 1.15's default."""
        placed = {name for slot in self.slots if slot for name in slot.parameters}
        for name in [each for each in call.arguments if each not in placed | _IDLE]:
            default = self.defaults.get(name, "")
            if call.text(name) != _spelled(default, call) and not _equals(default, call.value(name)):
                return Refuse(f"its {name} has no counterpart", "compute without it, or by hand what it does")
        return None

    def _text(self, slot: Slot, given: list[str], call: Call) -> str | None:
        """Returns an argument of the new call, with the old call's in place of the parameters; None to leave it out."""
        if slot.is_choice:
            otherwise = slot.otherwise and _spelled(slot.otherwise, call)
            return call.text(given[0]) if given else otherwise
        if slot.parameters and not given:
            return None
        text = slot.text
        whole = {id(child) for each in trees.walk(slot.node) if isinstance(each, ast.Call) for child in each.args}
        whole |= {id(each.value) for each in trees.walk(slot.node) if isinstance(each, ast.keyword)} | {id(slot.node)}
        names = [each for each in trees.walk(slot.node) if isinstance(each, ast.Name)]
        for node in sorted(names, key=lambda each: -each.col_offset):
            if node.id in slot.parameters:
                new = call.text(node.id, self.defaults.get(node.id))
                new = new if id(node) in whole else enclosed(new)
            elif node.id == "tf":
                new = call.tf
            else:
                continue
            start = node.col_offset - slot.node.col_offset
            text = text[:start] + new + text[start + len(node.id) :]
        return text


def _spelled(source: str, call: Call) -> str:
    """Returns source of a table with TensorFlow spelled as in the file of a call."""
    return source.replace("tf.", f"{call.tf}.")


def _slot(row: str, keyword: str | None, node: ast.expr, parameters: tuple[str, ...]) -> Slot:
    choices = _choices(node)
    names = [each.id for each in choices if isinstance(each, ast.Name) and each.id in parameters]
    text = ast.get_source_segment(row, node)
    assert text is not None
    if names and len(choices) - len(names) <= 1:
        rest = ast.get_source_segment(row, choices[-1]) if len(names) < len(choices) else None
        return Slot(node, text, keyword or names[0], tuple(names), True, rest)
    used = [each.id for each in trees.walk(node) if isinstance(each, ast.Name) and each.id in parameters]
    return Slot(node, text, keyword, tuple(dict.fromkeys(used)))


def _equals(source: str, value: object) -> bool:
    try:
        return value is not ... and bool(ast.literal_eval(source) == value)
    except (SyntaxError, ValueError):  # There is no default, or it is such as tf.float32.
        return False


def _is_gap(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _choices(node: ast.expr) -> list[ast.expr]:
    """Returns the operands of ``a | b | ...``, or the expression alone."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_choices(node.left), node.right]
    return [node]
