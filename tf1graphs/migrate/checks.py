"""Refuses what would be lost or changed without a word: each check looks at the facts or at the migrated text."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tf1graphs.migrate import initializations, renames, rules, shown, trees, versions
from tf1graphs.migrate.facts import cells, shared_optimizers, symbols, syntax, training
from tf1graphs.migrate.facts.items import Item, closure, is_later
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import (
    Count,
    Entries,
    Function,
    Host,
    Initializer,
    Instance,
    Operation,
    Placeholder,
    Stage,
    Summary,
    Symbol,
    Tensor,
    TrainOp,
    Unknown,
    Value,
    Variable,
    flat,
)
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.rewriting import inherited
from tf1graphs.migrate.slices import Run, needed
from tf1graphs.migrate.writing import imports

# What draws numbers or reads something each time it is called.
_EFFECTS = re.compile(r"(^|\.)(random\.\w+|rng\.\w+|RandomState|rand|randn|randint|next|next_batch|open|input|read)$")
_DRAWS = re.compile(r"^(np|numpy)\.random\.\w+$|^random\.\w+$|^rng\.\w+$")
# Methods that only put a tensor into a list or dict.
_COLLECTING = frozenset({"append", "extend", "insert", "update", "set_shape"})


def facts(found: Facts, runs: list[Run]) -> Iterator[Refusal]:
    """Yields what keeps a program from being migrated, from all that is known about it."""
    yield from initializations.repeated(found)
    yield from inherited.refusals(found)
    yield from _lost_statements(found, runs)
    yield from _comparisons(found)
    yield from versions.asked(found)
    yield from _unreached(found)
    yield from _unknown_fetches(found)
    for run in runs:
        yield from _unnamed(found, run)
        yield from _fed(found, run)
        yield from _train_ops_as_values(found, run)
        yield from _varying(found, run)
        yield from _host_effects(found, run)
        yield from _several_objects(found, run)
        yield from _chosen(found, run)
        yield from _raced(found, run)
    yield from _shared_cells(found)
    yield from _shared_optimizers(found, runs)
    yield from _passed_functions(found)
    yield from _attributes(found)
    for node in found.opened:
        reason = "variables of optimizers may be among those that it lists"
        yield Refusal(node.lineno, ast.unparse(node), reason, "list them before training is built")


def _raced(found: Facts, run: Run) -> Iterator[Refusal]:
    """What a metric has counted is read before or after a batch is, in no sure order, where one run does both."""
    parts: list[ast.AST] = [each.node for each in run.items] + [each.node for each in run.fetched]
    nodes = [node for part in parts for node in trees.walk(part)]
    counts = {node: value for node in nodes if isinstance(value := found.values.get(node), Count)}
    updated = {value.call for node, value in counts.items() if isinstance(node, ast.Subscript) and value.is_update}
    if updated & {value.call for value in counts.values() if not value.is_update}:
        reason = "it fetches what a metric has counted beside its update, in no sure order"
        yield Refusal(run.sites[0].node.lineno, "Session.run", reason, "fetch the update, which has the value too")


def _shared_cells(found: Facts) -> Iterator[Refusal]:
    """Two cells of the same variables are one cell where a class has taken the place of the function that makes it."""
    functions = [node for node in found.source.nodes if isinstance(node, ast.FunctionDef)] if found.again else []
    for node in found.again:
        around = [each for each in functions if any(child is node for child in trees.walk(each))]
        # Outer ones are met first.
        if not around or around[-1] not in found.creating:
            yield Refusal(node.lineno, found.source.segment(node.func), *cells.SHARED)


def _lost_statements(found: Facts, runs: list[Run]) -> Iterator[Refusal]:
    """A statement that uses a tensor for something else than the graph would vanish with the graph."""
    kept = {item for run in runs for item in run.items}
    yield from _unknown_symbols(found, kept)
    for item in found.items.values():
        if not is_later(item) or item in kept or isinstance(item.node, (ast.Return, ast.FunctionDef, ast.With)):
            continue
        for node in syntax.walk([item.node]):
            if isinstance(node, ast.stmt) and shown.is_of_graph(found, node):
                continue
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Call)
                and not _is_graph_call(found, node.value)
            ):
                what = ast.unparse(node.value.func)
                yield Refusal(node.lineno, what, "it is given a tensor outside of a run", "give it the value of a run")


def _unknown_symbols(found: Facts, kept: set[Item]) -> Iterator[Refusal]:
    """What is left out of the new program must be known, too: it may do something by itself."""
    for item in found.items.values():
        if item in kept or not is_later(item):
            continue
        for node in trees.walk(item.node):
            value = found.values.get(node.func) if isinstance(node, ast.Call) else None
            if isinstance(value, Symbol) and not _is_known(value.name):
                refusal = renames.refusal(value.name)
                reason = refusal.reason if refusal else "there is no rule for it"
                remedy = refusal.remedy if refusal else "write this part anew for TensorFlow 2"
                yield Refusal(item.node.lineno, value.name, reason, remedy)


def _is_known(name: str) -> bool:
    return renames.find(name) is not None or name in rules.all_rules() or symbols.is_handled(name)


def _is_graph_call(found: Facts, node: ast.Call) -> bool:
    function = found.values.get(node.func)
    if isinstance(function, (Symbol, Function)) or node in found.sites:
        return True
    if isinstance(node.func, ast.Attribute):
        owner = found.values.get(node.func.value)
        return node.func.attr in _COLLECTING or (owner is not None and _is_part(owner))
    return False


def _is_part(value: Value) -> bool:
    return any(isinstance(each, (Tensor, Variable)) for each in flat(value)) or type(value).__name__ not in (
        "Host",
        "Unknown",
        "Entries",
    )


def _unreached(found: Facts) -> Iterator[Refusal]:
    """What no call of a function reaches is not understood, so it cannot be written anew."""
    names = imports.brought(found.source.nodes)
    for node in found.source.nodes:
        if isinstance(node, ast.Call) and syntax.root(node.func) in names and not _is_reached(found, node.func):
            what = ast.unparse(node.func)
            yield Refusal(node.lineno, what, "nothing in the program reaches it", "remove it, or call it both ways")


def _is_reached(found: Facts, function: ast.expr) -> bool:
    return function in found.values or (isinstance(function, ast.Attribute) and function.value in found.values)


def _comparisons(found: Facts) -> Iterator[Refusal]:
    """``==`` between tensors asks in 1.15 whether they are one object, in TensorFlow 2 which elements are equal."""
    for node in found.source.nodes:
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            values = [found.values.get(each) for each in [node.left, *node.comparators]]
            if any(isinstance(value, (Tensor, Variable)) for value in values):
                yield Refusal(node.lineno, "==", "TensorFlow 2 compares elements, 1.15 objects", "use `is` or tf.equal")


def _unnamed(found: Facts, run: Run) -> Iterator[Refusal]:
    """What is fetched must be something that a statement has given a name, which its function computes."""
    for fetch in run.fetched:
        value = fetch.value
        is_name = isinstance(fetch.node, (ast.Name, ast.Attribute, ast.Subscript))
        if not is_name or not isinstance(value, Tensor) or isinstance(value, (Initializer, Placeholder, Summary)):
            continue
        if _is_computed_there(found, fetch.node):
            continue
        is_idle = isinstance(value, Operation) and not isinstance(value, TrainOp)
        is_fed = found.argument(value) in run.fed
        computed = is_idle or is_fed or value.item in run.items or (not value.label and bool(fetch.reads & run.items))
        if value.stage is not Stage.FIXED and not computed:
            reason, remedy = "what computes it has no name where it is built", "give it a name there"
            yield Refusal(fetch.node.lineno, ast.unparse(fetch.node), reason, remedy)


def _is_computed_there(found: Facts, node: ast.expr) -> bool:
    """Says whether an expression takes an element of what it computes itself, not of what it builds a graph for."""
    while isinstance(node, ast.Subscript):
        node = node.value
    value = found.values.get(node.func) if isinstance(node, ast.Call) else None
    function = value.node if isinstance(value, Function) else None
    return isinstance(value, Symbol) or (isinstance(function, ast.FunctionDef) and not found.builders.get(function))


def _fed(found: Facts, run: Run) -> Iterator[Refusal]:
    """What is fed is an argument: nothing else in the function may have its name, and no step may train it."""
    for fed in run.fed | run.optional:
        name = fed.label
        reads = [child for item in run.items for child in trees.walk(item.node) if isinstance(child, ast.Name)]
        beside = [child for child in reads if child.id != name and fed.item in found.bound_by.get(child, ())]
        if beside and not isinstance(fed.of, Variable):
            reason, remedy = f"it is computed together with {beside[0].id}", "compute it by itself"
            yield Refusal(run.sites[0].node.lineno, name, reason, remedy)
        others = [child for child in reads if child.id == name and found.bound_by.get(child, {fed.item}) != {fed.item}]
        if others or any(name in item.defines for item in run.items - {fed.item}):
            reason, remedy = "it stands for something else beside what is fed for it", "give each a name of its own"
            yield Refusal(run.sites[0].node.lineno, name, reason, remedy)
        if isinstance(fed.of, Variable) and any(item.trains or item.assigns for item in run.items):
            reason, remedy = "a variable is fed where variables change", "assign to it before"
            yield Refusal(run.sites[0].node.lineno, name, reason, remedy)
        trains = {item for item in run.items if item.trains}
        if fed.item and _has_variables(needed([fed.item])) and not training.leaves_alone(found, trains, fed.item):
            reason = "1.15 trains the variables behind what is fed, too"
            yield Refusal(run.sites[0].node.lineno, name, reason, "feed a placeholder instead")


def _has_variables(items: Iterable[Item]) -> bool:
    """Says whether statements hang on variables: those that make the first state of a cell do not."""
    return any(each.creates for each in closure(item for item in items if not _makes_state(item.node)))


def _makes_state(node: ast.stmt) -> bool:
    call = node.value if isinstance(node, ast.Assign) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "zero_state"


def _chosen(found: Facts, run: Run) -> Iterator[Refusal]:
    """Which tensor or op a name stands for must not hang on a branch: a function would compute those of both."""
    reason, remedy = "which one it is is chosen while the graph is built", "give each of them a name"
    for item in run.items:
        if item.trains and isinstance(item.node, (ast.If, ast.For, ast.While, ast.Try)):
            yield Refusal(item.node.lineno, "a train op", reason, remedy)
    places = [(item.node, item) for item in run.items] + [(fetch.node, run.sites[0].item) for fetch in run.fetched]
    for node, reader in places:
        for child in trees.walk(node):
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load) and _is_chosen(found, child, reader):
                yield Refusal(child.lineno, child.id, reason, remedy)


def _is_chosen(found: Facts, node: ast.Name, reader: Item) -> bool:
    """Says whether a tensor is one of several, of which one is computed in a branch that the reader is not in."""
    known = [each for each in found.bound_by.get(node, ()) if not each.is_local]
    bound = [each for each in known if is_later(each)]
    if len(known) < 2 or not bound or not isinstance(found.values.get(node), Tensor):
        return False
    branches = {around for each in bound for around in each.around if isinstance(around, (ast.If, ast.Try))}
    return not branches <= set(reader.around)


def _unknown_fetches(found: Facts) -> Iterator[Refusal]:
    """What is not known to be a tensor, a variable or an op may do anything when it is run."""
    for site in found.sites.values():
        for fetch in site.fetched:
            if any(type(value) in (Host, Unknown) for value in flat(fetch.value)):
                reason, remedy = "what it stands for is not known by reading", "fetch what a name stands for"
                yield Refusal(fetch.node.lineno, ast.unparse(fetch.node), reason, remedy)


def _several_objects(found: Facts, run: Run) -> Iterator[Refusal]:
    """A method computes what hangs on one object; 1.15 could run what hangs on several at once."""
    for site in run.sites:
        nodes = [fetch.node for fetch in run.fetched] + [each for each in [site.feed] if each is not None]
        objects = {
            found.source.segment(child.value)
            for node in nodes
            for child in trees.walk(node)
            if isinstance(child, ast.Attribute) and isinstance(found.values.get(child.value), Instance)
            # What leads to another object is no part of a graph.
            if not isinstance(found.values.get(child), Instance)
        }
        if len(objects) > 1:
            reason = f"it runs parts of {' and '.join(sorted(objects))} at once"
            yield Refusal(site.node.lineno, "Session.run", reason, "run them one after the other")


def _host_effects(found: Facts, run: Run) -> Iterator[Refusal]:
    """What Python draws or reads while it builds the graph, a function would draw or read when it is first called."""
    for item in run.items:
        for node in trees.walk(item.node):
            if isinstance(node, ast.Call) and has_effects(found, node) and not _is_of_tensor(found, node):
                name, reason = ast.unparse(node.func), "it is called while the graph is built"
                yield Refusal(node.lineno, name, reason, "give its result a name before")


def _is_of_tensor(found: Facts, node: ast.Call) -> bool:
    """Says whether a call is one of a tensor's methods."""
    return isinstance(node.func, ast.Attribute) and isinstance(found.values.get(node.func.value), Tensor)


