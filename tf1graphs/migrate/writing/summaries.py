"""Writes what becomes of summaries in functions: they return the values by kind and tag.

``tf.summary.scalar("cost", cost)`` becomes ``scalars["cost"] = cost``, and a function that was fetched summaries from
returns ``{"scalars": scalars}``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from tf1graphs.migrate.calls import Definition
from tf1graphs.migrate.facts import summaries
from tf1graphs.migrate.facts.items import Item
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Summary, Symbol, flat
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import Run
from tf1graphs.migrate.writing.texts import Texts, literal

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
_ELSEWHERE = "write it with tf.summary where its value is known"
_APART = ("it is made within another expression", "make it in its own statement")


class Summaries:
    """Writes the summaries of one file.

    Attributes:
        used: the names of the dicts with the values of each kind that the file has.
        alone: the expressions that are statements.
    """

    def __init__(self, facts: Facts, texts: Texts) -> None:
        self.facts = facts
        self.texts = texts
        self.used: dict[str, str] = {}
        self._fetched: frozenset[ast.Call] = frozenset()
        self.alone = {node.value for node in facts.source.nodes if isinstance(node, ast.Expr)}

    # A function that computes what a session was asked for.

    def label(self, node: ast.expr) -> str:
        """Returns what the name of a function says of the summaries that it computes."""
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        return "summaries" if _WORDS.issuperset(re.split(r"_|\d", name.lower())) else name

    def start(self, run: Run) -> list[str]:
        """Begins with the function of a run, and returns the statement that comes first if it computes summaries."""
        fetched = [each for fetch in run.fetched for each in flat(fetch.value) if isinstance(each, Summary)]
        if len(fetched) > 1:
            site = run.sites[0].node
            self.refuse(site, "Session.run", "it fetches several summaries", "merge them with tf.summary.merge")
        self._fetched = frozenset(call for each in fetched for call in each.calls)
        kinds = self._kinds()
        names = ", ".join(map(self.name, kinds))
        return [f"{names} = {', '.join(['{}'] * len(kinds))}"] if kinds else []

    def result(self) -> str:
        """Returns the expression of the summaries that the function has computed."""
        return "{" + ", ".join(f'"{kind}": {self.name(kind)}' for kind in self._kinds()) + "}"

    def _kinds(self) -> list[str]:
        found = {self._kind(call) for call in self._fetched}
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
        if not isinstance(node, (ast.Assign, ast.Expr)):
            if not item.summaries <= self._fetched:
                self.refuse(node, "tf.summary", "not all that it makes is fetched", _APART[1])
            return None
        calls = [call for call in ast.walk(node.value) if isinstance(call, ast.Call) and call in item.summaries]
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
            self.texts.needs[_PICTURES.name] = _PICTURES
            value = f"{_PICTURES.name}({_operand(arguments['value'], value)}[:{count}])"
            suffix = "/image" if count == 1 else "/image/{}"
        tag = self._tag(node, arguments.get("name"), suffix)
        if tag is None:
            reason = "the tag that 1.15 gives it is not known by reading"
            self.refuse(node, self.symbol(node), reason, "give it a name that nothing else has")
        return f"{self.name(kind)}[{tag}] = {value}"

    # Tags.

    def _tag(self, node: ast.Call, name: ast.expr | None, suffix: str) -> str | None:
        """Returns the expression of a tag; None if it is not known."""
        tags = self.facts.tags.get(node, [])
        known = [each for each in tags if each is not None]
        if name is None or not known or len(known) < len(tags):
            return None
        if len(set(known)) == 1:
            return _quoted(known[0][1] + suffix)
        ends = {_ends(*each) for each in known}
        text = self._in_loop(name, [each[0] for each in known])
        if len(dict(known)) < len(set(known)) or len(ends) > 1 or text is None:
            return None
        before, after = ends.pop()
        after = (after + suffix).replace("{", "{{").replace("}", "}}")
        return f'f"{before}{{{text}}}{after}"' if before or after else text

    def _in_loop(self, node: ast.expr, names: Sequence[str]) -> str | None:
        """Returns the text of a name that differs from round to round of a loop, as it is in a tag; None if unknown."""
        if not isinstance(node, ast.Attribute):
            return self.texts.text(node) if all(summaries.clean(name) == name for name in names) else None
        is_op = isinstance(node.value, ast.Attribute) and node.value.attr == "op"
        variable = node.value.value if isinstance(node.value, ast.Attribute) and is_op else node.value
        if not {name.removesuffix(":0") for name in names} <= set(self.facts.graph_names.values()):
            return None
        text = self.texts.text(variable)
        return f"{text}.name[:-2]" if is_op else f"{text}.name.replace(':', '_')"

    def _kind(self, node: ast.Call) -> str:
        return summaries.KINDS[self.symbol(node)]

    def symbol(self, node: ast.Call) -> str:
        """Returns the name of the symbol of TensorFlow that is called, or nothing."""
        value = self.facts.values.get(node.func)
        return value.name if isinstance(value, Symbol) else ""

    def refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        """Notes what keeps the program from being migrated."""
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]


def _operand(node: ast.expr, text: str) -> str:
    """Returns the text of an expression as one of which a part can be taken."""
    return text if isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)) else f"({text})"


def _ends(name: str, tag: str) -> tuple[str, str]:
    """Returns what a tag has before and behind the name that was given."""
    before, _, after = tag.rpartition(summaries.clean(name))
    return before, after


def _quoted(text: str) -> str:
    """Returns a string as Python writes it, in double quotes where it can."""
    return f'"{text}"' if text.isprintable() and not set(text) & {'"', "\\"} else repr(text)
