"""Writes out what the collections of the old graph held, and sees that runs did with them what the new program does."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tf1graphs.migrate.facts.items import Item, Site, closure, is_later
from tf1graphs.migrate.facts.losses import Taken
from tf1graphs.migrate.facts.moving import Moving
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.savers import Saved
from tf1graphs.migrate.facts.values import (
    Cell,
    Entries,
    Function,
    Held,
    Host,
    Many,
    Placeholder,
    Stage,
    Symbol,
    Variable,
    VariableList,
    literal,
)
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import Run, in_order
from tf1graphs.migrate.writing.gone import is_gone
from tf1graphs.migrate.writing.named import Named
from tf1graphs.migrate.writing.saved import Variables, layer_of

_REMEDY = "let the train op hang on tf.get_collection(tf.GraphKeys.UPDATE_OPS)"


def check_updates(facts: Facts, runs: Iterable[Run]) -> None:
    """Refuses runs which move averages that 1.15 left as they were: it moved them only where their updates were run.

    Keras's layers move them whenever they are called with ``training``.
    """
    for run in runs:
        moved = _moved(run)
        for moving in facts.moving:
            is_moved = moving.item not in run.items or moving.item in moved
            if is_moved or not any(_moves(facts, moving, each) for each in run.sites):
                continue
            line = run.sites[0].node.lineno
            reason = f"the run in line {line} normalizes by the batch and leaves the moving averages"
            facts.refusals.add(Refusal(moving.node.lineno, facts.source.segment(moving.node.func), reason, _REMEDY))


def _moved(run: Run) -> set[Item]:
    """Returns the statements of the layers whose updates a run of a session ran."""
    reads = {item for site in run.sites for fetch in site.fetched for item in fetch.reads}
    return {item for read in closure(reads) for item in read.updates}


def _moves(facts: Facts, moving: Moving, site: Site) -> bool:
    """Says whether a layer may be called with ``training`` at a site."""
    if not isinstance(moving.training, Placeholder):
        return True
    placeholder = moving.training
    fed = site.feeds.get(placeholder, placeholder.default)
    if fed is not None:
        return literal(facts.values.get(fed), fed) is not False
    feeds = facts.values.get(site.feed) if site.feed is not None else None
    value = feeds.entries.get(placeholder) if isinstance(feeds, Entries) else None
    return not (isinstance(value, Host) and value.literal is False)


class Lists:
    """Writes lists of variables.

    Attributes:
        unbuilt: the runs that read variables of layers which they do not call, with the lists of these.
    """

    def __init__(self, variables: Variables, named: Named) -> None:
        self.named = named
        self.classes = variables.classes
        self.facts = variables.facts
        self.texts = variables.texts
        self.variables = variables
        self.unbuilt: dict[Run, list[VariableList]] = {}

    def text(self, node: ast.expr) -> str | None:
        """Returns what takes the place of a list of variables, or of a variable that is shared; None for others."""
        named = self._name(node) or self._named_head(node) or self._shape(node)
        if named is not None:
            return named
        if isinstance(node, (ast.ListComp, ast.GeneratorExp)) and node in self.facts.selections:
            return self._chosen(node, self.facts.selections[node])
        if isinstance(node, ast.Call) and node in self.facts.shared:
            if self.facts.shared[node] is None:
                return self._refuse(node, "the variable that it shares has no name here", "bind it to one")
            return self.facts.shared[node]
        if node in self.facts.taken:
            return self._taken(node, self.facts.taken[node])
        value = self.facts.values.get(node)
        if isinstance(value, VariableList) and (node in self.facts.selections or self._is_inlined(node, value)):
            return self._list(node, value)
        if isinstance(value, Many) and isinstance(value.element, Variable) and isinstance(node, ast.Call):
            function = self.facts.values.get(node.func)
            if isinstance(function, Symbol):
                return self._refuse(node, "which variables there are is not known by reading", "write a list of them")
        return None

    def _taken(self, node: ast.expr, taken: Taken) -> str | None:
        """Returns the list or sum of what a collection held."""
        parts = [name for name in taken.gathered.names if name is not None]
        for name, call in taken.gathered.layers:
            if taken.item.is_local:
                return self._refuse(
                    node, "it takes losses of layers in a function that makes some", "take them outside"
                )
            found = self._made(name, call, taken.item, {})
            if not found:
                return self._refuse(
                    node, f"the losses of {name} cannot be named here", "bind what makes them to a name"
                )
            parts.append(f"*{layer_of(found[min(found)])}.losses")
        if taken.is_sum:
            single = parts[0] if len(parts) == 1 and not parts[0].startswith("*") else None
            return single or f"{self.texts.tf}.add_n([{', '.join(parts)}])"
        return parts[0][1:] if len(parts) == 1 and parts[0].startswith("*") else f"[{', '.join(parts)}]"

    def _name(self, node: ast.expr) -> str | None:
        """Returns what becomes of the name of a variable that has another one in Keras; None for other expressions."""
        is_op = isinstance(node, ast.Attribute) and node.attr == "name" and node.value in self.facts.named
        told = node.value if isinstance(node, ast.Attribute) and is_op else node
        if told not in self.facts.named or all(map(self.named.is_kept, self.facts.named[told])):
            return None
        assert isinstance(told, ast.Attribute)
        name = self.named.in_loop(told.value)
        if name is None or (told is node and told.attr == "op"):
            return self._refuse(node, "the variable has another name in Keras", "do without the name")
        return name if is_op else f'f"{{{name}}}:0"'

    def _shape(self, node: ast.expr) -> str | None:
        """Returns what becomes of the shape of one of several variables, of which those in Keras have a tuple."""
        is_list = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "as_list"
        shape = node.func.value if is_list else node  # type: ignore[attr-defined]
        told = shape.func if isinstance(shape, ast.Call) else shape
        if not isinstance(told, ast.Attribute) or told.attr != ("get_shape" if told is not shape else "shape"):
            return None
        value = self.named.listed(told.value)
        if value is None or value.stage is not Stage.LATER:
            return None
        text = f"{self.texts.text(told.value)}.shape"
        return f"list({text})" if is_list else f"{self.texts.tf}.TensorShape({text})"

    def _named_head(self, node: ast.expr) -> str | None:
        """Returns the target, or what is gone over, of a loop over names and variables."""
        found = self.named.head(node)
        if found is None:
            return None
        loop, is_target = found
        if is_target:
            return f"{self.named.loops[loop]}, {node.id}"  # type: ignore[attr-defined]
        value = self.facts.values[node]
        assert isinstance(value, VariableList)
        pairs = self._pairs(node, value)
        return None if pairs is None else f"{{{', '.join(pairs)}}}.items()"

    def _pairs(self, node: ast.expr, value: VariableList) -> list[str] | None:
        """Returns variables as entries of a dict, by their old names; None, refused, if some cannot be named."""
        assert value.item is not None
        pairs = []
        for name, made in value.made.items():
            if isinstance(made, str):
                pairs.append(f'"{name}": {self.variables.spelled(made, value.item.node)}')
                continue
            found = self._made(*made, value.item, value.cells)
            if not found or name not in found:
                self._refuse(node, f"the variables of {name} cannot be named here", "bind what makes them to a name")
                return None
            pairs.append(f'"{name}": {found[name]}')
        return pairs

    def _chosen(self, node: ast.ListComp | ast.GeneratorExp, value: VariableList) -> str | None:
        """Returns a comprehension without its tests, of the variables that pass these."""
        if isinstance(node.elt, ast.Name):
            return self._list(node, value)
        start, end = ("[", "]") if isinstance(node, ast.ListComp) else ("(", ")")
        element, target = self.texts.text(node.elt), self.facts.source.segment(node.generators[0].target)
        if node in self.named.loops:
            pairs = self._pairs(node, value)
            target = f"{self.named.loops[node]}, {target}"
            chosen = None if pairs is None else f"{{{', '.join(pairs)}}}.items()"
        else:
            chosen = self._list(node, value)
        return None if chosen is None else f"{start}{element} for {target} in {chosen}{end}"

    def _is_inlined(self, node: ast.expr, value: VariableList) -> bool:
        """Says whether a name stands for variables that are known only once the function has called their layers."""
        is_read = isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load)
        return value.stage is Stage.LATER and is_read

    def _list(self, node: ast.expr, value: VariableList) -> str | None:
        assert value.item is not None
        is_inside = node in self.facts.selections or self.variables.is_inside_class(node)
        if value.item.is_local and value.stage is Stage.LATER and is_inside:
            return self._refuse(node, "it lists variables in a function that makes some", "list them outside")
        parts: dict[str, list[str]] = {}
        for made in dict.fromkeys(value.made.values()):
            if isinstance(made, str):
                parts[made] = [self.variables.spelled(made, value.item.node)]
                continue
            wanted = {name for name, each in value.made.items() if each == made}
            found = self._made(*made, value.item, value.cells)
            if not found or not wanted <= set(found):
                reason = f"the variables of {made[0]} cannot be named here"
                return self._refuse(node, reason, "bind what makes them to a name")
            parts[made[0]] = self._parts(found, wanted, made[1])
        texts = [text for part in self._by_object(parts) for text in part]
        if len(texts) == 1 and texts[0].startswith("*"):
            return texts[0][1:]
        return f"[{', '.join(texts)}]"

    def _by_object(self, parts: dict[str, list[str]]) -> Iterator[list[str]]:
        """Yields the parts of a list, with those of an object together if they are all that is trained of it."""
        for call, names in self.facts.instances.items():
            function = self.facts.values.get(call.func)
            if call not in self.texts.created or self.variables.is_inside_class(call) or not set(names) <= set(parts):
                continue
            name = self.texts.reference(self.texts.created[call][0])
            texts = [text for each in dict.fromkeys(names) for text in parts[each]]
            if isinstance(function, Function) and self._lists(function.node, name, texts):
                parts = {key: part for key, part in parts.items() if key not in names or key == names[0]}
                parts[names[0]] = [f"*{name}.trainable_variables"]
        yield from parts.values()

    def _lists(self, function: ast.AST | None, name: str, texts: Sequence[str]) -> bool:
        """Says whether the class in a function's place lists some variables, which it is made to do."""
        own = tuple(re.sub(rf"^(\*?){re.escape(name)}\.", r"\1self.", text) for text in texts)
        is_whole = all(re.search(r"\.trainable_variables$|^[^.]*\.[^.]*$", text) for text in own)
        has_layers = any(text.startswith("*") for text in own)
        if not is_whole or not has_layers or (function in self.classes.done and function not in self.classes.listed):
            return False
        return self.classes.listed.setdefault(function, own) == own

    def _made(self, name: str, node: ast.Call, item: Item, cells: Mapping[str, Held]) -> dict[str, str] | None:
        """Returns the expressions of what a call made, by the names in 1.15."""
        for call in [node, *(call for call, names in self.facts.instances.items() if name in names)]:
            if not self.variables.is_inside_class(call) and (call is not node or name not in cells):
                self.texts.text(call)
        return self.variables.made(name, node, Saved(item, item.owner, cells=cells))

    def _parts(self, found: dict[str, str], wanted: set[str], node: ast.Call) -> list[str]:
        """Returns the wanted ones of the variables that a call made; those of a layer together if they are all."""
        trained = {name for name in found if not name.rpartition("/")[2].startswith("moving_")}
        is_frozen = any(each.arg == "trainable" for each in node.keywords)
        if wanted == trained and not isinstance(self.facts.values.get(node), (Cell, Variable)):
            layer = layer_of(found[min(found)])
            if not is_frozen:
                return [f"*{layer}.trainable_variables"]
            if trained == set(found):
                return [f"*{layer}.weights"]
        return [text for name, text in found.items() if name in wanted]

    def check(self, runs: Iterable[Run]) -> None:
        """Refuses lists of the variables of layers that are read before these have been called and have any."""
        inside = {item for run in runs for item in run.items}
        savers = {saved.item for saved in self.facts.savers.values()}
        for item in self.facts.items.values():
            if item.listed and is_later(item) and item not in inside | savers and not self._is_gone(item.node):
                self._refuse(
                    item.node, "the variables of layers are there only once these have been called", "read them later"
                )
        for run in runs:
            for item in run.items:
                uncalled = [] if item.trains else [each for each in item.listed if not self._is_called(run)(each)]
                if uncalled:
                    self.unbuilt.setdefault(run, []).extend(sorted(uncalled, key=lambda each: list(each.made)))

    def refuse_unbuilt(self, run: Run) -> None:
        """Refuses a run that reads the variables of layers which it does not call."""
        for item in in_order(run.items):
            if not item.listed.isdisjoint(self.unbuilt[run]):
                self._refuse(item.node, "it reads variables of layers that it does not call", "call these first")

    def _is_gone(self, node: ast.stmt) -> bool:
        return isinstance(node, ast.Assign) and is_gone(self.facts.values.get(node.value))

    def _is_called(self, run: Run) -> Callable[[VariableList], bool]:
        """Returns a function that says whether a run calls the layers that have the variables of a list."""
        calls = {call for item in run.items for call in item.creates | item.calls}
        inner = {name for call in calls for name in self.facts.instances.get(call, ())}

        def is_called(value: VariableList) -> bool:
            return all(isinstance(made, str) or made[1] in calls or made[0] in inner for made in value.made.values())

        return is_called

    def _refuse(self, node: ast.expr | ast.stmt, reason: str, remedy: str) -> str:
        """Notes a refusal and returns the text of the node as it was."""
        text = self.facts.source.segment(node)
        name = text if isinstance(node, ast.expr) and "\n" not in text else "a collection"
        self.facts.refusals.add(Refusal(node.lineno, name, reason, remedy))
        return text