def has_effects(found: Facts, node: ast.Call) -> bool:
    """Says whether a call draws numbers, reads something or changes what is outside of a function of the program."""
    value = found.values.get(node.func)
    return not isinstance(value, Symbol) and (bool(_EFFECTS.search(ast.unparse(node.func))) or _changes(value))


def _changes(value: Value | None) -> bool:
    """Says whether a function of the program changes what is outside of it, or draws numbers."""
    node = value.node if isinstance(value, Function) else None
    if not isinstance(node, ast.FunctionDef):
        return False
    own = syntax.stored(node) | {each.arg for each in trees.walk(node) if isinstance(each, ast.arg)}
    for child in trees.walk(node):
        if isinstance(child, (ast.Global, ast.Nonlocal)):
            return True
        if isinstance(child, ast.Subscript) and isinstance(child.ctx, ast.Store) and syntax.root(child) not in own:
            return True
        if isinstance(child, ast.Call) and _DRAWS.search(ast.unparse(child.func)):
            return True
    return False


def _passed_functions(found: Facts) -> Iterator[Refusal]:
    """A function that reads tensors from outside of it gets them as arguments, so it cannot be handed on as it is."""
    called = {node.func for node in found.source.nodes if isinstance(node, ast.Call)}
    for node, value in found.values.items():
        if not isinstance(node, ast.Name) or not isinstance(value, Function) or node in called:
            continue
        is_helper = isinstance(value.node, ast.FunctionDef) and not found.builders.get(value.node)
        if is_helper and value.node is not None and found.outside.get(value.node):
            reason = "it reads tensors from outside of it and is handed on"
            yield Refusal(node.lineno, node.id, reason, "give it the tensors as arguments")


