"""Makes functions of the methods that create variables and compute with them: what they read of ``self`` is given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.rewriting.families import Family
from tf1graphs.migrate.rewriting.rewritten import Rewritten
from tf1graphs.migrate.source import Edit, Lines, Source, strings
from tf1graphs.migrate.writing.classes import class_name

_VERB = re.compile(r"^(build|create|make|construct|define|get)_")


def hoisted(facts: Facts) -> Rewritten | None:
    """Returns a program in which one of the methods that create variables is a function; None if none can be."""
    source = facts.source
    creating = [_Method(source, *each) for each in _methods(source) if each[1] in facts.creating]
    creating += [_Inner(source, *each) for each in _inner(source) if each[1] in facts.creating]
    found = next((inner for each in creating for inner in each.innermost()), None)
    return found.hoisted() if found else None


def _methods(source: Source) -> Iterator[tuple[ast.ClassDef, ast.FunctionDef]]:
    for node in source.nodes:
        if isinstance(node, ast.ClassDef):
            yield from ((node, method) for method in syntax.methods(node))


def _inner(source: Source) -> Iterator[tuple[ast.ClassDef, ast.FunctionDef, ast.FunctionDef]]:
    """Yields the functions that methods define for themselves: class, function and method."""
    for of, method in _methods(source):
        for node in trees.walk(method):
            if isinstance(node, ast.FunctionDef) and node is not method:
                yield of, node, method


class _Method:
    """A method, as a function that stands before its class."""

    def __init__(self, source: Source, of: ast.ClassDef, node: ast.FunctionDef) -> None:
        self.source = source
        self.of = of
        self.node = node
        self.family = Family(source)

    @property
    def own(self) -> str:
        """The name of its object."""
        return self.node.args.args[0].arg

    def innermost(self) -> Iterator[_Method]:
        """Yields the method, or those that it calls and that have to be functions first, if all of them can be."""
        waiting, found = [self], list[_Method]()
        while waiting:
            method = waiting.pop()
            if not method._is_alone():
                return
            found.append(method)
            called = [self.family.found(self.of, each.attr) for each in method._read()]
            waiting += [_Method(self.source, *each) for each in called if each]
            if len(found) > len(list(_methods(self.source))):
                return
        yield found[-1]

    # Whether it can be one.

    def _is_alone(self) -> bool:
        """Says whether it only reads attributes, and is only called by methods of its class."""
        arguments = self.node.args.args
        if self.node.decorator_list or not arguments or self.node.args.posonlyargs:
            return False
        return self._only_reads() and self.family.is_free(self.of, self.node) and self._is_only_called()

    def _only_reads(self) -> bool:
        """Says whether all it does with its object is to read attributes."""
        names = [each.id for each in trees.walk(self.node) if isinstance(each, ast.Name)]
        read = self._read()
        is_plain = names.count(self.own) == len(read) and all(isinstance(each.ctx, ast.Load) for each in read)
        return is_plain and not {"super", "__class__"} & set(names)

    def _read(self) -> list[ast.Attribute]:
        """Returns the attributes of its object that it uses."""
        return list(_attributes(self.node, self.own))

    def _is_only_called(self) -> bool:
        nodes = [each for each in self.source.nodes if isinstance(each, ast.Attribute) and each.attr == self.node.name]
        functions = {each.func for each in self.source.nodes if isinstance(each, ast.Call)}
        others = {
            attribute
            for of, method in _methods(self.source)
            if self.family.is_other(of, self.node)
            for attribute in _attributes(method, _own(method))
        }
        calls = {called for called, _ in self._calls()}
        return all(each in others or (each in calls and each in functions) for each in nodes)

    def _calls(self) -> Iterator[tuple[ast.expr, str]]:
        """Yields the places where methods of its objects call it, with the name of the object there."""
        for of, method in _methods(self.source):
            own = _own(method)
            if self.family.calls(of, self.node):
                yield from ((each, own) for each in _attributes(method, own) if each.attr == self.node.name)

    # The function.

    def hoisted(self) -> Rewritten:
        """Returns the program with the function in place of the method."""
        name = self._name()
        given = self._parameters()
        first = self.source.head_line(self.node)
        last = self.node.end_lineno or 0
        start = self.source.head_line(self.of)
        after = self.source.blank_end(last)
        until = first
        if not self.source.lines(after + 1, after + 1).startswith(" " * self.node.col_offset):
            # It ends its class: what follows that stays as far away.
            after = last
            while until > start + 1 and not self.source.lines(until - 1, until - 1).strip():
                until -= 1
        edited = Source(self.source.edited(0, len(self.source.text), self._edits(name, given)))
        text = edited.lines(first, last)
        fixed = strings(self.node, first)
        function = Lines(text, fixed).indented(self.node.col_offset, self.of.col_offset).split("\n")
        end = edited.last_line
        parts = [
            (edited.lines(1, start - 1).split("\n") if start > 1 else [], 1),
            ([*function, "", ""], first),
            (edited.lines(start, until - 1).split("\n"), start),
            (edited.lines(after + 1, end).split("\n") if after < end else [], after + 1),
        ]
        gone = self.family.abstract_lines(self.of, self.node.name)
        kept = [
            (line, number)
            for part, begin in parts
            for number, line in enumerate(part, begin)
            if number not in gone or part is parts[1][0]
        ]
        return Rewritten("\n".join(line for line, _ in kept), [number for _, number in kept])

    def _edits(self, name: str, given: dict[str, str]) -> Iterator[Edit]:
        """Yields the changes of the method's text, and of its calls."""
        source = self.source
        head = source.start(self.node) + source.segment(self.node).index(self.node.name)
        yield Edit(head, head + len(self.node.name), name)
        yield self._head_edit(list(given.values()))
        calls = {each.func: each for each in source.nodes if isinstance(each, ast.Call)}
        for read in self._read():
            if read.attr in given:
                yield Edit(source.start(read), source.end(read), given[read.attr])
        for called, owner in self._calls():
            call = calls[called]
            start = source.text.index("(", source.end(called)) + 1
            texts = ", ".join(f"{owner}.{attribute}" for attribute in given)
            separator = ", " if texts and (call.args or call.keywords) else ""
            yield Edit(source.start(called), start, f"{name}({texts}{separator}")

    def _head_edit(self, given: Sequence[str]) -> Edit:
        """Returns the edit that puts parameters in the place of its object."""
        own = self.node.args.args[0]
        is_last = len(self.node.args.args) == 1 and not (self.node.args.vararg or self.node.args.kwonlyargs)
        behind = self.source.end(own)
        if not is_last and not given:
            behind = self.source.text.index(",", behind) + 1
            behind += len(self.source.text[behind:]) - len(self.source.text[behind:].lstrip(" "))
        return Edit(self.source.start(own), behind, ", ".join(given))

    def _parameters(self) -> dict[str, str]:
        """Returns the parameters for the attributes that it reads."""
        taken = _names(trees.walk(self.node))
        found: dict[str, str] = {}
        for attribute in dict.fromkeys(each.attr for each in self._read()):
            name = attribute.strip("_") or "given"
            while name in taken:
                name = f"own_{name}"
            taken.add(name)
            found[attribute] = name
        return found

    def _name(self) -> str:
        """Returns a name for the function that the file does not have, nor the one of a class made of it."""
        own = {self.node, *(called for called, _ in self._calls())}
        taken = _names(each for each in self.source.nodes if each not in own)
        bare = self.node.name.strip("_") or "net"
        short = _VERB.sub("", bare)
        owner = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", self.of.name).lower()
        is_shared = sum(method.name == self.node.name for _, method in _methods(self.source)) > 1
        wanted = [f"{owner}_{short}", f"{owner}_{bare}"]
        plain = [short, bare] if len(short) > 1 else [bare]
        wanted = [*wanted, *plain] if is_shared else [*plain, *wanted]
        wanted += [f"{owner}_{bare}_{number}" for number in range(1, len(taken) + 2)]
        return next(each for each in wanted if each.isidentifier() and not {each, class_name(each)} & taken)


