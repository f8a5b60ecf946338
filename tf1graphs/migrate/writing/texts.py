"""Migrates expressions: names of TensorFlow, calls of its functions, runs of sessions."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tf1graphs.migrate import renames, rules, trees
from tf1graphs.migrate.calls import Argument, Call, Definition, Normalizer, Outcome, Refuse, Replace, Split
from tf1graphs.migrate.facts import dtypes, metrics, putting, syntax
from tf1graphs.migrate.facts.items import Item
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import (
    Cell,
    Count,
    Dimension,
    Entries,
    Instance,
    Layer,
    Optimizer,
    Stage,
    StaticShape,
    Symbol,
    Tensor,
    Value,
    Variable,
    literal,
    shape,
)
from tf1graphs.migrate.names import free_name
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.rules import flags
from tf1graphs.migrate.source import Edit
from tf1graphs.migrate.writing import imports, loops
from tf1graphs.migrate.writing.gone import is_gone
from tf1graphs.migrate.writing.loops import Loops
from tf1graphs.migrate.writing.scopes import Scopes

Special = Callable[[ast.expr], "str | None"]


# What looks up rows of a variable: its gradient is of those rows only.
_LOOKS_UP = re.compile(
    r"\b(gather|embedding_lookup|embed_sequence|nce_loss|sampled_softmax|Embedding|sequence_decoder)"
)


# What NumPy has dropped: names for Python's own types.
_NUMPY = {"float": "float", "int": "int", "bool": "bool", "object": "object", "str": "str", "complex": "complex"}


@dataclass
class Members:
    """The attributes of a class that is being written."""

    taken: set[str] = field(default_factory=set)

    def free(self, name: str) -> str:
        """Returns a name that no attribute has, and takes it."""
        return free_name(name, self.taken, first=1)


class Texts:
    """Gives the migrated text of the expressions of one file.

    Attributes:
        facts: what is known about the file.
        tf: how the file spells TensorFlow.
        needs: the definitions that the migrated file needs, by name.
        created: the objects that each statement creates before it is run, as (name, expression).
        symbols: the names that stand for TensorFlow or a part of it.
        kept: the names whose imports stay in the file.
        loops: what the loops of the file create.
        renamed: the new names of variables whose name a function needs for itself.
        starts: the names that a statement's first round reads under another name, by statement.
        sizes: what is written in place of the sizes that the program read from static shapes.
        attributes: the variables of methods that become attributes, as other methods need them.
        members: the attributes of the class that is being written, if one is.
        is_elsewhere: whether it stands in another function than what is fetched.
        is_inside: whether what is written stands inside a function.
    """

    def __init__(self, facts: Facts, tf: str, special: Special) -> None:
        self.facts = facts
        self.tf = tf
        self.needs: dict[str, Definition] = {}
        self.created: dict[ast.Call, tuple[str, str, Split]] = {}
        self.taken = _taken(facts)
        self._special = special
        self.kept = imports.kept(facts.source.nodes)
        self.symbols = self._symbols()
        self._own = syntax.defined(facts.source.nodes) - self.symbols
        self._layers: dict[tuple[int, object, str | None], str] = {}
        self.loops = Loops(facts)
        self._scopes = Scopes(facts)
        self._singles: dict[ast.Call, str] = {}
        self.renamed: dict[ast.AST, str] = {}
        self.starts: defaultdict[Item, dict[str, str]] = defaultdict(dict)
        self.attributes: dict[ast.AST, str] = {}
        self.sizes = {told: self._static(told, size) for told, size in facts.static.items()}
        self.is_inside = False
        self.is_elsewhere = False
        self.members: Members | None = None
        names = {value.name for value in facts.values.values() if isinstance(value, Symbol)}
        self._has_doubles = dtypes.has_doubles(facts)
        self._looks_up_rows = any(_LOOKS_UP.search(name) for name in names)

    def _static(self, told: ast.expr, size: object) -> str:
        is_shape = isinstance(self.facts.values.get(told), StaticShape)
        return f"{self.tf}.TensorShape({size})" if is_shape else repr(size)

    def _symbols(self) -> set[str]:
        """Returns the names that imports bring, and those given to modules of TensorFlow, which do not stay."""
        nodes = self.facts.source.nodes
        aliases = {
            target.id
            for node in nodes
            if isinstance(node, ast.Assign) and self.is_module_alias(node)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        return imports.brought(nodes) | aliases

    def is_module_alias(self, node: ast.Assign) -> bool:
        """Says whether an assignment only gives a module of TensorFlow another name."""
        value = self.facts.values.get(node.value)
        if not isinstance(value, Symbol):
            return False
        name = renames.current(value.name)
        if name in flags.NAMES:
            return name in flags.MODULES
        rename = renames.find(name)
        return rename is None or rename.name is None

    def text(self, node: ast.expr) -> str:
        """Returns the migrated text of an expression."""
        source = self.facts.source
        return source.edited(source.start(node), source.end(node), self.edits(node))

    def edits(self, node: ast.AST) -> Iterator[Edit]:
        """Yields the changes of a node: an expression, or a statement with the statements in it."""
        if isinstance(node, ast.expr):
            text = self._replacement(node)
            if text is not None:
                yield Edit(self.facts.source.start(node), self.facts.source.end(node), text)
                return
        kept = putting.pairs(node, self.facts.putting) if isinstance(node, ast.Assign) else None
        if kept:
            targets, values = (", ".join(self.text(each) for each in part) for part in zip(*kept, strict=True))
            yield Edit(self.facts.source.start(node), self.facts.source.end(node), f"{targets} = {values}")
            return
        if isinstance(node, loops.Taking):
            over = loops.head(node)
            inner = [*node.body, *node.orelse] if isinstance(node, ast.For) else [node.elt]
            body = [edit for each in inner for edit in self.edits(each)]
            if self.loops.taken[node] or isinstance(node, ast.For):
                head = self.loops.edits(node, self.text(over.target), self.text(over.iter))
                yield from [*(head or [*self.edits(over.target), *self.edits(over.iter)]), *body]
                return
        if isinstance(node, ast.With) and self._scopes.is_gone(node):
            yield from self._scopes.edits(node, [edit for each in node.body for edit in self.edits(each)])
            return
        for child in trees.children(node):
            yield from self.edits(child)

    def head_edits(self, node: ast.stmt) -> Iterator[Edit]:
        """Yields the changes of a statement outside of the statements in it."""
        for child in trees.children(node):
            if not isinstance(child, (ast.stmt, ast.ExceptHandler)):
                yield from self.edits(child)

    def _replacement(self, node: ast.expr) -> str | None:
        """Returns the text that an expression becomes as a whole; None if at most its parts change."""
        special = self._special(node)
        if special is not None:
            return special
        counted = self.facts.values.get(node)
        if isinstance(counted, Count) and isinstance(node, (ast.Subscript, ast.Attribute)):
            counting = self._counted(node, counted)
            if counting is not None:
                return counting
        if node in self.sizes:
            return self.sizes[node]
        if node in self.facts.spelled:
            return self.facts.spelled[node]
        if node in self.attributes:
            return f"self.{self.attributes[node]}"
        if node in self.renamed:
            return self.renamed[node]
        if isinstance(node, ast.Attribute) and self._is_local(node):
            return node.attr
        if isinstance(node, ast.Attribute) and node.attr in _NUMPY and ast.unparse(node.value) in ("np", "numpy"):
            return _NUMPY[node.attr]
        if isinstance(node, ast.Attribute) and node.attr == "value" and self._is_dimension(node.value):
            return self.text(node.value)
        if self.is_elsewhere and isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)):
            return self._label(node)
        if isinstance(node, ast.Call):
            return self._variable_method(node) or self._call(node)
        if isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Load):
            value = self.facts.values.get(node)
            if isinstance(value, Symbol) and syntax.root(node) in self.symbols:
                return self._symbol(node, value.name)
        return None

    def _counted(self, node: ast.Subscript | ast.Attribute, value: Count) -> str | None:
        """Returns what becomes of an expression that gives a metric's value or update; None if it is a name of it."""
        assert value.call is not None
        if node.value is value.call:
            return self.text(value.call)
        if not isinstance(node, ast.Attribute) or node.attr != metrics.RESULT:
            return None
        self.text(value.call)
        return f"{self.reference(self.created[value.call][0])}.result()" if value.call in self.created else None

    def _variable_method(self, node: ast.Call) -> str | None:
        """Returns what a call of a variable's method becomes that TensorFlow 2 does not have; None for other calls."""
        if not isinstance(node.func, ast.Attribute) or not isinstance(self.facts.values.get(node.func.value), Variable):
            return None
        if node.func.attr in ("initialized_value", "read_value"):
            return self.text(node.func.value)
        return f"{self.text(node.func.value)}.assign({self.text(node.args[0])})" if node.func.attr == "load" else None

    def _is_dimension(self, node: ast.expr) -> bool:
        """Says whether an expression is an element of a shape, which was an object with a ``value`` in 1.15."""
        if isinstance(self.facts.values.get(node), Dimension):
            return True
        if not isinstance(node, ast.Subscript):
            return False
        shape = node.value.func if isinstance(node.value, ast.Call) else node.value
        if not isinstance(shape, ast.Attribute) or shape.attr not in ("shape", "get_shape"):
            return False
        return isinstance(self.facts.values.get(shape.value), (Tensor, Variable))

    def _label(self, node: ast.expr) -> str | None:
        """Returns the name that a tensor or variable has in the function that makes it."""
        value = self.facts.values.get(node)
        if not isinstance(value, (Tensor, Variable)) or value.item is None:
            return None
        name = self.stored(value.item.node, value.label)
        is_kept = isinstance(value, Variable) and syntax.is_attribute(value.item.node, value.label)
        return f"self.{name}" if is_kept else name

    def stored(self, node: ast.stmt, name: str) -> str:
        """Returns what becomes of a name that a statement gives to something."""
        return next((self.renamed[each] for each in syntax.targets(node, name) if each in self.renamed), name)

    def _is_local(self, node: ast.Attribute) -> bool:
        """Says whether an attribute held a part of a graph, which is a variable of the functions that compute it."""
        if not self.is_inside or not isinstance(self.facts.values.get(node.value), Instance):
            return False
        return isinstance(node.ctx, ast.Store) or is_gone(self.facts.values.get(node))

    def _keeps(self, node: ast.expr) -> bool:
        """Says whether the import that brings the first part of a dotted name stays in the file."""
        root = syntax.root(node)
        return root is None or root in self.kept

    def spelled(self, name: str) -> str:
        """Returns the name of a symbol as the file spells it."""
        return self.tf + name.removeprefix("tf") if name.startswith("tf.") else name

    def _symbol(self, node: ast.expr, name: str) -> str | None:
        rename = renames.find(name)
        if name == "tf":
            return self.tf
        if renames.current(name) in flags.NAMES:
            self.needs[flags.FLAGS.name] = flags.FLAGS
            return flags.NAMES[renames.current(name)]
        if rename is None or rename.name is None:
            self._refuse(node, name, renames.refusal(name))
        elif rename.name != name or not self._keeps(node):
            return self.spelled(rename.name)
        return self.facts.source.segment(node)

    def _refuse(self, node: ast.AST, name: str, refusal: Refuse | None) -> None:
        if refusal is None and any((each.line, each.construct) == (node.lineno, name) for each in self.facts.refusals):  # type: ignore[attr-defined]
            return
        refusal = refusal or Refuse("there is no rule for it", "write this part anew for TensorFlow 2")
        self.facts.refusals.add(Refusal(node.lineno, name, refusal.reason, refusal.remedy))  # type: ignore[attr-defined]

    def _call(self, node: ast.Call) -> str | None:
        value = self.facts.values.get(node.func)
        if not isinstance(value, Symbol):
            return None
        name = renames.current(value.name)
        if syntax.root(node.func) not in self.symbols:
            if name in rules.all_rules():
                self._refuse(node, name, Refuse("it is called by another name", "call it by its own name"))
            return None
        rule = rules.all_rules().get(name)
        rename = renames.find(name)
        if rule is not None:
            return self._outcome(node, name, self._bound(node, name, rule.parameters, rule.apply))
        if rename is not None and rename.form is not None:
            return self._outcome(node, name, self._bound(node, name, rename.form.parameters, rename.form.apply))
        if rename is not None and self.is_inside and self._is_created(name, self.facts.values.get(node)):
            edits = [edit for child in trees.children(node) for edit in self.edits(child)]
            create = self.facts.source.edited(self.facts.source.start(node), self.facts.source.end(node), edits)
            return self.used(node, Split(create, "{object}", name.rpartition(".")[2].lower()), "layer")
        return None

    def split(self, node: ast.Call) -> Split | None:
        """Returns the object that a call of TensorFlow creates once, if it is one that does."""
        value = self.facts.values.get(node.func)
        rule = rules.all_rules().get(renames.current(value.name)) if isinstance(value, Symbol) else None
        outcome = self._bound(node, rule.name, rule.parameters, rule.apply) if rule else None
        return outcome if isinstance(outcome, Split) else None

    def _bound(
        self, node: ast.Call, name: str, parameters: tuple[str, ...], apply: Callable[[Call], Outcome]
    ) -> Outcome:
        """Binds the arguments of a call to parameters and applies a rule."""
        if any(isinstance(each, ast.Starred) for each in node.args) or any(not each.arg for each in node.keywords):
            return Refuse("its arguments are given by * or **", "write them out")
        if len(node.args) > len(parameters):
            return Refuse("it has more arguments than 1.15 takes", "remove them")
        given = dict(zip(parameters, node.args, strict=False)) | {each.arg or "": each.value for each in node.keywords}
        given |= self.facts.given.get(node, {})
        given = {parameter: each for parameter, each in given.items() if each not in self.facts.unread}
        unknown = set(given) - set(parameters)
        if unknown:
            return Refuse(f"its argument {sorted(unknown)[0]} is not known", "remove it")
        seeded = self.facts.graph_seeds.get(node)
        seed = self._argument(seeded) if seeded is not None else None
        call = Call(name, self._arguments(given), node, self.facts.graph_names.get(node), self.tf)
        own = self.facts.normalizers.get(node)
        normalizer = Normalizer(own.name, self._arguments(own.arguments), own.scope) if own else None
        if self._has_doubles and "layers." in name:
            call = replace(call, dtype=dtypes.of_inputs(self.facts, given.get("inputs")))
        return apply(replace(call, has_row_gradients=self._looks_up_rows, graph_seed=seed, normalizer=normalizer))

    def _arguments(self, given: Mapping[str, ast.expr]) -> dict[str, Argument]:
        return {parameter: self._argument(each) for parameter, each in given.items()}

    def _argument(self, node: ast.expr) -> Argument:
        value = self.facts.literals.get(node)
        is_later = self.facts.stages.get(node, Stage.FIXED) is not Stage.FIXED
        sizes = shape(self.facts.values.get(node, Value()))
        rank = len(sizes) if sizes is not None else None
        return Argument(self.text(node), literal(value, node), is_later, rank, dtypes.of(self.facts, node))

    def _outcome(self, node: ast.Call, name: str, outcome: Outcome) -> str | None:
        if isinstance(outcome, Refuse):
            self._refuse(node, name, outcome)
            return self.facts.source.segment(node)
        self.needs |= {each.name: each for each in outcome.needs}
        for each in outcome.needs:
            # Whether the names of flags are free is known in the end, when those of the old modules are gone.
            if each.name in self._own and name not in flags.NAMES and each is not flags.FLAGS:
                self._refuse(node, name, Refuse(f"the file has a {each.name} of its own", "rename it"))
        value = self.facts.values.get(node)
        if isinstance(outcome, Replace) and self.is_inside and self._is_created(name, value):
            outcome = Split(outcome.text, "{object}", type(value).__name__.lower())
        if isinstance(outcome, Replace):
            return outcome.text
        if not self.is_inside and (outcome.use == "{object}" or isinstance(value, Cell)):
            return outcome.use.format(object=outcome.create)
        return self.used(node, outcome, self._object_name(node, outcome))

    def _is_created(self, name: str, value: Value | None) -> bool:
        """Says whether what a call gives has variables, so that it must be made before a function uses it."""
        is_layer = name.startswith(("tf.layers.", "tf.keras.layers.")) and isinstance(value, Layer)
        return is_layer or isinstance(value, (Variable, Optimizer))

    def used(self, node: ast.Call, split: Split, name: str) -> str:
        """Returns the use of an object that a call creates, which gets a name like ``name``."""
        name_in_graph = self.facts.graph_names.get(node)
        key = (id(self.members), self.facts.graphs.get(node), name_in_graph)
        if node not in self.created and name_in_graph is not None and key in self._layers:
            return split.use.format(object=self.reference(self._layers[key]))
        loop = self.loops.around(node)
        if loop is not None:
            return self._taken_in(loop, node, split, name)
        if node not in self.created:
            self.created[node] = (self._free(name), split.create, split)
        self._layers[key] = self.created[node][0]
        return split.use.format(object=self.reference(self.created[node][0]))

    def _free(self, name: str) -> str:
        return self.members.free(name) if self.members else self.free(name)

    def _taken_in(self, loop: ast.AST, node: ast.Call, split: Split, name: str) -> str:
        """Returns the use of an object of which a loop needs one in each round."""
        is_one = self.facts.sharing.get(node)
        count = None if self.loops.is_fixed(loop) else self.loops.rounds(node)
        if not self.loops.is_simple(loop, split.create) or is_one is False or not (count or self.loops.is_fixed(loop)):
            refusal = Refuse("it is created in a loop", "create a list of them before the loop")
            self._refuse(node, self.facts.source.segment(node.func), refusal)
            return split.use.format(object=name)
        assert isinstance(loop, loops.Taking)
        over = loops.head(loop)
        if is_one:
            self.created.setdefault(node, (self._free(name), split.create, split))
            return split.use.format(object=self.reference(self.created[node][0]))
        if node not in self.created:
            target, iterated = self.text(over.target), self.text(over.iter)
            if count is not None:
                target, iterated = "_", f"range({count})"
            several = self._free(f"{name}s")
            self.created[node] = (several, f"[{split.create} for {target} in {iterated}]", split)
            self._singles[node] = self.free(name)
            self.loops.taken[loop].append((self.reference(several), self._singles[node]))
        return split.use.format(object=self._singles[node])

    def reference(self, name: str) -> str:
        """Returns how the code that is being written names an object that has been created for it."""
        return f"self.{name}" if self.members else name

    def _object_name(self, node: ast.Call, split: Split) -> str:
        graph_name = self.facts.graph_names.get(node)
        last = (graph_name or "").rpartition("/")[2]
        name = last.replace("Variable", "variable") if last.isidentifier() else split.name
        is_layer = name in self.taken and not self.members and name != "optimizer" and node not in self.facts.metrics
        return f"{name}_layer" if is_layer else name

    def free(self, name: str) -> str:
        """Returns a name that the file does not have, as like to another as can be, and takes it."""
        return free_name(name, self.taken)


def _taken(facts: Facts) -> set[str]:
    """Returns the names of a file, without those that only train ops had."""
    trains = {name for item in facts.items.values() if item.trains for name in item.defines}
    taken = set()
    for node in facts.source.nodes:
        if isinstance(node, ast.Name) and node.id not in trains:
            taken.add(node.id)
        elif isinstance(node, ast.arg):
            taken.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            taken.add(node.name)
    return taken


def is_feed(facts: Facts, value: Value | None) -> bool:
    """Says whether a dict is one that feeds placeholders, or what becomes an argument, too."""
    keys = [key for key in value.entries if isinstance(key, Value)] if isinstance(value, Entries) else []
    return any(facts.argument(key) is not None for key in keys)


__all__ = ["Texts", "is_feed", "literal"]
