"""What the collections of a graph hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate import rules
from tf1graphs.migrate.calls import Argument, Call, Normalizer, Split
from tf1graphs.migrate.facts import losses, moving, objects, savers, syntax, training
from tf1graphs.migrate.facts.items import closure
from tf1graphs.migrate.facts.scopes import Scope
from tf1graphs.migrate.facts.values import (
    Held,
    Host,
    Many,
    Optimizer,
    Scoping,
    Stage,
    Symbol,
    Unknown,
    Value,
    Variable,
    VariableList,
    literal,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

# What a graph calls its collections (``tensorflow/python/framework/ops.py``, ``GraphKeys``).
_KEYS = {"GLOBAL_VARIABLES": "variables", "VARIABLES": "variables"}
STANDARD = frozenset({"variables", "trainable_variables"})
_REMEDY = "keep the objects in a list of your own"
_PLAIN = re.compile(r"^[\w/]+$")
_MOVED = re.compile(r"\bmoving_(mean|variance)$")


def got(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``tf.get_collection`` returns."""
    del values
    collection = key(self, syntax.argument(node, 0, "key"))
    scope = _scope(self, syntax.argument(node, 1, "scope"))
    own = any(collection in each.collections for each in self.made.variables.values())
    # Variables and tensors are not told apart in one collection.
    is_known = collection in _COLLECTIONS or own != (collection is not None and losses.has(self, collection))
    if collection is None or scope is ... or not is_known:
        self.refuse(node, "tf.get_collection", "what the collection holds is not known by reading", _REMEDY)
        return Many(element=Unknown())
    if collection in _COLLECTIONS:
        return _COLLECTIONS[collection](self, node, scope)
    if own:
        return _variables(self, node, scope, lambda variable: collection in variable.collections)
    return losses.collection(self, node, collection, scope)


def key(self: Expressions, node: ast.expr | None) -> str | None:
    """Returns the name of a collection, or None if it is not known."""
    return named(self.facts.values.get(node)) if node is not None else None


def named(value: Value | None) -> str | None:
    """Returns the name of a collection for which a value stands, or None if it is not known."""
    if isinstance(value, Symbol) and "GraphKeys." in value.name:
        last = value.name.rpartition(".")[2]
        return _KEYS.get(last, last.lower())
    return value.literal if isinstance(value, Host) and isinstance(value.literal, str) else None


def _scope(self: Expressions, node: ast.expr | None) -> Any:
    """Returns the scope to which a collection is confined, None if to none, or ``...`` if it is not known."""
    value = self.facts.values.get(node) if node is not None else Host(literal=None)
    literal = value.literal if isinstance(value, Host) else ...
    return literal if isinstance(literal, str | None) else ...


# VariableList.


