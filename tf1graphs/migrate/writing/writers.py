"""Writes what becomes of writers of summaries, and of what a program writes with them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tf1graphs.migrate.calls import Definition
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.summaries import WRITERS
from tf1graphs.migrate.facts.symbols import argument
from tf1graphs.migrate.facts.values import Host, Summary, Writer
from tf1graphs.migrate.writing.summaries import Summaries
from tf1graphs.migrate.writing.texts import Texts, literal

# How the values of each kind are written.
_WRITES = {
    "scalars": "for tag, value in {values}.items():\n    tf.summary.scalar(tag, value)",
    "histograms": "for tag, value in {values}.items():\n    tf.summary.histogram(tag, value)",
    "images": (
        "for tag, images in {values}.items():\n"
        "    for number in range({most}):\n"
        "        if number < len(images):\n"
        "            tf.summary.image(tag.format(number), [images[number]])"
    ),
    "texts": "for tag, value in {values}.items():\n    tf.summary.text(tag, value)",
}
# The parameters of FileWriter in 1.15, and what they are for create_file_writer.
_PARAMETERS = ("logdir", "graph", "max_queue", "flush_secs", "graph_def", "filename_suffix")
_ARGUMENTS = {
    "logdir": "{}",
    "max_queue": "max_queue={}",
    "flush_secs": "flush_millis=1000 * {}",
    "filename_suffix": "filename_suffix={}",
}
_METHODS = ("add_summary", "add_graph", "flush", "close")


class Writers:
    """Writes the writers of one file.

    Attributes:
        shown: finds a function that a statement can call and whose graph shows the model best, or None.
    """

    def __init__(
        self, facts: Facts, texts: Texts, summaries: Summaries, shown: Callable[[ast.stmt], str | None]
    ) -> None:
        self.facts = facts
        self.texts = texts
        self.summaries = summaries
        self.shown = shown
        self._name = ""
        nodes = facts.source.nodes
        self._shows_there: set[ast.expr] = {node.value for node in nodes if isinstance(node, (ast.Assign, ast.Expr))}
        self._shows_there |= {node.context_expr for node in nodes if isinstance(node, ast.withitem)}

    # Expressions.

    def expression(self, node: ast.Call) -> str | None:
        """Returns what takes the place of a call that makes a writer or calls one; None for other calls."""
        if self.summaries.symbol(node) in WRITERS:
            return self._created(node)
        if self.summaries.symbol(node) == "tf.Summary":
            return self._by_hand(node)
        if not isinstance(node.func, ast.Attribute):
            return None
        owner = node.func.value
        if isinstance(self.facts.values.get(owner), Writer):
            return self._written(node, node.func)
        if node.func.attr == "add_summary":
            reason = "what it is called on is not known by reading"
            self.summaries.refuse(node, "add_summary", reason, "give the writer a name where it is used")
        if isinstance(owner, ast.Attribute) and (node.func.attr, owner.attr) == ("add", "value"):
            return self._added(node, owner.value) if self._is_by_hand(owner.value) else None
        return None

    def _is_by_hand(self, node: ast.expr) -> bool:
        return isinstance(self.facts.values.get(node), Summary)

    def _created(self, node: ast.Call) -> str:
        given = dict(zip(_PARAMETERS, node.args, strict=False))
        given |= {each.arg or "**": each.value for each in node.keywords}
        texts = []
        for parameter, each in given.items():
            if parameter in _ARGUMENTS and not self._is_none(each):
                texts.append(_ARGUMENTS[parameter].format(self.texts.text(each)))
            elif parameter not in ("graph", "graph_def") and not self._is_none(each):
                self.summaries.refuse(node, "FileWriter", f"its argument {parameter} is not migrated", "remove it")
        if self._shows(node) and node not in self._shows_there:
            self.summaries.refuse(node, "FileWriter", "the place for its graph is not known", "give it a name first")
        return f"{self.texts.tf}.summary.create_file_writer({', '.join(texts)})"

    def _written(self, node: ast.Call, method: ast.Attribute) -> str | None:
        if method.attr not in _METHODS:
            self.summaries.refuse(node, f"FileWriter.{method.attr}", "it is not migrated", "use tf.summary's writers")
        if method.attr == "add_graph" and node not in self.summaries.alone:
            self.summaries.refuse(node, "FileWriter.add_graph", "it is no statement", "write it as one")
        summary, step = argument(node, 0, "summary"), argument(node, 1, "global_step")
        if method.attr != "add_summary" or summary is None:
            return None
        site = self.facts.sites.get(summary) if isinstance(summary, ast.Call) else None
        if site is not None and self.summaries.written.writing(site):
            return self.texts.text(summary)
        if not self._name:
            self._name = self.texts.free("write_summaries")
        return f"{self._name}({self.texts.text(method.value)}, {self.texts.text(summary)}, {self._step(step)})"

    def _step(self, node: ast.expr | None) -> str:
        """Returns the tensor of a step: a function would be traced anew for each number."""
        tf = self.texts.tf
        if node is None or self._is_none(node):
            # Without a step 1.15 wrote step 0.
            return f"{tf}.constant(0, {tf}.int64)"
        convert = "constant" if isinstance(literal(None, node), int) else "cast"
        return f"{tf}.{convert}({self.texts.text(node)}, {tf}.int64)"

    # Summaries without a graph.

    def _by_hand(self, node: ast.Call) -> str | None:
        """Returns the values of ``tf.Summary(value=[tf.Summary.Value(tag=..., simple_value=...)])``."""
        values = argument(node, 0, "value")
        parts = values.elts if isinstance(values, (ast.List, ast.Tuple)) else []
        pairs = [pair for part in parts if isinstance(part, ast.Call) for pair in [self._pair(part)] if pair]
        if len(pairs) < len(parts) or len(node.args) + len(node.keywords) > bool(pairs):
            self.summaries.refuse(node, "tf.Summary", "only a list of tags with simple_value is migrated", "use one")
        self.summaries.used.setdefault("scalars", "scalars")
        return f'{{"scalars": {{{", ".join(f"{tag}: {value}" for tag, value in pairs)}}}}}'

    def _added(self, node: ast.Call, summary: ast.expr) -> str | None:
        """Returns what ``summary.value.add(tag=..., simple_value=...)`` becomes."""
        pair = self._pair(node)
        if pair is None or node not in self.summaries.alone:
            self.summaries.refuse(node, "Summary.value.add", "only tag and simple_value are migrated", "use them")
            return None
        return f'{self.texts.text(summary)}["scalars"][{pair[0]}] = {pair[1]}'

    def _pair(self, node: ast.Call) -> tuple[str, str] | None:
        """Returns a tag and its number, if a call gives these and nothing else."""
        tag, value = argument(node, None, "tag"), argument(node, None, "simple_value")
        if tag is None or value is None or len(node.args) + len(node.keywords) != 2:
            return None
        text, tf = self.texts.text(value), self.texts.tf
        is_float = isinstance(literal(None, value), float)
        return self.texts.text(tag), f"{tf}.constant({text})" if is_float else f"{tf}.cast({text}, {tf}.float32)"

    # Statements.

    def statement(self, node: ast.stmt) -> str | None:
        """Returns a statement that gives a writer a graph to show, or writes one; None for other statements."""
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and self._shows(node.value):
            target = self.facts.source.segment(node.targets[0])
            behind = self.facts.source.comment_behind(node)
            return "\n".join([f"{target} = {self.texts.text(node.value)}{behind}", *self._graph(target, node)])
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and self._shows(node.value):
            return "\n".join(self._graph(self.texts.text(node.value), node))
        method = node.value.func if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
        if not isinstance(method, ast.Attribute) or method.attr != "add_graph":
            return None
        if not isinstance(self.facts.values.get(method.value), Writer):
            return None
        return "\n".join(self._graph(self.texts.text(method.value), node))

    def _shows(self, node: ast.Call) -> bool:
        """Says whether a call makes a writer that is given a graph."""
        graph = argument(node, 1, "graph", "graph_def") if self.summaries.symbol(node) in WRITERS else None
        return graph is not None and not self._is_none(graph)

    def _graph(self, writer: str, node: ast.stmt) -> list[str]:
        """Returns the statements that write a graph; none if there is not yet one, when 1.15 wrote an empty one."""
        function = self.shown(node)
        return [f"with {writer}.as_default():", f"    {self._graph_call(function)}"] if function else []

    def _graph_call(self, function: str) -> str:
        return f"{self.texts.tf}.summary.graph({function}.get_concrete_function().graph)"

    def entered(self, part: ast.withitem, node: ast.With) -> tuple[str, list[str]] | None:
        """Returns a part of a ``with`` statement that enters a writer, and the statements that come first in it."""
        writer = part.context_expr
        if not isinstance(self.facts.values.get(writer), Writer):
            return None
        name = f" as {self.facts.source.segment(part.optional_vars)}" if part.optional_vars else ""
        function = self.shown(node) if isinstance(writer, ast.Call) and self._shows(writer) else None
        return f"{self.texts.text(writer)}.as_default(){name}", [self._graph_call(function)] if function else []

    # The function that writes.

    def definitions(self) -> Iterator[Definition]:
        """Yields the function that writes summaries, if the file needs it."""
        if self._name:
            kinds = [kind for kind in _WRITES if kind in self.summaries.used]
            # Numbers are alike, all else may come in many shapes.
            is_alike = kinds == ["scalars"]
            lines = [
                "@tf.function" if is_alike else "@tf.function(reduce_retracing=True)",
                f"def {self._name}(writer, summaries, step):",
                '    """Writes the values of summaries, by kind and tag, for TensorBoard."""',
                "    with writer.as_default(step=step):",
            ]
            for kind in kinds:
                values = f'summaries["{kind}"]' if len(kinds) == 1 else f'summaries.get("{kind}", {{}})'
                text = _WRITES[kind].replace("{values}", values).replace("{most}", str(self.summaries.most))
                lines += [f"        {line}" for line in text.split("\n")]
            yield Definition(self._name, "\n".join(lines) + "\n")

    def _is_none(self, node: ast.expr) -> bool:
        value = self.facts.values.get(node)
        return isinstance(value, Host) and value.literal is None