class _Inner(_Method):
    """A function that a method defines, as one that stands before the method's class."""

    def __init__(self, source: Source, of: ast.ClassDef, node: ast.FunctionDef, method: ast.FunctionDef) -> None:
        super().__init__(source, of, node)
        self.method = method

    @property
    def own(self) -> str:
        """The name that the method has for its object."""
        return _own(self.method)

    def _is_alone(self) -> bool:
        """Says whether it reads attributes, but nothing else that its method has, and is only called."""
        inside = set(trees.walk(self.node))
        outside = [each for each in trees.walk(self.method) if each not in inside]
        local = syntax.defined(outside) - {self.own}
        own = syntax.defined(inside) - {self.node.name}
        named = [each for each in self.source.nodes if isinstance(each, ast.Name) and each.id == self.node.name]
        functions = {each.func for each in outside if isinstance(each, ast.Call)}
        is_called = all(each in functions for each in named)
        is_plain = not self.node.decorator_list and self.own not in own and bool(self._read())
        return is_plain and self._only_reads() and is_called and not (syntax.read(self.node) - own) & local

    def _calls(self) -> Iterator[tuple[ast.expr, str]]:
        for node in trees.walk(self.method):
            if isinstance(node, ast.Name) and node.id == self.node.name:
                yield node, self.own

    def _head_edit(self, given: Sequence[str]) -> Edit:
        start = self.source.start(self.node) + self.source.segment(self.node).index("(") + 1
        arguments = self.node.args
        is_empty = not (arguments.args or arguments.vararg or arguments.kwonlyargs or arguments.kwarg)
        return Edit(start, start, ", ".join(given) + ("" if is_empty else ", "))


def _own(method: ast.FunctionDef) -> str:
    """Returns the name that a method has for its object."""
    return method.args.args[0].arg if method.args.args else ""


def _attributes(method: ast.FunctionDef, own: str) -> Iterator[ast.Attribute]:
    """Yields the attributes that a method uses of its object, which has a name there."""
    for node in trees.walk(method):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == own:
            yield node


def _names(nodes: Iterable[ast.AST]) -> set[str]:
    """Returns the names of variables, parameters, functions and classes in nodes."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name.partition(".")[0])
    return found
