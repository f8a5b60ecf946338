"""Writes what becomes of summaries in functions: they return the values by kind and tag.

``tf.summary.scalar("cost", cost)`` becomes ``scalars["cost"] = cost``, and a function that was fetched summaries from
returns ``{"scalars": scalars}``. A function that writes them itself has ``tf.summary.scalar("cost", cost, step)``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.calls import Definition
from tf1graphs.migrate.facts import summaries
from tf1graphs.migrate.facts.items import Fetch, Item
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Function, Summary, Symbol, flat
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import Run
from tf1graphs.migrate.writing.tags import Tags
from tf1graphs.migrate.writing.texts import Texts, literal
from tf1graphs.migrate.writing.written import Written

# As the kernel of 1.15 does it: tensorflow/core/kernels/summary_image_op.cc, NormalizeFloatImage.
_PICTURES = Definition(
    "as_pictures",
    '''\
def as_pictures(images):
    """Returns images [batch, height, width, channels] as bytes; the largest number of each float image becomes 255.

    In an image with negative numbers 0 becomes 128 and the number farthest from 0 becomes 1 or 255.
    """
    if images.dtype == tf.uint8:
        return images
    lowest = tf.reduce_min(images, axis=[1, 2, 3], keepdims=True)
    largest = tf.reduce_max(tf.abs(images), axis=[1, 2, 3], keepdims=True)
    scale = tf.math.divide_no_nan(tf.where(lowest < 0, 127.0, 255.0), largest)
    return tf.cast(images * scale + tf.where(lowest < 0, 128.0, 0.0), tf.uint8)
''',
)
# What says no more of summaries than that they are some.
_WORDS = frozenset({"", "merge", "merged", "all", "op", "ops", "summary", "summaries", "summ", "s", "tf"})
_KINDS = tuple(dict.fromkeys(summaries.KINDS.values()))
# What writes a value of each kind within a function.
_WRITE = {"scalars": "scalar", "histograms": "histogram", "texts": "text"}
_ELSEWHERE = "write it with tf.summary where its value is known"
_UNKNOWN = ("the tag that 1.15 gives it is not known by reading", "give it a name that nothing else has")
_APART = ("it is made within another expression", "make it in its own statement")


class Summaries:
    """Writes the summaries of one file.

    Attributes:
        used: the names of the dicts with the values of each kind that the file has.
        most: how many images a summary shows at most.
        alone: the expressions that are statements.
    """

    def __init__(self, facts: Facts, texts: Texts, tags: Tags, written: Written) -> None:
        self.facts = facts
        self.texts = texts
        self.tags = tags
        self.written = written
        self._step: str | None = None
        self.used: dict[str, str] = {}
        self.most = 0
        self._fetched: set[ast.Call] = set()
        self._recorded: set[ast.Call] = set()
        self.alone = {node.value for node in facts.source.nodes if isinstance(node, ast.Expr)}

    def find(self, runs: Iterable[Run]) -> None:
        """Finds which summaries are ever fetched; of those that one call of a function makes, all or none can be."""
        made_by = {
            run: {pair for fetch in run.fetched for each in _fetched(fetch) for pair in each.made} for run in runs
        }
        self._recorded = {call for made in made_by.values() for call, _ in made}
        for run, made in made_by.items():
            helped = {(call, item) for item in run.items for call in item.helped & self._recorded}
            for call, _ in helped - made if made else ():
                self.refuse(call, self.symbol(call), "not all that its function makes is fetched", _ELSEWHERE)

    # Functions of the program that make summaries: they put them into dicts that they are given.

    def parameters(self, function: ast.FunctionDef) -> list[str]:
        """Returns the parameters that a function gets for its summaries."""
        names = [self.name(kind) for kind in self._kinds(self._made_in(function))]
        scope = self.tags.parameter(function) if names else None
        return [*names, scope] if scope else names

    def arguments(self, node: ast.Call) -> list[str]:
        """Returns the arguments that a call of a function gets for its summaries."""
        value = self.facts.values.get(node.func)
        function = value.node if isinstance(value, Function) else None
        if not isinstance(function, ast.FunctionDef):
            return []
        texts = {name: name for name in self.parameters(function)}
        scope = self.tags.parameter(function)
        if scope in texts:
            given = self.tags.argument(node, function)
            if given is None:
                self.refuse(node, function.name, *_UNKNOWN)
            texts[scope] = given or '""'
        return [f"{name}={text}" for name, text in texts.items()]

    def _made_in(self, function: ast.FunctionDef) -> Iterator[ast.Call]:
        return (call for call in self._recorded if function in self.tags.functions(call))

    def is_idle(self, node: ast.expr) -> bool:
        """Says whether a function makes a summary that is never fetched."""
        return isinstance(node, ast.Call) and bool(self.tags.functions(node)) and node not in self._recorded

    # A function that computes what a session was asked for.

    def label(self, node: ast.expr) -> str:
        """Returns what the name of a function says of the summaries that it computes."""
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        return "summaries" if _WORDS.issuperset(re.split(r"_|\d", name.lower())) else name

    def start(self, run: Run) -> list[str]:
        """Begins with the function of a run, and returns the statement that comes first if it computes summaries."""
        fetched = [each for fetch in run.fetched for each in _fetched(fetch)]
        if len(fetched) > 1:
            site = run.sites[0].node
            self.refuse(site, "Session.run", "it fetches several summaries", "merge them with tf.summary.merge")
        self._fetched = {call for each in fetched for call in each.calls}
        self._step = self.written.step(run)
        # Functions that make summaries need dicts for them even where these are not asked for.
        kinds = self._kinds((set() if self._step else self._fetched) | self._filled(run.items))
        names = ", ".join(map(self.name, kinds))
        return [f"{names} = {', '.join(['{}'] * len(kinds))}"] if kinds else []

    def filled(self, items: Iterable[Item]) -> list[str]:
        """Returns the names of the dicts that functions called in statements put summaries into."""
        return [self.name(kind) for kind in self._kinds(self._filled(items))]

    def _filled(self, items: Iterable[Item]) -> set[ast.Call]:
        return {call for item in items for call in item.helped} & self._recorded

    def result(self) -> str:
        """Returns the expression of the summaries that the function has computed."""
        return "{" + ", ".join(f'"{kind}": {self.name(kind)}' for kind in self._kinds(self._fetched)) + "}"

    def _kinds(self, calls: Iterable[ast.Call]) -> list[str]:
        found = {self._kind(call) for call in calls}
        return [kind for kind in _KINDS if kind in found]

    def name(self, kind: str) -> str:
        """Returns the name of the dict with the values of a kind."""
        if kind not in self.used:
            self.used[kind] = self.texts.free(kind)
        return self.used[kind]

    # Statements.

    def statements(self, item: Item) -> list[str] | None:
        """Returns what becomes of a statement that makes or merges summaries; None if it does something else."""
        node = item.node
        if item.is_local:
            return [] if isinstance(node, ast.Expr) and self.is_idle(node.value) else None
        if not isinstance(node, (ast.Assign, ast.Expr)):
            if not item.summaries <= self._fetched:
                self.refuse(node, "tf.summary", "not all that it makes is fetched", _APART[1])
            return None
        calls = [call for call in trees.walk(node.value) if isinstance(call, ast.Call) and call in item.summaries]
        if not calls and not isinstance(self.facts.values.get(node.value), Summary):
            return None
        if not self._is_summary(node.value) and not self._is_append(node.value):
            self.refuse(node, "tf.summary", *_APART)
        return [self._made(call) for call in calls if call in self._fetched]

    def _is_summary(self, node: ast.expr) -> bool:
        value = self.facts.values.get(node)
        return value is not None and all(isinstance(each, Summary) for each in flat(value))

    def _is_append(self, node: ast.expr) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("append", "extend")
            and self._is_summary(node.args[0])
        )

    def expression(self, node: ast.Call) -> str | None:
        """Returns what a call becomes that makes a summary within a loop or branch, or merges none; else None."""
        if self.is_empty(node):
            return "None"
        if self.symbol(node) not in summaries.KINDS:
            return None
        if node not in self.alone:
            self.refuse(node, self.symbol(node), *_APART)
        if self.is_idle(node):
            return "pass"
        return self._made(node)

    def is_empty(self, node: ast.expr) -> bool:
        """Says whether an expression merges all summaries, of which there are none."""
        is_merge = isinstance(node, ast.Call) and self.symbol(node) in summaries.MERGES_OF_ALL
        return is_merge and not isinstance(self.facts.values.get(node), Summary)

    def _made(self, node: ast.Call) -> str:
        """Returns the statement that takes the place of a call that makes a summary."""
        kind = self._kind(node)
        arguments = summaries.given(self.symbol(node), node)
        unknown = sorted(set(arguments) - {"name", "value", "collections", "family", "max_outputs"})
        if unknown or "value" not in arguments:
            reason = f"its argument {unknown[0]} is not migrated" if unknown else "it has no value"
            self.refuse(node, self.symbol(node), reason, _ELSEWHERE)
            return ""
        value, suffix = self.texts.text(arguments["value"]), ""
        if kind == "images":
            count = literal(None, arguments["max_outputs"]) if "max_outputs" in arguments else 3
            if not isinstance(count, int):
                self.refuse(node, self.symbol(node), "max_outputs is not a number", "write the number")
                return ""
            self.most = max(self.most, count)
            self.texts.needs[_PICTURES.name] = _PICTURES
            value = f"{_PICTURES.name}({_operand(arguments['value'], value)}[:{count}])"
            suffix = "/image" if count == 1 else "/image/{}"
        tag = self.tags.text(node, arguments.get("name"), suffix)
        if tag is None:
            self.refuse(node, self.symbol(node), *_UNKNOWN)
        if self._step and not self.tags.functions(node):
            return f"{self.texts.tf}.summary.{_WRITE[kind]}({tag}, {value}, {self._step})"
        return f"{self.name(kind)}[{tag}] = {value}"

    def _kind(self, node: ast.Call) -> str:
        return summaries.KINDS[self.symbol(node)]

    def symbol(self, node: ast.Call) -> str:
        """Returns the name of the symbol of TensorFlow that is called, or nothing."""
        value = self.facts.values.get(node.func)
        return value.name if isinstance(value, Symbol) else ""

    def refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        """Notes what keeps the program from being migrated."""
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]


def _fetched(fetch: Fetch) -> Iterator[Summary]:
    """Yields the summaries that a session is asked for."""
    return (each for each in flat(fetch.value) if isinstance(each, Summary))


def _operand(node: ast.expr, text: str) -> str:
    """Returns the text of an expression as one of which a part can be taken."""
    return text if isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)) else f"({text})"
