"""Writes the bodies of functions that train: losses under tapes, then what else is fetched, then the updates."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import shared_optimizers, syntax
from tf1graphs.migrate.facts.items import Item, closure
from tf1graphs.migrate.facts.symbols import argument
from tf1graphs.migrate.facts.values import Optimizer, Symbol, VariableList, literal
from tf1graphs.migrate.names import free_name
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import Chunk, Run, in_order, needed
from tf1graphs.migrate.source import indent

if TYPE_CHECKING:
    from tf1graphs.migrate.writing.functions import Functions

_INDENT = 4


@dataclass(eq=False)
class _Gradients:
    """A call that computes gradients, by ``minimize`` or ``compute_gradients``."""

    call: ast.Call
    optimizer: Optimizer
    item: Item
    loss: ast.expr
    items: set[Item]
    tape: str
    gradients: str
    variables: str


class Step:
    """The body of one function that trains.

    Attributes:
        run: what the function computes.
        covered: the function that computes each statement which other runs share.
        done: the statements and shared functions that have been written.
        updates: the statements that update variables, which come last.
    """

    def __init__(self, functions: Functions, run: Run, covered: dict[Item, Chunk]) -> None:
        self.functions = functions
        self.texts = functions.texts
        self.run = run
        self.covered = covered
        self.done: set[object] = set()
        self.updates: list[str] = []
        self._taken = {name for item in run.items for name in [*item.defines, *item.outer]}
        self._taken |= {name for name, _, _ in functions.texts.created.values()}

    def lines(self) -> list[str]:
        """Returns the statements of the body."""
        lines: list[str] = []
        for group in self._groups():
            lines += self._under_tapes(group)
        for item in in_order(self.run.items):
            for call, optimizer in item.trains.items():
                lines += self._apply(call, optimizer, item)
            if item.trains:
                self.done.add(item)
        # What stands under control dependencies on a train op sees the variables after their update.
        behind = {item for item in self.run.items if any(each.trains for each in needed([item]))}
        late = self.functions.summaries.written.late(self.run)
        lines += self._statements(self.run.items - behind - late)
        lines += self.updates + self._statements(behind - late)
        return lines + self.functions.counted(self.run) + self._statements(late)

    def _statements(self, items: set[Item]) -> list[str]:
        return self.functions.statements(in_order(items), self.covered, self.done, self.run.optional)

    def _free(self, name: str) -> str:
        return free_name(name, self._taken)

    # Gradients.

    def _groups(self) -> list[list[_Gradients]]:
        """Returns the calls that compute gradients; those whose losses share statements are computed together."""
        calls = list(self._calls())
        steps = {each: {self.covered.get(item, item) for item in each.items} for each in calls}
        shared = any(steps[first] & steps[second] for first in calls for second in calls if first is not second)
        return [calls] if shared else [[each] for each in calls]

    def _calls(self) -> Iterator[_Gradients]:
        for item in in_order(self.run.items):
            for call, optimizer in item.trains.items():
                loss = argument(call, 0, "loss")
                if loss is not None and isinstance(call.func, ast.Attribute) and call.func.attr != "apply_gradients":
                    items = self._with_earlier(needed(self._reads(loss, item)) & self.run.items)
                    names = [self._free(name) for name in ("tape", "gradients", "variables")]
                    yield _Gradients(call, optimizer, item, loss, items, *names)

    def _under_tapes(self, group: Sequence[_Gradients]) -> list[str]:
        inside = self._statements({item for each in group for item in each.items})
        losses = [self._loss(each, inside) for each in group]
        tapes = ", ".join(f"{self.texts.tf}.GradientTape() as {each.tape}" for each in group)
        lines = [f"with {tapes}:", *(indent(text, _INDENT) for text in inside or ["pass"])]
        for each, loss in zip(group, losses, strict=True):
            lines += self._gradients(each, loss)
        return lines

    def _loss(self, each: _Gradients, inside: list[str]) -> str:
        """Returns the name of a loss, which the last statement under the tape gives it if it has none."""
        text = self.texts.text(each.loss)
        if text.isidentifier():
            return text
        name = self._free("loss")
        inside.append(f"{name} = {text}")
        return name

    def _gradients(self, each: _Gradients, loss: str) -> list[str]:
        assert isinstance(each.call.func, ast.Attribute)
        given = argument(each.call, 1 if each.call.func.attr == "compute_gradients" else 2, "var_list")
        variables = f"{each.tape}.watched_variables()"
        if given is not None and (self._has_frozen() or not self._is_all(given)):
            self._narrow(given, each)
            variables = self.texts.text(given)
        elif each.call in self.functions.facts.trained:
            variables = self.texts.text(self.functions.facts.trained[each.call])
        elif self._has_frozen():
            reason = "it takes all that is trained, and a tape sees the variables of layers that are not, too"
            self._refuse(each.call, each.call.func.attr, reason, "give it a var_list")
        lines = [
            f"{each.variables} = {variables}",
            f"{each.gradients} = {each.tape}.gradient({loss}, {each.variables})",
        ]
        pairs = f"zip({each.gradients}, {each.variables})"
        assert isinstance(each.call.func, ast.Attribute)
        if each.call.func.attr == "minimize":
            self.updates += self._update(each.call, each.optimizer, pairs)
            return lines
        node = each.item.node
        if isinstance(node, ast.Assign) and node.value is each.call and len(node.targets) == 1:
            return [*lines, f"{self.texts.text(node.targets[0])} = list({pairs})"]
        self._refuse(each.call, "compute_gradients", "its result has no name", "give it one")
        return lines

    def _has_frozen(self) -> bool:
        """Says whether the run calls layers that are not trained."""
        facts = self.functions.facts
        return not facts.names_of(self.run.items).isdisjoint(facts.frozen)

    def _narrow(self, node: ast.expr, each: _Gradients) -> None:
        """Leaves of a list of all that is trained what the loss hangs on: 1.15 passes over the rest, as over None."""
        facts = self.functions.facts
        known = facts.values[node]
        if isinstance(known, VariableList) and self._is_all(node):
            names = facts.names_of(closure({*each.items, *self._reads(each.loss, each.item)}))
            made = {name: maker for name, maker in known.made.items() if _maker(name, maker) in names}
            facts.values[node] = replace(known, made=made)

    def _is_all(self, node: ast.expr) -> bool:
        """Says whether an expression lists all that is trained, which training takes by itself."""
        if not isinstance(node, ast.Call) or node.args or node.keywords:
            return False
        function = self.functions.facts.values.get(node.func)
        return isinstance(function, Symbol) and function.name == "tf.trainable_variables"

    def _refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        self.functions.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]

    def _with_earlier(self, items: set[Item]) -> set[Item]:
        """Returns statements, with those of the run that must come before as they read names which these change."""
        return items | {
            each
            for item in self.run.items
            if not item.trains and any(later.order > item.order and later.defines & set(item.outer) for later in items)
            for each in needed([item]) & self.run.items
        }

    def _reads(self, loss: ast.expr, item: Item) -> set[Item]:
        """Returns the statements that a loss hangs on: those that gave the names in it their values."""
        names = syntax.read(loss) | {child.attr for child in trees.walk(loss) if isinstance(child, ast.Attribute)}
        return {read for read in item.reads if read.defines & names}

    # Updates.

    def _apply(self, call: ast.Call, optimizer: Optimizer, item: Item) -> list[str]:
        """Returns what ``apply_gradients`` hangs on, and adds the update itself to the updates."""
        assert isinstance(call.func, ast.Attribute)
        pairs = argument(call, 0, "grads_and_vars")
        if call.func.attr != "apply_gradients" or pairs is None:
            return []
        lines = self._statements({each for each in needed(item.reads) & self.run.items if not each.trains})
        self.updates += self._update(call, optimizer, self.texts.text(pairs))
        return lines

    def _update(self, call: ast.Call, optimizer: Optimizer, pairs: str) -> Iterator[str]:
        """Yields the statements that update variables with their gradients."""
        assert isinstance(call.func, ast.Attribute)
        text = self.texts.text(call.func.value)
        if optimizer.rate is not None:
            yield f"{text}.learning_rate.assign({self.texts.text(optimizer.rate)})"
        lists = shared_optimizers.lists(self.functions.facts, optimizer)
        if len(lists) > 1:
            texts = dict.fromkeys(self.texts.text(each) for each in lists if each is not None)
            yield f"if not {text}.built:"
            yield f"    {text}.build([{', '.join(map(_elements, texts))}])"
        yield f"{text}.apply_gradients({pairs})"
        step = argument(call, 1, "global_step")
        if step is not None and literal(self.functions.facts.values.get(step), step) is not None:
            yield f"{self.texts.text(step)}.assign_add(1)"


def _maker(name: str, made: str | tuple[str, ast.Call]) -> str:
    """Returns the name of the layer that has a variable, or of the variable if none has."""
    return name if isinstance(made, str) else made[0]


def _elements(text: str) -> str:
    """Returns the elements of a list, as they stand in another one."""
    is_display = isinstance(ast.parse(text, mode="eval").body, ast.List)
    return text[1:-1] if is_display else f"*{text}"
