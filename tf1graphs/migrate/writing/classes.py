"""Writes the classes that functions become which created variables: they are created once, and used in each call."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tf1graphs.migrate import trees
from tf1graphs.migrate.calls import Split
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Item, is_later
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Function, Scoping, Stage, Variable, flat
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.source import indent
from tf1graphs.migrate.writing import branches
from tf1graphs.migrate.writing.functions import Functions
from tf1graphs.migrate.writing.gone import is_sharing
from tf1graphs.migrate.writing.mentions import mentions, replaced
from tf1graphs.migrate.writing.texts import Members, Texts

_INDENT = 4


# What a tf.Module has itself.
_RESERVED = frozenset(
    {
        "name",
        "name_scope",
        "variables",
        "trainable_variables",
        "non_trainable_variables",
        "submodules",
        "with_name_scope",
    }
)


def _attribute(name: str) -> str:
    """Returns the name of the attribute that holds a variable of the function."""
    return f"own_{name}" if name in _RESERVED else name


def class_name(function: str) -> str:
    """Returns the name of a class for a function's: ``conv_net`` gives ``ConvNet``."""
    return "".join(part[:1].upper() + part[1:] for part in function.split("_") if part) or "Model"


class Classes:
    """Writes the classes of one file.

    Attributes:
        listed: the variables that a class lists, by the function that it replaces.
        done: the functions whose classes stand in the file.
    """

    def __init__(self, facts: Facts, texts: Texts, functions: Functions) -> None:
        self.facts = facts
        self.texts = texts
        self.functions = functions
        self._written: dict[ast.FunctionDef, tuple[str, list[str], list[str]]] = {}
        self.listed: dict[ast.AST | None, tuple[str, ...]] = {}
        self.done: set[ast.AST | None] = set()
        items = [*facts.items.values(), *facts.locals.values()]
        self._makers = {call for item in items for call in item.creates}
        self._instances: dict[tuple[ast.AST, object, tuple[str, ...]], str] = {}

    # Calls.

    def call(self, node: ast.Call) -> str | None:
        """Returns the use of an object in place of a call of a function that creates variables, or None."""
        value = self.facts.values.get(node.func)
        definition = value.node if isinstance(value, Function) else None
        if not isinstance(definition, ast.FunctionDef) or definition not in self.facts.creating:
            return self._made_by(node) if isinstance(definition, ast.FunctionDef) else None
        if "self" in syntax.read(definition) - {each.arg for each in definition.args.args}:
            self._refuse(node, definition.name, "it reads the object of the method around it", "give it as an argument")
            return None
        _, construct, call = self._parts(definition)
        given = self._given(definition, node)
        if given is None:
            self._refuse(node, definition.name, "its arguments are given by * or **", "write them out")
            return None
        name = class_name(definition.name)
        texts = [*self._sizes_of(definition, node), self._arguments(definition, construct, given)]
        split = Split(
            f"{name}({', '.join(filter(None, texts))})",
            f"{{object}}({self._arguments(definition, call, given, self._added(definition, node))})",
            definition.name,
        )
        key = (definition, self.facts.graphs.get(node), self.facts.instances.get(node, ()))
        if key in self._instances:
            return split.use.format(object=self.texts.reference(self._instances[key]))
        text = self.texts.used(node, split, self._instance_name(definition, node))
        if node in self.texts.created:
            self._instances[key] = self.texts.created[node][0]
        return text

    def _made_by(self, node: ast.Call) -> str | None:
        """Returns the variable that a call of a function makes inside of what is computed in each run, or None."""
        value = self.facts.values.get(node)
        if not self.texts.is_inside or not isinstance(value, Variable) or node not in self._makers:
            return None
        self._makers.remove(node)
        last = (value.name or "").rpartition("/")[2]
        split = Split(self.texts.text(node), "{object}", last if last.isidentifier() else "variable")
        self._makers.add(node)
        return self.texts.used(node, split, split.name)

    def _sizes_of(self, definition: ast.FunctionDef, node: ast.Call) -> Iterator[str]:
        """Yields the sizes that a call of a function finds in the static shapes of its arguments."""
        for told in self.facts.varying.get(definition, ()):
            size = self.facts.sizes_in[node].get(told, ...)
            if size is ...:
                reason, remedy = f"the size of {ast.unparse(told)} is not known by reading", "give it the number"
                self._refuse(node, definition.name, reason, remedy)
            yield repr(size)

    def _instance_name(self, definition: ast.FunctionDef, node: ast.Call) -> str:
        own = [names for call, names in self.facts.instances.items() if self._is_of(call, definition)]
        made = list(dict.fromkeys(own))
        if len(made) == 1:
            # The class has taken the place of the function, whose name is free.
            self.texts.taken.discard(definition.name)
            return definition.name
        return f"{definition.name}_{made.index(self.facts.instances[node]) + 1}"

    def _is_of(self, node: ast.Call, definition: ast.FunctionDef) -> bool:
        value = self.facts.values.get(node.func)
        return isinstance(value, Function) and value.node is definition

    def _given(self, definition: ast.FunctionDef, node: ast.Call) -> dict[str, ast.expr] | None:
        if any(isinstance(each, ast.Starred) for each in node.args) or any(each.arg is None for each in node.keywords):
            return None
        names = [each.arg for each in definition.args.args]
        given = dict(zip(names, node.args, strict=False))
        return given | {each.arg: each.value for each in node.keywords if each.arg}

    def _arguments(
        self,
        definition: ast.FunctionDef,
        names: Sequence[str],
        given: dict[str, ast.expr],
        added: Sequence[str] = (),
    ) -> str:
        texts: list[str] = []
        in_place = True
        for name in names:
            if name not in given:
                in_place = False
                continue
            text = self.texts.text(given[name])
            texts.append(text if in_place else f"{name}={text}")
        return ", ".join([*texts, *added])

    def _added(self, definition: ast.FunctionDef, node: ast.Call) -> list[str]:
        """Returns what a call hands over in addition: what is read from outside of the function, and for summaries."""
        outside = sorted(self.facts.outside.get(definition, ()))
        return [*(f"{name}={name}" for name in outside), *self.functions.summaries.arguments(node)]

    # The class.

    def placed(self, definition: ast.FunctionDef) -> str:
        """Returns the class as it goes into the file: it lists no other variables from then on."""
        self.done.add(definition)
        return self.text(definition)

    def text(self, definition: ast.FunctionDef) -> str:
        """Returns the class that takes the place of a function."""
        text = self._parts(definition)[0]
        if definition not in self.listed:
            return text
        # tf.Module does not find the variables of Keras's layers.
        lines = ["@property", "def trainable_variables(self):", f"    return [{', '.join(self.listed[definition])}]"]
        return "\n".join([text, "", indent("\n".join(lines), _INDENT)])

    def _parts(self, definition: ast.FunctionDef) -> tuple[str, list[str], list[str]]:
        """Returns the class, the parameters of its constructor, and those of its call."""
        if definition not in self._written:
            self._written[definition] = self._write(definition)
        return self._written[definition]

    def _write(self, definition: ast.FunctionDef) -> tuple[str, list[str], list[str]]:
        items = list(self._items(definition.body))
        sizes = self._sizes(definition)
        self.texts.sizes |= sizes
        first = self._first(items)
        rest = [item for item in items if item not in first]
        crossing = {name for item in rest for read in item.reads if read in first for name in self._defines(read)}
        crossing &= {child.id for item in rest for child in trees.walk(item.node) if isinstance(child, ast.Name)}
        before = self.texts.members, self.texts.is_inside
        self.texts.members, self.texts.is_inside = Members(set(crossing) | _RESERVED), True
        self.texts.attributes |= self._attributes(definition, items, first, crossing)
        body = [
            self.functions.statement(item)
            for item in rest
            if not self._is_docstring(item.node) and not is_sharing(item.node, self.facts.values)
        ]
        self.texts.is_inside = False
        head = [self.functions.statement(item) for item in first]
        created = [
            f"self.{name} = {self._made(definition, item.node, call, expression)}"
            for call, (name, expression, _) in list(self.texts.created.items())
            for item in rest
            if any(child is call for child in trees.walk(item.node))
        ]
        self.texts.members, self.texts.is_inside = before
        head += created
        outside = [*sorted(self.facts.outside.get(definition, ())), *self.functions.summaries.parameters(definition)]
        construct = [name for name in self._parameters(definition) if mentions(head, name)]
        call = [name for name in self._parameters(definition) if mentions(body, name)]
        kept = [name for name in call if self._is_fixed(definition, name)]
        if self._is_shared(definition):
            kept = []
        head = [text for text in head if text not in {f"{name} = {name}" for name in sizes.values()}]
        head = [*(f"self.{_attribute(name)} = {name}" for name in kept), *head]
        construct = [name for name in self._parameters(definition) if name in construct or name in kept]
        call = [name for name in call if name not in kept]
        kept_as = {name: f"self.{_attribute(name)}" for name in kept}
        body = [replaced(text, kept_as) for text in body]
        parameters = [*sizes.values(), *self._signature(definition, construct)]
        return self._class(definition, parameters, head, [*call, *outside], body), construct, call

    def _sizes(self, definition: ast.FunctionDef) -> dict[ast.expr, str]:
        """Returns the parameters for what the function read from static shapes that differ from call to call."""
        taken = syntax.stored(definition) | {each.arg for each in definition.args.args}
        named = {
            node.value: node.targets[0].id
            for node in trees.walk(definition)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        found: dict[ast.expr, str] = {}
        for told in self.facts.varying.get(definition, ()):
            name = named.get(told) or f"{_measured(told)}_size"
            while told not in named and name in {*taken, *found.values()}:
                name += "_"
            found[told] = name
        return found

    def _made(self, definition: ast.FunctionDef, statement: ast.stmt, call: ast.Call, expression: str) -> str:
        # Another call of the function may need what the first one does not.
        is_shared = self._is_shared(definition)
        return expression if is_shared else branches.created(self.texts, statement, call, expression)

    def _attributes(
        self, definition: ast.FunctionDef, items: Sequence[Item], first: Sequence[Item], names: set[str]
    ) -> dict[ast.AST, str]:
        """Returns the attributes that take the place of names; a name that is given again gets another one."""
        makers = {name: [item for item in first if item.creates and name in self._defines(item)] for name in names}
        others = {
            (name, item): f"{_attribute(name)}_{number}"
            for name, made in makers.items()
            for number, item in enumerate(made[1:], start=2)
        }
        found: dict[ast.AST, str] = {}
        for node, bound in self._crossing(items, first, names):
            known = {others.get((node.id, item), _attribute(node.id)) for item in bound}
            if len(known) > 1:
                self._refuse(node, node.id, "it may be one of two variables", "give each a name of its own")
            found[node] = min(known)
        return found

    def _crossing(
        self, items: Sequence[Item], first: Sequence[Item], names: set[str]
    ) -> Iterator[tuple[ast.Name, set[Item]]]:
        """Yields the uses of names that become attributes, and the statements that create what they stand for."""
        made = set(first)
        for item in items:
            for node in trees.walk(item.node):
                if not isinstance(node, ast.Name) or node.id not in names:
                    continue
                is_stored = item in made and isinstance(node.ctx, ast.Store)
                bound = {item} if is_stored else self.facts.bound_by.get(node, frozenset()) & made
                if bound:
                    yield node, set(bound)

    def _class(
        self, definition: ast.FunctionDef, parameters: list[str], head: list[str], call: list[str], body: list[str]
    ) -> str:
        tf = self.texts.tf
        docstring = ast.get_docstring(definition, clean=False)
        lines = [f"class {class_name(definition.name)}({tf}.Module):"]
        if docstring:
            lines += [indent(self.facts.source.segment(definition.body[0]), _INDENT), ""]
        lines += [f"    def __init__({', '.join(['self', *parameters])}):"]
        lines += [indent(text, 2 * _INDENT) for text in ["super().__init__()", *head]]
        lines += ["", f"    def __call__({', '.join(['self', *self._signature(definition, call)])}):"]
        lines += [indent(text, 2 * _INDENT) for text in body]
        return "\n".join(lines)

    def _signature(self, definition: ast.FunctionDef, names: Sequence[str]) -> Iterator[str]:
        arguments = definition.args
        defaults = dict(
            zip(
                [each.arg for each in arguments.args][len(arguments.args) - len(arguments.defaults) :],
                arguments.defaults,
                strict=True,
            )
        )
        for name in sorted(names, key=lambda name: name in defaults):
            yield f"{name}={self.texts.text(defaults[name])}" if name in defaults else name

    def _parameters(self, definition: ast.FunctionDef) -> list[str]:
        return [each.arg for each in definition.args.args]

    def _is_fixed(self, definition: ast.FunctionDef, name: str) -> bool:
        value = self.facts.parameters.get((definition, name))
        return value is None or (
            value.stage is Stage.FIXED and not any(isinstance(each, Variable) for each in flat(value))
        )

    def _is_shared(self, definition: ast.FunctionDef) -> bool:
        """Says whether several calls use one object, so that what they are given may differ."""
        names = [names for call, names in self.facts.instances.items() if self._is_of(call, definition)]
        return len(set(names)) < len(names)

    # Statements.

    def _items(self, body: Sequence[ast.stmt]) -> Iterator[Item]:
        """Yields the statements of a function's body; those in scopes are its own."""
        for node in body:
            if isinstance(node, ast.With) and all(
                isinstance(self.facts.values.get(part.context_expr), Scoping) for part in node.items
            ):
                yield from self._items(node.body)
            elif node in self.facts.locals:
                yield self.facts.locals[node]

    def _first(self, items: Sequence[Item]) -> list[Item]:
        """Returns the statements that create variables, and those that they hang on."""
        mine = set(items)
        waiting = [item for item in items if item.creates and not is_later(item)]
        waiting += [
            read for item in items if item.creates for read in item.reads if read in mine and not is_later(read)
        ]
        found: set[Item] = set()
        while waiting:
            item = waiting.pop()
            if item not in found:
                found.add(item)
                self._check(item)
                waiting += [read for read in item.reads if read in mine and not is_later(read)]
        for item in items:
            # What is made of them is made once, too.
            if not is_later(item) and item.reads & found and isinstance(item.node, ast.Assign):
                found.add(item)
        return [item for item in items if item in found]

    def _check(self, item: Item) -> None:
        if any(is_later(read) for read in item.reads if read.is_local):
            self._refuse(
                item.node,
                "tf.Variable",
                "what it is created from hangs on a tensor, such as on its shape",
                "give the function the numbers",
            )

    def _defines(self, item: Item) -> set[str]:
        return {
            child.id
            for child in trees.walk(item.node)
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store)
        }

    def _is_docstring(self, node: ast.stmt) -> bool:
        return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)

    def _refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]


def _measured(told: ast.expr) -> str:
    """Returns the name of the tensor of which an expression tells a size."""
    names = [
        node for node in trees.walk(told) if isinstance(node, ast.Attribute) and node.attr in ("shape", "get_shape")
    ]
    tensor = names[-1].value
    return tensor.attr if isinstance(tensor, ast.Attribute) else syntax.root(tensor) or "input"
