"""Writes the functions that compute what sessions were asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tf1graphs.migrate.facts.datasets import Element
from tf1graphs.migrate.facts.items import Fetch, Item, Owner, is_later
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import (
    Fed,
    Placeholder,
    State,
    Summary,
    Symbol,
    TrainOp,
    Updates,
    flat,
)
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import Chunk, Run, in_order, is_operation, scheduled
from tf1graphs.migrate.source import Lines, indent, strings
from tf1graphs.migrate.writing.pipelines import Pipelines
from tf1graphs.migrate.writing.summaries import Summaries
from tf1graphs.migrate.writing.texts import Texts, literal
from tf1graphs.migrate.writing.training import Step

_INDENT = 4
_DTYPES = {bool: "bool", int: "int32", float: "float32", str: "string", bytes: "string"}
_TRAIN_WORDS = re.compile(r"^(train|training|optimi[sz]e|opt|minimize|update|solver|op|step)$")


# What only puts ops together.
_GROUPS = ("tf.group", "tf.no_op", "tf.control_dependencies")


class Functions:
    """Writes the functions of one owner.

    Attributes:
        placeholders: the parameter that each placeholder becomes.
    """

    def __init__(self, facts: Facts, texts: Texts, summaries: Summaries, pipelines: Pipelines) -> None:
        self.facts = facts
        self.texts = texts
        self.summaries = summaries
        self.pipelines = pipelines
        self.chunks: list[Chunk] = []
        self.merged: dict[Chunk, Run] = {}

    # Parameters.

    def parameter(self, placeholder: Placeholder) -> str:
        """Returns the name of the argument that a placeholder becomes."""
        return placeholder.label or re.sub(r"\W", "_", placeholder.name) or "inputs"

    def parameters(self, items: Iterable[Item], fetched: Sequence[Fetch] = ()) -> list[Placeholder]:
        """Returns the placeholders that statements hang on, in the order in which they were made."""
        parts: list[Item | Fetch] = [*items, *fetched]
        found = {each for part in parts for each in part.placeholders}
        return sorted(found, key=_place)

    def run_parameters(self, run: Run) -> list[Placeholder]:
        """Returns the placeholders that a run hangs on."""
        found = sorted([*self.parameters(run.items, run.fetched), *run.fed], key=_place)
        return [*found, *sorted(run.optional, key=_place)]

    def signature(self, placeholders: Sequence[Placeholder], has_step: bool = False) -> str:
        """Returns the decorator that makes a function of placeholders a graph, with their shapes and dtypes.

        Args:
            placeholders: those that the function hangs on.
            has_step: whether it gets a step, too, before those with a default.
        """
        tf = self.texts.tf
        if not placeholders and not has_step:
            return f"@{tf}.function"
        drawn = self.pipelines.specs(placeholders) if placeholders else None
        if drawn is not None:
            return f"@{tf}.function(input_signature={drawn})"
        specs = [self._spec(each) for each in placeholders]
        if has_step:
            specs.insert(_required(placeholders), f"{tf}.TensorSpec([], {tf}.int64)")
        known = [spec for spec in specs if spec is not None]
        return f"@{tf}.function" if len(known) < len(specs) else f"@{tf}.function(input_signature=[{', '.join(known)}])"

    def has_spec(self, placeholder: Placeholder) -> bool:
        """Says whether a signature can tell what is fed for a placeholder."""
        return self._spec(placeholder) is not None

    def _spec(self, placeholder: Placeholder) -> str | None:
        if isinstance(placeholder, Element):
            return self.pipelines.spec(placeholder)
        if isinstance(placeholder, Fed) and not _is_sized(placeholder):
            return None
        dtype = self.dtype(placeholder)
        if isinstance(placeholder, Fed):
            return f"{self.texts.tf}.TensorSpec({list(placeholder.sizes or ())}, {dtype})"
        # A bool of unknown shape says whether to train, which Keras takes as a scalar only.
        shape = "[]" if dtype == f"{self.texts.tf}.bool" else "None"
        if placeholder.shape is not None:
            shape = self.texts.text(placeholder.shape)
        return f"{self.texts.tf}.TensorSpec({shape}, {dtype})"

    def dtype(self, placeholder: Placeholder) -> str:
        """Returns the dtype of what is fed for a placeholder."""
        if isinstance(placeholder, Fed):
            return f"{self.texts.tf}.{placeholder.kind}"
        if placeholder.dtype is None:
            return f"{self.texts.tf}.{self._default_dtype(placeholder)}"
        given = placeholder.dtype
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            return f"{self.texts.tf}.{'float32' if given.value == 'float' else given.value}"
        return self.texts.text(given)

    def _default_dtype(self, placeholder: Placeholder) -> str:
        """Returns the dtype of a default: that of its literal."""
        assert placeholder.default is not None
        found = literal(self.facts.values.get(placeholder.default), placeholder.default)
        while isinstance(found, (list, tuple)) and found:
            found = found[0]
        name = _DTYPES.get(type(found))
        if name is None:
            reason = "the dtype of its default is not known by reading"
            self.facts.refusals.add(
                Refusal(placeholder.default.lineno, "tf.placeholder_with_default", reason, "cast it")
            )
        return name or "float32"

    def _head(self, name: str, owner: Owner, parameters: Sequence[str]) -> str:
        own = ["self"] if owner.is_class else []
        return f"def {name}({', '.join([*own, *parameters])}):"

    def _parameter_texts(
        self, placeholders: Sequence[Placeholder], optional: Collection[Placeholder] = ()
    ) -> list[str]:
        return [
            f"{self.parameter(each)}=None"
            if each in optional
            else f"{self.parameter(each)}={self.texts.text(each.default)}"
            if each.default is not None
            else self.parameter(each)
            for each in placeholders
        ]

    # Chunks.

    def inputs(self, chunk: Chunk) -> list[str]:
        """Returns the names that the function of a chunk takes: results of other chunks, then placeholders."""
        if chunk.run is not None:
            return [*map(self.parameter, self.run_parameters(chunk.run))]
        names: list[str] = []
        mine = set(chunk.all_items)
        for item in mine:
            for read in in_order(item.reads):
                if is_later(read) and read not in mine:
                    names += [name for name in sorted(read.defines) if name in item.outer]
            # A variable that some run feeds.
            names += [each.label for run in chunk.runs for each in run.fed if each.item in item.reads - mine]
        names = [*sorted(names), *map(self.parameter, self.parameters(mine)), *self.summaries.filled(mine)]
        return list(dict.fromkeys(names))

    def chunk_text(self, chunk: Chunk) -> str:
        """Returns the function that computes what several runs share."""
        head = [self._head(chunk.name, chunk.owner, self.inputs(chunk))]
        if chunk.run is not None:
            placeholders = self.run_parameters(chunk.run)
            head = [
                self.signature(placeholders),
                self._head(chunk.name, chunk.owner, self._parameter_texts(placeholders)),
            ]
        covered = {item: inner for inner in chunk.inner for item in inner.all_items}
        self.texts.is_inside = True
        statements = self.statements(in_order(chunk.all_items), covered, set())
        self.texts.is_inside = False
        return "\n".join([*head, *self._returning(statements, chunk.results)])

    def chunk_call(self, chunk: Chunk) -> str:
        """Returns the statement that calls the function of a chunk."""
        function = f"self.{chunk.name}" if chunk.owner.is_class else chunk.name
        return f"{', '.join(chunk.results)} = {function}({', '.join(self.inputs(chunk))})"

    # Runs.

    def run_text(self, run: Run) -> str:
        """Returns the function that computes what a session was asked for."""
        placeholders = self.run_parameters(run)
        self.texts.is_inside = True
        body = self._body(run)
        body += [each for fetch in run.fetched if is_operation(fetch) for each in self._updates(fetch.node)]
        written = self.summaries.written
        results = self._fetched_texts(run, [fetch for fetch in run.fetched if written.has_value(run, fetch)])
        self.texts.is_inside = False
        step = None if written.count(run) else written.step(run)
        parameters = self._parameter_texts(placeholders, run.optional)
        if step:
            parameters.insert(_required([each for each in placeholders if each not in run.optional]), step)
        signature = f"@{self.texts.tf}.function" if run.optional else self.signature(placeholders, bool(step))
        lines = [signature, self._head(run.name, run.owner, parameters)]
        lines += self._returning(body, results)
        return "\n".join(lines)

    def fetched_text(self, fetch: Fetch) -> str:
        """Returns the expression of a fetch inside its function."""
        return self.summaries.result() if isinstance(fetch.value, Summary) else self.texts.text(fetch.node)

    def _fetched_texts(self, run: Run, fetched: Iterable[Fetch]) -> list[str]:
        self.texts.is_elsewhere = not run.is_local
        texts = [self.fetched_text(fetch) for fetch in fetched]
        self.texts.is_elsewhere = False
        return texts

    def counted(self, run: Run) -> list[str]:
        """Returns the statement that computes the step of the summaries from a variable that a run fetches."""
        count, tf = self.summaries.written.count(run), self.texts.tf
        texts = self._fetched_texts(run, [count]) if count else []
        return [f"{self.summaries.written.step(run)} = {tf}.cast({text}, {tf}.int64)" for text in texts]

    def _returning(self, statements: Sequence[str], results: Sequence[str]) -> list[str]:
        """Returns the lines of a function's body; a name that only the return needs is not given."""
        lines = [line for text in statements for line in indent(text, _INDENT).split("\n")]
        last = re.fullmatch(r"    (\w+) = (.*)", lines[-1]) if lines else None
        if last and list(results) == [last[1]] and "\n" not in statements[-1]:
            return [*lines[:-1], f"    return {last[2]}"]
        return [*lines, f"    return {', '.join(results)}"] if results else lines or ["    pass"]

    def _body(self, run: Run) -> list[str]:
        shared = [chunk for chunk in self.chunks if run in chunk.runs]
        outermost = [chunk for chunk in shared if not any(chunk in other.inner for other in shared)]
        covered = {item: chunk for chunk in outermost for item in chunk.all_items}
        return self.summaries.start(run) + Step(self, run, covered).lines()

    def statements(
        self, items: Sequence[Item], covered: dict[Item, Chunk], done: set[object], optional: Collection[Fed] = ()
    ) -> list[str]:
        """Returns statements, and calls in place of those that a shared function computes, which are not done yet.

        Args:
            items: the statements.
            covered: the shared functions that compute some.
            done: those that are written already.
            optional: what is computed only if the function is not given it.
        """
        names = {each.item: each.label for each in optional}
        lines = []
        for item in self._ready(scheduled(items), covered):
            chunk = covered.get(item)
            step: object = chunk or item
            if step in done:
                continue
            done.add(step)
            text = self.chunk_call(chunk) if chunk else self._alone(item)
            if item in names:
                text = f"if {names[item]} is None:\n{indent(text, _INDENT)}"
            if text and not re.fullmatch(r"(\w+) = \1", text):
                lines.append(text)
        return lines

    def _ready(self, items: Sequence[Item], covered: dict[Item, Chunk]) -> Iterator[Item]:
        """Yields statements, before those of a shared function all that it needs, wherever that stands."""
        wanted, seen = set(items), set[Chunk]()

        def each(item: Item) -> Iterator[Item]:
            chunk = covered.get(item)
            if chunk is not None and chunk not in seen:
                seen.add(chunk)
                mine = set(chunk.all_items)
                for read in in_order({read for own in mine for read in own.reads if read in wanted} - mine):
                    if read in covered:
                        yield from each(read)
            yield item

        for item in items:
            yield from each(item)

    def _alone(self, item: Item) -> str:
        """Returns what a statement becomes; of one that only puts ops together, the updates that have no name."""
        if isinstance(item.node, ast.With):
            return "\n".join(text for part in item.node.items for text in self._updates(part.context_expr))
        node = item.node.value if isinstance(item.node, ast.Assign) else None
        return "\n".join(self._updates(node)) if node and self._is_group(node) else self.statement(item)

    def _is_group(self, node: ast.expr) -> bool:
        function = self.facts.values.get(node.func) if isinstance(node, ast.Call) else None
        return isinstance(function, Symbol) and function.name in _GROUPS

    def _updates(self, node: ast.expr) -> Iterator[str]:
        """Yields the calls in an expression of ops that have no other name: updates of variables."""
        if self._is_group(node):
            assert isinstance(node, ast.Call)
            parts = node.args
        elif isinstance(node, (ast.List, ast.Tuple)):
            parts = node.elts
        elif isinstance(node, (ast.Starred, ast.Attribute)):
            parts = [node.value]
        elif isinstance(node, ast.Name) or isinstance(self.facts.values.get(node), (TrainOp, Updates)):
            parts = []
        else:
            yield self.texts.text(node)
            return
        for part in parts:
            yield from self._updates(part)

    def statement(self, item: Item) -> str:
        """Returns a statement of the old program as one of a function, without indentation."""
        source = self.facts.source
        node = item.node
        summaries = self.summaries.statements(item)
        if summaries is not None:
            behind = source.comment_behind(node) if len(summaries) == 1 else ""
            return "\n".join([*source.comments_above(node), *summaries]) + behind if summaries else ""
        first = source.first_line(node)
        start = source.start(node)
        if node in self.facts.naming:
            name, given = self.facts.naming[node]
            text = f"{name} = {self.texts.text(given)}"
        else:
            text = source.edited(start, source.end(node), self.texts.edits(node))
        fixed = strings(node, first)
        lines = Lines(" " * node.col_offset + text + source.comment_behind(node), fixed)
        above = source.comments_above(node)
        starts = [f"{name} = {before}" for name, before in self.texts.starts[item].items()]
        return "\n".join([*starts, *above, lines.indented(node.col_offset, 0)])


