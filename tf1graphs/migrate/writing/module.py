"""Puts the migrated file together: what stays, what goes, what moves into functions."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from tf1graphs.migrate import checks
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Fetch, Item, Owner, Site
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import (
    Elements,
    Graph,
    Initializer,
    Placeholder,
    Scoping,
    Session,
    Settings,
    Summary,
    Symbol,
    TrainOp,
    Value,
    VariableList,
    Writer,
    flat,
)
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import Run, chunks, in_order, is_initialization, is_later, needed
from tf1graphs.migrate.source import Edit, Lines, Source, indent
from tf1graphs.migrate.writing import imports
from tf1graphs.migrate.writing.classes import Classes
from tf1graphs.migrate.writing.collections import Lists, check_updates
from tf1graphs.migrate.writing.functions import Functions, run_name, strings
from tf1graphs.migrate.writing.gone import is_gone
from tf1graphs.migrate.writing.saved import Variables
from tf1graphs.migrate.writing.savers import Savers
from tf1graphs.migrate.writing.passing import Passing
from tf1graphs.migrate.writing.sites import Sites, is_direct
from tf1graphs.migrate.writing.monitored import Monitors
from tf1graphs.migrate.writing.pipelines import Pipelines
from tf1graphs.migrate.writing.queues import Queues
from tf1graphs.migrate.writing.summaries import Summaries
from tf1graphs.migrate.writing.texts import Members, Texts, is_feed
from tf1graphs.migrate.writing.writers import Writers

# Comments about what TensorFlow 2 does not have.
_ABOUT = re.compile(r"session|initiali[sz]|placeholder|feed", re.IGNORECASE)
_GONE = (Settings, Session, Graph, Initializer, Placeholder)
_GONE_CALLS = frozenset({"tf.reset_default_graph", "tf.disable_v2_behavior", "tf.disable_eager_execution", "tf.add_to_collection", "tf.losses.add_loss"})


class Module:
    """Writes one file."""

    def __init__(self, facts: Facts, tf: str) -> None:
        self.facts = facts
        self.source = facts.source
        self.texts = Texts(facts, tf, self._special)
        self.summaries = Summaries(facts, self.texts)
        self.writers = Writers(facts, self.texts, self.summaries, self._shown)
        self.pipelines = Pipelines(facts, self.texts)
        self.monitors = Monitors(facts, self.texts)
        self.functions = Functions(facts, self.texts, self.summaries, self.pipelines)
        self.queues = Queues(facts, self.texts, self.functions, self.pipelines)
        self.runs: dict[Site, Run] = {}
        self.passing = Passing(facts)
        self.sites = Sites(facts, self.texts, self.functions, self.runs, self.passing)
        self.behind: defaultdict[ast.stmt, list[str]] = defaultdict(list)
        self.shared: defaultdict[ast.FunctionDef, set[str]] = defaultdict(set)
        self.last: defaultdict[ast.stmt, list[str]] = defaultdict(list)
        self.first: dict[ast.stmt, list[str]] = {}
        self.members: dict[ast.ClassDef, Members] = {}
        self.classes = Classes(facts, self.texts, self.functions)
        self.placed: defaultdict[ast.stmt, list[str]] = defaultdict(list)
        self.rebound = self._rebound()
        variables = Variables(facts, self.texts, self.classes)
        self.lists = Lists(variables)
        self.savers = Savers(variables, self.runs, self.passing, self._place_of)

    def text(self) -> str:
        """Returns the migrated file."""
        self._find_runs()
        self._place_functions()
        body = self._block(self.source.tree.body, 0, 0)
        self.pipelines.check()
        tail = self.source.lines(self._end(self.source.tree.body) + 1, self.source.last_line)
        text = "\n".join([*body, tail])
        self.texts.needs |= {each.name: each for each in self.writers.definitions()}
        return _tidy(self._with_definitions(text))

    # Runs and their functions.

    def _find_runs(self) -> None:
        by_key: dict[object, Run] = {}
        for site in self.facts.sites.values():
            if is_initialization(site) or is_direct(site):
                continue
            key = tuple((self.source.segment(fetch.node), frozenset(needed(fetch.reads))) for fetch in site.fetched)
            run = by_key.setdefault(key, Run(key))
            run.sites.append(site)
            run.items |= needed({item for fetch in site.fetched for item in fetch.reads})
            self.runs[site] = run
        check_updates(self.facts, by_key.values())
        self.lists.check(by_key.values())
        self._name(list(by_key.values()))
        self.passing.add(by_key.values())
        self.functions.chunks = chunks(by_key.values())
        for chunk in self.functions.chunks:
            chunk.name = chunk.run.name if chunk.run else self.texts.free("_".join(["compute", *chunk.results[:2]]))

    def _name(self, runs: Sequence[Run]) -> None:
        trains = [run for run in runs if any(isinstance(each, TrainOp) for f in run.fetched for each in flat(f.value))]
        for run in runs:
            labels = {fetch: self._label(fetch) for fetch in run.fetched}
            run.name = self.texts.free(run_name(run, labels, len(trains) == 1))

    def _label(self, fetch: Fetch) -> str:
        node = fetch.node
        if isinstance(fetch.value, Summary):
            return self.summaries.label(node)
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Attribute):
            return node.attr
        if isinstance(node, ast.Call):
            return (node.func.attr if isinstance(node.func, ast.Attribute) else syntax.root(node.func)) or "value"
        return next((child.id for child in ast.walk(node) if isinstance(child, ast.Name)), "value")

    def _place_functions(self) -> None:
        for chunk in self.functions.chunks:
            self._check(chunk.items)
            with self._in_class(chunk.owner.node):
                self._put(chunk.items[-1], self.functions.chunk_text(chunk))
        done: set[Run] = set()
        for run in self.runs.values():
            if run in done or any(chunk.run is run for chunk in self.functions.chunks):
                continue
            done.add(run)
            self._check(run.items)
            last = in_order(run.items)[-1] if run.items else run.sites[0].item
            with self._in_class(run.owner.node):
                self._put(last, self.functions.run_text(run))

    def _place_of(self, run: Run) -> ast.stmt:
        """Returns the statement before which the function of a run is defined."""
        return self._place(in_order(run.items)[-1] if run.items else run.sites[0].item)

    def _put(self, item: Item, function: str) -> None:
        """Places a function where the old program had computed all of it: methods behind the one that did."""
        if item.owner.is_class:
            method = next(each for each in syntax.methods(item.owner.node) if item.node in ast.walk(each))  # type: ignore[arg-type]
            self.behind[method].append(self._with_signature(self._share(function, method), method))
        else:
            self.placed[self._place(item)].append(function)

    def _with_signature(self, function: str, method: ast.FunctionDef) -> str:
        """Lets a method get its signature from the method that builds, where that hangs on what is known only there."""
        head, _, rest = function.partition("\n")
        signature = re.fullmatch(r"@(\w+\.function)\((.*)\)", head)
        if signature is None or "self." not in signature[2]:
            return function
        found = re.match(r"def (\w+)", rest)
        assert found is not None
        name = found[1]
        self.last[method].append(f"self.{name} = {signature[1]}(self.{name}, {signature[2]})")
        return rest

    @contextmanager
    def _in_class(self, node: ast.AST) -> Iterator[None]:
        """Lets objects that are created be attributes while a class is written."""
        before = self.texts.members
        if isinstance(node, ast.ClassDef):
            gone = {name for item in self.facts.items.values() if item.owner.node is node and is_later(item) for name in item.defines}
            self.texts.members = self.members.setdefault(node, Members(syntax.attributes(node) - gone))
        yield
        self.texts.members = before

    def _place(self, item: Item) -> ast.stmt:
        """Returns the statement before which a function is defined that ends with what an item computes."""
        for around in item.around:
            if isinstance(around, (ast.For, ast.While)) and self._creates(around):
                continue
            if isinstance(around, (ast.For, ast.While, ast.Try, ast.If)) and not (
                isinstance(around, ast.If) and syntax.is_main(around)
            ):
                return around
        return item.node

    def _creates(self, loop: ast.stmt) -> bool:
        """Says whether each round of a loop creates variables: then it defines the functions that use them, too."""
        return any(loop in item.around and item.creates for item in self.facts.items.values())

    def _check(self, items: Sequence[Item] | set[Item]) -> None:
        """Refuses what a function cannot compute as the graph did: names that change after the graph was built."""
        inside = {name for item in items for name in item.defines}
        self._rename(items, inside)
        for item in items:
            for read in item.reads:
                if item.grows or (is_later(read) and read.order > item.order and self._are_in_one_loop(read, item)):
                    self._refuse(item.node, "a loop", "each of its rounds adds to the graph", "build the graph before")
            for name, scope in item.outer.items():
                if name in inside or any(is_later(read) and name in read.defines for read in item.reads):
                    continue
                if self.rebound.get((scope, name), -1) > item.order:
                    self._refuse(
                        item.node, name, "it is given another value later", "give the other value another name"
                    )

    def _are_in_one_loop(self, first: Item, second: Item) -> bool:
        return any(isinstance(each, (ast.For, ast.While)) and each in second.around for each in first.around)

    def _class_nodes(self) -> set[ast.AST]:
        return {owner.node for owner in self.facts.owners if owner.is_class}

    def _rename(self, items: Sequence[Item] | set[Item], inside: set[str]) -> None:
        """Gives another name to what was known when the graph was built, where a function gives the same name anew."""
        for item in items:
            for node in ast.walk(item.node):
                if isinstance(node, ast.Name) and node.id in inside and self._is_fixed(node):
                    self._rename_all(node.id, self.facts.bound_by[node])

    def _is_fixed(self, node: ast.Name) -> bool:
        bound = self.facts.bound_by.get(node)
        return bool(bound) and not any(is_later(each) or each.is_local for each in bound or ())

    def _rename_all(self, name: str, bound: frozenset[Item]) -> None:
        nodes = [node for node, items in self.facts.bound_by.items() if node.id == name and items == bound]
        nodes += [
            child
            for item in bound
            for child in ast.walk(item.node)
            if isinstance(child, ast.Name) and child.id == name and isinstance(child.ctx, ast.Store)
        ]
        if any(node not in self.texts.renamed for node in nodes):
            new = self.texts.free(f"base_{name}")
            self.texts.renamed |= dict.fromkeys(nodes, new)

    def _share(self, text: str, method: ast.FunctionDef) -> str:
        """Returns a function of a class with attributes in place of the variables of the method that built its graph."""
        inside = set(ast.walk(method))
        fixed = {
            name
            for item in self.facts.items.values()
            if item.node in inside and not is_later(item) and isinstance(item.node, (ast.Assign, ast.AugAssign, ast.AnnAssign))
            for name in syntax.stored(item.node)
        }
        parameters = {each.arg for each in method.args.args[1:] if not self.passing.is_dropped(method, each.arg)}
        source = Source(text)
        own = syntax.stored(source.tree) | {each.arg for each in ast.walk(source.tree) if isinstance(each, ast.arg)}
        shared = (syntax.read(source.tree) & (fixed | parameters)) - own
        self.shared[method] |= shared
        self.first[method] = [f"self.{name} = {name}" for name in sorted(self.shared[method] & parameters)]
        for child in inside:
            if isinstance(child, ast.Name) and child.id in shared - parameters:
                self.texts.attributes[child] = child.id
        return _with_self(source, shared)

    def _rebound(self) -> dict[tuple[object, str], int]:
        """Returns the last statement that gives or changes each name known when the graph is built, by scope and name."""
        found: dict[tuple[object, str], int] = {}
        for owner in self.facts.owners:
            for name, places in owner.scope.places.items():
                items = [item for item in self.facts.items.values() if item.node in places or self._holds(item, places)]
                orders = [item.order for item in items if not is_later(item)]
                if len(places) > 1 and orders:
                    found[owner.scope, name] = max(orders)
        return found

    def _holds(self, item: Item, places: set[ast.AST]) -> bool:
        """Says whether one of some calls stands in a statement: calls change lists and dicts."""
        calls = {place for place in places if isinstance(place, ast.Call)}
        return bool(calls) and any(child in calls for child in ast.walk(item.node))

    def _refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]

    # Expressions.

    def _special(self, node: ast.expr) -> str | None:
        saver = self.savers.expression(node)
        if saver is not None:
            return saver
        variables = self.lists.text(node)
        if variables is not None:
            return variables
        followed = self.pipelines.expression(node) or self.monitors.expression(node) or self.queues.expression(node)
        if followed is not None:
            return followed
        if isinstance(node, ast.Call) and node in self.facts.sites:
            return self.sites.expression(self.facts.sites[node])
        value = self.facts.values.get(node)
        if isinstance(node, ast.Dict) and is_feed(value):
            return self._feed(node)
        if isinstance(node, ast.Subscript) and isinstance(self.facts.values.get(node.slice), Placeholder):
            key = self.functions.parameter(self.facts.values[node.slice])  # type: ignore[arg-type]
            return f'{self.texts.text(node.value)}["{key}"]'
        if isinstance(node, (ast.Dict, ast.Call)):
            functions = None if self.texts.is_inside else self.passing.record(node)
            if functions is not None:
                return self._record(node, functions)
        if isinstance(node, ast.Call):
            summary = self.summaries.expression(node) or self.writers.expression(node)
            if summary is not None:
                return summary
            used = self.classes.call(node)
            if used is not None:
                return used
            arguments = self.passing.arguments(node)
            if arguments is not None:
                texts = [*map(self._argument, arguments), *(f"{name}={name}" for name in self.passing.added(node))]
                return f"{self.texts.text(node.func)}({', '.join(texts)})"
        return None

    def _argument(self, node: ast.expr | ast.keyword) -> str:
        if isinstance(node, ast.keyword):
            return f"{node.arg}={self.texts.text(node.value)}" if node.arg else f"**{self.texts.text(node.value)}"
        return self.texts.text(node)

    def _record(self, node: ast.Dict | ast.Call, functions: Sequence[str]) -> str:
        """Returns a dict or object with functions in place of the tensors that it held."""
        if isinstance(node, ast.Call):
            kept = [each for each in node.keywords if not is_gone(self.facts.values.get(each.value))]
            parts = [*map(self._argument, kept), *(f"{name}={name}" for name in functions)]
            return f"{self.texts.text(node.func)}({', '.join(parts)})"
        pairs = [
            f"{self.texts.text(key) if key else '**'}: {self.texts.text(value)}"
            for key, value in zip(node.keys, node.values, strict=True)
            if not is_gone(self.facts.values.get(value))
        ]
        return "{" + ", ".join([*pairs, *(f'"{name}": {name}' for name in functions)]) + "}"

    def _feed(self, node: ast.Dict) -> str:
        parts = []
        for key, value in zip(node.keys, node.values, strict=True):
            stands_for = self.facts.values.get(key) if key is not None else None
            if isinstance(stands_for, Placeholder):
                head = f'"{self.functions.parameter(stands_for)}": '
            else:
                head = f"{self.texts.text(key)}: " if key is not None else "**"
            parts.append(head + self.texts.text(value))
        return f"{{{', '.join(parts)}}}"

    # Statements.

    def _end(self, body: Sequence[ast.stmt]) -> int:
        return max((node.end_lineno or 0 for node in body), default=0)

    def _block(self, body: Sequence[ast.stmt], old: int, new: int) -> list[str]:
        lines: list[str] = []
        for node in body:
            above = self._above(node)
            text = self._statement(node, old, new)
            if text is None:
                above = self._kept(above, node)
            while above and not above[0] and lines and not lines[-1] and not self._is_spaced(lines):
                above.pop(0)
            lines += Lines("\n".join(above)).indented(old, new).split("\n") if above else []
            functions = [
                line for each in self.placed[node] for line in ["", "", *indent(each, new).split("\n"), "", ""]
            ]
            own = [text] if text is not None else []
            for each in self.behind[node]:
                own += ["", *indent(each, new).split("\n"), ""]
            item = self.facts.items.get(node)
            # What a statement creates that moves into a function comes before the function.
            lines += [*own, *functions] if item is not None and is_later(item) else [*functions, *own]
        return lines

    def _kept(self, above: list[str], node: ast.stmt) -> list[str]:
        """Returns what stays of the comments above a statement that goes: not those that go with it or are about it."""
        item = self.facts.items.get(node)
        is_listed = isinstance(node, ast.Assign) and isinstance(self._stands_for(node.value), VariableList)
        if is_listed or (item is not None and is_later(item)):
            while above and above[-1].strip():
                above.pop()
        return [line for line in above if not _ABOUT.search(line)]

    def _is_spaced(self, lines: list[str]) -> bool:
        return len(lines) > 1 and not lines[-2]

    def _above(self, node: ast.stmt) -> list[str]:
        """Returns the blank lines and comments above a statement."""
        line = self.source.first_line(node) - 1
        first = line
        while first > 0 and (not self.source.lines(first, first).strip() or self._is_comment(first)):
            first -= 1
        return self.source.lines(first + 1, line).split("\n") if first < line else []

    def _is_comment(self, line: int) -> bool:
        return self.source.lines(line, line).strip().startswith("#")

    def _statement(self, node: ast.stmt, old: int, new: int) -> str | None:
        """Returns the text that a statement becomes in its place; None if it goes."""
        item = self.facts.items.get(node)
        if isinstance(node, (ast.Import, ast.ImportFrom)) and imports.is_from_tensorflow(node):
            text = imports.text(node)
            return " " * new + text + self._comment(node) if text else None
        if isinstance(node, ast.With) and self._is_unwrapped(node) and self.monitors.ends_with_data(node):
            lines = [f"{' ' * new}try:", *self._block(node.body, node.body[0].col_offset, new + 4)]
            end = f"{' ' * new}except {self.texts.tf}.errors.OutOfRangeError:"
            return "\n".join([*lines, end, f"{' ' * (new + 4)}pass"])
        if isinstance(node, ast.With) and self._is_unwrapped(node):
            return "\n".join(self._block(node.body, node.body[0].col_offset, new))
        if isinstance(node, ast.With) and any(self._enters_anew(part) for part in node.items):
            return self._with(node, new)
        if isinstance(node, ast.FunctionDef) and node in self.facts.creating:
            return "\n".join(["", indent(self.classes.text(node), new), ""])
        if isinstance(node, ast.ClassDef):
            with self._in_class(node) if node in self._class_nodes() else nullcontext():
                return self._compound(node, old, new)
        if isinstance(node, (ast.If, ast.For, ast.While, ast.Try, ast.With, ast.FunctionDef)):
            if item is not None and is_later(item) and not isinstance(node, ast.FunctionDef):
                return self._created(item, node, new)
            return self._compound(node, old, new)
        pipeline = self.queues.statement(node)
        if pipeline is None:
            pipeline = self.pipelines.statement(node)
        if pipeline is not None:
            return indent("\n".join(pipeline), new) + self._comment(node) if pipeline else None
        passed = None
        if isinstance(node, ast.Return) and item is not None:
            passed = self.passing.returned(node, self.texts.text)
        elif isinstance(node, ast.Assign):
            passed = self.passing.unpacked(node, self.texts.text)
        if passed is not None:
            return " " * new + passed + self._comment(node)
        if item is not None and is_later(item) and isinstance(node, ast.Expr) and checks.is_shown_tensor(self.facts, node):
            return " " * new + "# A tensor of the graph, which is there only within functions: " + ast.unparse(node)
        if item is not None and is_later(item) and not isinstance(node, ast.Return):
            return self._created(item, node, new)
        if self._is_gone(node) or self.monitors.is_gone(node):
            return None
        before = [" " * new + line for line in self.savers.before(node)]
        return "\n".join([*before, self._simple(node, old, new)])

    def _created(self, item: Item, node: ast.stmt, new: int) -> str | None:
        """Returns the objects that a statement creates which itself moves into functions."""
        created = [
            f"{self.texts.reference(name)} = {self._shared_in(node, expression)}"
            for call, (name, expression, _) in self.texts.created.items()
            if any(child is call for child in ast.walk(node))
        ]
        return indent("\n".join(created), new) if created else None

    def _shared_in(self, node: ast.stmt, expression: str) -> str:
        method = next((each for each in self.shared if node in ast.walk(each)), None)
        if method is None:
            return expression
        return _with_self(Source(expression), self.shared[method] - {each.arg for each in method.args.args})

    def _simple(self, node: ast.stmt, old: int, new: int) -> str:
        text = None
        if isinstance(node, (ast.Assign, ast.Expr)) and node.value in self.facts.sites:
            site = self.facts.sites[node.value]  # type: ignore[index]
            if isinstance(node, ast.Assign):
                text = self.sites.assignment(site, node.targets)
            elif site in self.runs:
                text = self.sites.call(site)
            if text is not None:
                return " " * new + text + self._comment(node)
        if node in self.facts.naming:
            name, given = self.facts.naming[node]
            return f"{' ' * new}{name} = {self.texts.text(given)}{self._comment(node)}"
        text = self.writers.statement(node)
        if text is not None:
            return indent(text, new)
        return self._edited(node, list(self.texts.edits(node)), self.source.end(node), old, new)

    def _comment(self, node: ast.stmt) -> str:
        return self.source.comment_behind(node)

    def _edited(self, node: ast.stmt, edits: list, end: int, old: int, new: int) -> str:  # type: ignore[type-arg]
        start = self.source.line_start(self.source.first_line(node)) + node.col_offset
        text = " " * node.col_offset + self.source.edited(start, end, edits) + self._comment(node)
        return Lines(text, strings(node, self.source.first_line(node))).indented(old, new)

    def _compound(self, node: ast.stmt, old: int, new: int) -> str | None:
        body: list[ast.stmt] = node.body  # type: ignore[attr-defined]
        parts = [body, getattr(node, "orelse", []), getattr(node, "finalbody", [])]
        handlers: list[ast.ExceptHandler] = getattr(node, "handlers", [])
        first = body[0]
        head_end = self.source.line_end(self._head_line(node, first))
        edits = [edit for edit in self.texts.head_edits(node) if edit.end <= head_end]
        if isinstance(node, ast.FunctionDef):
            edits += [self._without(node, each) for each in self.passing.parameters(node)]
            edits += self._with_parameters(node)
        start = self.source.line_start(self.source.first_line(node)) + node.col_offset
        head = Lines(" " * node.col_offset + self.source.edited(start, head_end, edits)).indented(old, new)
        inner = new + first.col_offset - node.col_offset
        lines = [" " * inner + text for text in self.first.get(node, [])] + self._block(body, first.col_offset, inner)
        lines += [" " * inner + text for text in self.last.get(node, [])]
        if not any(line.strip() and not line.strip().startswith("#") for line in lines):
            lines.append(" " * inner + "pass")
        text = [head, *lines]
        for handler in handlers:
            text += self._clause(handler, handler.body, old, new)
        for statements in parts[1:]:
            clause = self._clause(None, statements, old, new, node) if statements else []
            # What closed a session or stopped threads has gone.
            if not (handlers and statements is parts[2] and [line.strip() for line in clause[1:]] == ["pass"]):
                text += clause
        return "\n".join(text)

    def _with_parameters(self, node: ast.FunctionDef) -> Iterator[Edit]:
        """Yields the edit that adds parameters for the parts of a graph that a function read from outside of it."""
        names = self.passing.outside(node)
        if names:
            head = self.source.text[: self.source.start(node.body[0])]
            place = head.rindex(")", 0, head.rindex(":"))
            is_empty = head[:place].rstrip().endswith("(")
            star = "*, " if node.args.defaults and not node.args.vararg and not node.args.kwonlyargs else ""
            yield Edit(place, place, ("" if is_empty else ", ") + star + ", ".join(names))

    def _without(self, node: ast.FunctionDef, parameter: ast.arg) -> Edit:
        """Returns the edit that removes a parameter with the comma behind or, if it is the last, before it."""
        start, end = self.source.start(parameter), self.source.end(parameter)
        rest = self.source.text[end : self.source.start(node.body[0])]
        behind = re.match(r"\s*,\s*", rest)
        if behind:
            return Edit(start, end + behind.end(), "")
        before = re.search(r",\s*$", self.source.text[:start])
        return Edit(before.start() if before else start, end, "")

    def _head_line(self, node: ast.stmt, first: ast.stmt) -> int:
        line = self.source.first_line(first) - 1
        while line > node.lineno and (not self.source.lines(line, line).strip() or self._is_comment(line)):
            line -= 1
        return line

    def _clause(
        self,
        handler: ast.ExceptHandler | None,
        body: Sequence[ast.stmt],
        old: int,
        new: int,
        node: ast.stmt | None = None,
    ) -> list[str]:
        """Returns ``except``, ``else`` or ``finally`` with its block."""
        first = body[0]
        if (
            handler is None
            and isinstance(node, ast.If)
            and isinstance(first, ast.If)
            and first.col_offset == node.col_offset
        ):
            return [self._compound(first, old, new) or ""]
        line = self._head_line(handler or node, first)  # type: ignore[arg-type]
        head = Lines(self.source.lines(line, line)).indented(old, new)
        inner = new + first.col_offset - (handler.col_offset if handler else node.col_offset)  # type: ignore[union-attr]
        lines = self._block(body, first.col_offset, inner)
        if not any(each.strip() and not each.strip().startswith("#") for each in lines):
            lines.append(" " * inner + "pass")
        return [head, *lines]

    def _with(self, node: ast.With, new: int) -> str:
        """Returns a ``with`` statement without the parts that go, and with new writers."""
        heads, lines = [], []
        for part in node.items:
            writer = self.writers.entered(part, node)
            if writer is not None:
                heads.append(writer[0])
                lines += [" " * (new + 4) + line for line in writer[1]]
            elif not self._is_context_gone(part):
                name = f" as {self.source.segment(part.optional_vars)}" if part.optional_vars else ""
                heads.append(self.texts.text(part.context_expr) + name)
        lines += self._block(node.body, node.body[0].col_offset, new + 4)
        if not any(line.strip() for line in lines):
            lines.append(" " * (new + 4) + "pass")
        return "\n".join([f"{' ' * new}with {', '.join(heads)}:", *lines])

    def _enters_anew(self, part: ast.withitem) -> bool:
        return self._is_context_gone(part) or isinstance(self._stands_for(part.context_expr), Writer)

    def _shown(self, node: ast.stmt) -> str | None:
        """Returns a function that a statement can call and that computes most of the model, one that trains if any."""
        item = self.facts.items[node]
        found = [
            (any(each.trains for each in run.items), sum(not each.summaries for each in run.items), self.passing.path(run, site) or run.name)
            for site, run in self.runs.items()
            if run.items and in_order(run.items)[-1].order < item.order
            if run.owner.is_around(item.owner) or site.owner is item.owner
        ]
        return max(found, default=(False, 0, None))[2]

    # What goes.

    def _is_unwrapped(self, node: ast.With) -> bool:
        return all(map(self._is_context_gone, node.items))

    def _is_context_gone(self, part: ast.withitem) -> bool:
        return isinstance(self._stands_for(part.context_expr), (Session, Graph, Scoping))

    def _stands_for(self, node: ast.expr) -> Value | None:
        return self.facts.values.get(node)

    def _is_gone(self, node: ast.stmt) -> bool:
        if isinstance(node, ast.Assign):
            value = self._stands_for(node.value)
            if isinstance(value, VariableList):
                return is_gone(value)
            if isinstance(value, Elements):
                return bool(value.elements) and all(isinstance(each, _GONE) for each in value.elements)
            held = self._stands_for(node.targets[0].value) if isinstance(node.targets[0], ast.Attribute) else None
            return isinstance(value, _GONE) or isinstance(held, Settings) or self.texts.is_module_alias(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            site = self.facts.sites.get(call)
            if site is not None and is_initialization(site):
                return True
            function = self._stands_for(call.func)
            if isinstance(function, Symbol) and function.name in _GONE_CALLS:
                return True
            if isinstance(call.func, ast.Attribute):
                owner = self._stands_for(call.func.value)
                return isinstance(owner, (Session, Graph, Scoping)) and call not in self.facts.sites
        return False

    def _with_definitions(self, text: str) -> str:
        """Puts the classes and functions that the file needs behind its imports."""
        if not self.texts.needs:
            return text
        sources = [imports.parted(each.source) for each in self.texts.needs.values()]
        text = imports.with_imports(text, [line for wanted, _ in sources for line in wanted])
        line = max((node.end_lineno or 0 for node in imports.of(text)), default=0)
        lines = text.split("\n")
        definitions = [part for _, source in sources for part in ("", "", source)]
        return "\n".join([*lines[:line], *definitions, "", "", *lines[line:]])


def _with_self(source: Source, names: set[str]) -> str:
    """Returns a text with attributes of ``self`` in place of names."""
    edits = [
        Edit(source.start(child), source.end(child), f"self.{child.id}")
        for child in ast.walk(source.tree)
        if isinstance(child, ast.Name) and child.id in names
    ]
    return source.edited(0, len(source.text), edits)


def _tidy(text: str) -> str:
    text = re.sub(r"\n{4,}", "\n\n\n", text)
    return re.sub(r"\n{3,}([ \t])", r"\n\n\1", text)


__all__ = ["Module", "Owner", "Scoping"]