def trainable(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``tf.trainable_variables`` returns."""
    del values
    return _trainable(self, node, _scope(self, syntax.argument(node, 0, "scope")))


def all_variables(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``tf.global_variables`` returns."""
    del values
    return _global(self, node, _scope(self, syntax.argument(node, 0, "scope")))


def _trainable(self: Expressions, node: ast.Call, scope: Any) -> Value:
    return _variables(self, node, scope, lambda variable: variable.is_trainable)


def _global(self: Expressions, node: ast.Call, scope: Any) -> Value:
    found = _variables(self, node, scope, lambda variable: True)
    if not isinstance(found, VariableList):
        return found
    joined = [each for each in self.made.training if _is_joined(self, each, found, scope)]
    order = list(self.made.names)
    last = max(
        (order.index(name if isinstance(each, str) else each[0]) for name, each in found.made.items()), default=0
    )
    if joined and (scope is None or any(each.count <= last for each in joined)):
        return Many(element=Variable())
    found.is_open = bool(joined)
    return found


def _is_joined(self: Expressions, made: savers.Training, found: VariableList, scope: str | None) -> bool:
    """Says whether the variables of an optimizer may be among those in a scope."""
    if _is_plain(self, made.optimizer):
        return False
    prefix = made.variables
    if scope and prefix and _PLAIN.match(scope) and not (scope.startswith(prefix) or prefix.startswith(scope)):
        # All that it makes stands in the scope in which it trains.
        return False
    if scope is None or re.match(scope, f"{made.variables}beta1_power"):
        return True
    names = _trained_by(self, made.call)
    return any(name.startswith(tuple(names)) for name in found.made) if names else True


def _trained_by(self: Expressions, call: ast.Call) -> set[str]:
    """Returns the names of the variables that a call trains, or of layers in which they are."""
    listed = training.listed(self.facts, call)
    if listed is not None:
        return set(listed)
    return self.facts.names_of(closure(item for item in self.facts.items.values() if call in item.trains))


def _is_plain(self: Expressions, optimizer: Optimizer) -> bool:
    """Says whether an optimizer has no variables."""
    calls = [node for node, value in self.facts.values.items() if value is optimizer and isinstance(node, ast.Call)]
    functions = [self.facts.values.get(call.func) for call in calls]
    return any(isinstance(each, Symbol) and each.name.endswith("GradientDescentOptimizer") for each in functions)


def trained(self: Expressions, node: ast.Call) -> None:
    """Notes all variables that a call trains which lists none: those that a tape would watch, but for frozen ones."""
    names = training.reached(self.facts, self.item)
    if names.isdisjoint(self.facts.frozen):
        return
    listing = ast.copy_location(ast.Name("variables", ast.Load()), node)
    found = _variables(self, listing, None, lambda variable: variable.is_trainable, names)
    if isinstance(found, VariableList):
        self.facts.values[listing] = found
        self.facts.trained[node] = listing


def share(self: Expressions, node: ast.Call, name: str) -> None:
    """Notes that ``tf.get_variable`` returns a variable that another call made."""
    text = savers.reachable_variables(self).get(name, (None,))[0]
    self.facts.shared[node] = text if self.facts.shared.get(node, text) == text else None
    if text is not None:
        _read(self, text)


def of_scope(self: Expressions, owner: Value, node: ast.Call) -> Value:
    """Returns what a method of a variable scope returns that lists its variables."""
    assert isinstance(owner, Scoping) and isinstance(node.func, ast.Attribute)
    path = ... if owner.path is None else re.escape(owner.path)
    return (_trainable if node.func.attr == "trainable_variables" else _global)(self, node, path)


def _variables(
    self: Expressions,
    node: ast.expr,
    scope: Any,
    is_in: Callable[[Variable], bool],
    makers: Collection[str] | None = None,
) -> Value:
    """Returns the variables in a scope; of those made under some names only, if they are given."""
    if scope is ... or savers.unsure(self) or savers.unnamed(self):
        return Many(element=Variable())
    reachable = savers.reachable_variables(self)
    found: dict[str, tuple[Variable, str | tuple[str, ast.Call]]] = {}
    for name, call in self.made.names.items():
        if makers is not None and name not in makers:
            continue
        if name in reachable:
            found[name] = reachable[name][1], reachable[name][0]
        else:
            found |= {each.name or "": (each, (name, call)) for each in variables_of(self, name, call)}
    kept = {name: each for name, each in found.items() if is_in(each[0]) and (scope is None or re.match(scope, name))}
    made = {name: made for name, (_, made) in kept.items()}
    return _selected(self, node, [each for each, _ in kept.values()], made, savers.held(self))


def _selected(
    self: Expressions,
    node: ast.expr,
    variables: Sequence[Variable],
    made: dict[str, str | tuple[str, ast.Call]],
    cells: Mapping[str, Held],
) -> VariableList:
    """Returns a list of variables; one of layers is known only where these have been called."""
    cells = {each[0]: cells[each[0]] for each in made.values() if not isinstance(each, str) and each[0] in cells}
    for text in [*made.values(), *(text for _, text in cells.values())]:
        if isinstance(text, str):
            _read(self, text)
    calls = [each[1] for each in made.values() if not isinstance(each, str)]
    is_there = all(isinstance(self.facts.values.get(call), Variable) for call in calls)
    stage = Stage.FIXED if is_there else Stage.LATER
    result = VariableList(stage, tuple(variables), made, self.item, cells)
    known = self.facts.selections.setdefault(node, result)
    if list(known.made) != list(made):
        self.refuse(node, "a list of variables", "it holds others from call to call", "write each list out")
    return result


def _read(self: Expressions, text: str) -> None:
    """Notes that the present statement reads what an expression begins with."""
    root = syntax.root(ast.parse(text, mode="eval").body)
    found = self.scope.find(root) if root else None
    if root and found:
        self.item.outer.setdefault(root, found[1])
        self.item.reads |= found[0].items - {self.item}


def variables_of(self: Expressions, name: str, node: ast.Call) -> Iterator[Variable]:
    """Yields the variables that a call made, in the order of 1.15."""
    value = self.facts.values.get(node)
    if isinstance(value, Variable):
        made = self.made.variables.get(name, value)
        yield Variable(name=name, is_trainable=made.is_trainable, call=node, collections=made.collections)
        return
    call = as_call(self, node, name)
    outcome = rules.all_rules()[call.name].apply(call) if call else None
    frozen = name in self.made.frozen
    for attribute, old in outcome.variables.items() if isinstance(outcome, Split) else ():
        yield Variable(name=f"{name}/{old}", is_trainable=not frozen and not _MOVED.search(attribute))


def as_call(self: Expressions, node: ast.Call, name: str | None = None) -> Call | None:
    """Returns a call as its rule sees it, with the arguments as they stand in the old program; None without a rule."""
    function = self.facts.values.get(node.func)
    rule = rules.all_rules().get(function.name) if isinstance(function, Symbol) else None
    if rule is None:
        return None
    given = dict(zip(rule.parameters, node.args, strict=False)) | {each.arg or "": each.value for each in node.keywords}
    given |= self.facts.given.get(node, {})
    given = {parameter: each for parameter, each in given.items() if each not in self.facts.unread}
    own = self.facts.normalizers.get(node)
    normalizer = Normalizer(own.name, _as_read(self, own.arguments), own.scope) if own else None
    return Call(rule.name, _as_read(self, given), node, name, normalizer=normalizer)


def _as_read(self: Expressions, given: Mapping[str, ast.expr]) -> dict[str, Argument]:
    """Returns arguments as they stand in the old program."""
    return {
        parameter: Argument(self.source.segment(each), literal(self.facts.values.get(each), each))
        for parameter, each in given.items()
    }


def take_names(self: Expressions, name: str, call: ast.Call) -> None:
    """Notes that the variables of a layer or cell have their names, which nothing else gets."""
    for variable in variables_of(self, name, call):
        self.names.take(variable.name or "")


def chooses(node: ast.ListComp | ast.GeneratorExp) -> bool:
    """Says whether a comprehension may only choose elements of a list."""
    return (
        len(node.generators) == 1 and isinstance(node.generators[0].target, ast.Name) and bool(node.generators[0].ifs)
    )


def filtered(self: Expressions, node: ast.ListComp | ast.GeneratorExp) -> VariableList | None:
    """Returns the variables that a comprehension takes from a list by their names; None if it takes no such choice."""
    generator = node.generators[0]
    target = generator.target
    if not chooses(node):
        return None
    given = self.evaluate(generator.iter)
    if not isinstance(given, VariableList):
        return None
    kept = []
    before, self.scope = self.scope, Scope(self.scope)
    for variable in given.elements:
        self.assign(target, variable, generator)
        tests = [self.evaluate(test) for test in generator.ifs]
        if not all(isinstance(test, Host) and test.literal is not ... for test in tests):
            self.scope = before
            objects.check_list(self, node, given)
            return None
        if all(test.literal for test in tests if isinstance(test, Host)):
            kept.append(variable)
    self.scope = before
    kept_names = {getattr(each, "name", None) for each in kept}
    made = {name: text for name, text in given.made.items() if name in kept_names}
    return _selected(self, node, [each for each in kept if isinstance(each, Variable)], made, given.cells)


_COLLECTIONS: dict[str | None, Callable[[Any, ast.Call, Any], Value]] = {
    "update_ops": moving.updates,
    "trainable_variables": _trainable,
    "variables": _global,
}