def _attributes(found: Facts) -> Iterator[Refusal]:
    """An attribute that is given several values may have another one when a method is first called."""
    for owner in found.owners:
        if not owner.is_class:
            continue
        read = {
            (child.attr, _class(found, child)): item
            for item in found.items.values()
            if item.owner is owner and is_later(item)
            for child in trees.walk(item.node)
            if isinstance(child, ast.Attribute) and isinstance(child.ctx, ast.Load)
        }
        for item in found.items.values():
            for child in (
                trees.walk(item.node)
                if isinstance(item.node, (ast.Assign, ast.AugAssign)) and not is_later(item)
                else ()
            ):
                if not isinstance(child, ast.Attribute) or not isinstance(child.ctx, ast.Store):
                    continue
                of = _class(found, child)
                keys = [key for key in read if key[0] == child.attr and (None in (of, key[1]) or of is key[1])]
                if any(read[key].order < item.order for key in keys):
                    yield Refusal(child.lineno, child.attr, "it is given another value later", "use another attribute")


def _class(found: Facts, node: ast.Attribute) -> ast.AST | None:
    """Returns the class of the object whose attribute it is; None if that is not known."""
    value = found.values.get(node.value)
    return value.of.node if isinstance(value, Instance) and value.of else None


def _train_ops_as_values(found: Facts, run: Run) -> Iterator[Refusal]:
    for item in run.items:
        if item.trains or _is_grouping(found, item.node):
            continue
        for node in trees.walk(item.node):
            is_read = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            if is_read and isinstance(found.values.get(node), TrainOp):
                name = ast.unparse(node)
                yield Refusal(item.node.lineno, name, "a train op is used as a value", "run it by its own name")