def _place(placeholder: Placeholder) -> tuple[object, ...]:
    """Returns where a function takes a placeholder: those with a default last, then in the order of the program."""
    line = placeholder.call.lineno if placeholder.call else 0
    if isinstance(placeholder, Fed) and placeholder.item:
        line = placeholder.item.node.lineno
    path = tuple(map(str, placeholder.path)) if isinstance(placeholder, Element) else ()
    return placeholder.default is not None, line, path


def _is_sized(fed: Fed) -> bool:
    """Says whether it is known which sizes of a fed tensor are known before a run."""
    return fed.sizes is not None and ... not in fed.sizes and not isinstance(fed.of, State)


def _required(placeholders: Sequence[Placeholder]) -> int:
    """Returns how many placeholders have no default."""
    return sum(each.default is None for each in placeholders)


# Names of functions.


def run_name(labels: Mapping[Fetch, str], is_only_training: bool) -> str:
    """Returns a name for the function of a run, from what is fetched."""
    trains = [label for fetch, label in labels.items() if any(isinstance(each, TrainOp) for each in flat(fetch.value))]
    others = [label for fetch, label in labels.items() if not is_operation(fetch)]
    if trains:
        return "train_step" if is_only_training else _train_name(trains)
    if not others:
        return "_and_".join(labels.values()) or "run"
    return "compute_" + "_and_".join(others[:3])


def _train_name(labels: Sequence[str]) -> str:
    words = [word for label in labels for word in label.lower().split("_") if not _TRAIN_WORDS.match(word)]
    return "_".join(["train", *words]) if words else "train_step"