def _is_grouping(found: Facts, node: ast.stmt) -> bool:
    """Says whether a statement only puts ops together."""
    names = {value.name for child in trees.walk(node) if isinstance(value := found.values.get(child), Symbol)}
    return "tf.group" in names or "tf.control_dependencies" in names or isinstance(node, ast.With)


def _varying(found: Facts, run: Run) -> Iterator[Refusal]:
    """A function is traced once: what it reads may not change from run to run."""
    for item in [*run.items, *run.sites[:1]]:
        nodes = [item.node] if isinstance(item, Item) else [fetch.node for fetch in run.fetched]
        for node in (child for each in nodes for child in trees.walk(each)):
            if isinstance(node, ast.Name) and _varies(found, node):
                yield Refusal(node.lineno, node.id, "it changes from run to run, but is no placeholder", "feed it")


def _varies(found: Facts, node: ast.Name) -> bool:
    value = found.values.get(node)
    if isinstance(value, (Tensor, Entries, Symbol, Function)):
        return False
    for item in found.bound_by.get(node, frozenset()):
        loops = [around for around in [*item.around, item.node] if isinstance(around, (ast.For, ast.While))]
        creates = any(loop in each.around and each.creates for loop in loops for each in found.items.values())
        if loops and not is_later(item) and not item.is_local and not creates:
            return True
    return False


def _shared_optimizers(found: Facts, runs: list[Run]) -> Iterator[Refusal]:
    """Keras builds an optimizer for the variables of its first step, and takes no others later."""
    trained = {optimizer for run in runs for item in run.items for optimizer in item.trains.values()}
    shared = {each for each in trained if len(shared_optimizers.lists(found, each)) > 1}
    for run in runs:
        several = Counter(optimizer for item in run.items for optimizer in item.trains.values())
        for item in run.items:
            for call, optimizer in item.trains.items():
                is_buildable = shared_optimizers.is_buildable(found, optimizer, run.items)
                if optimizer in shared and (several[optimizer] > 1 or not is_buildable):
                    reason = "the optimizer trains two sets of variables"
                    yield Refusal(call.lineno, "minimize", reason, "make an optimizer for each, or give var_list")
