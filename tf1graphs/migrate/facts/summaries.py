"""What calls stand for that make, merge and write summaries."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.values import Host, Stage, Summary, Symbol, Value, Writer, flat

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

# The summaries by what they show: the names of 1.15, and those of 0.x, which took the tag as it was given.
_KINDS = {
    "scalars": ("summary.scalar", "scalar_summary", "contrib.deprecated.scalar_summary"),
    "histograms": ("summary.histogram", "histogram_summary", "contrib.deprecated.histogram_summary"),
    "images": ("summary.image", "image_summary", "contrib.deprecated.image_summary"),
    "texts": ("summary.text",),
}
KINDS = {f"tf.{name}": kind for kind, names in _KINDS.items() for name in names}
_IS_OLD = re.compile(r"(^|\.)(scalar|histogram|image)_summary$")
_REMEDY = "make it where the graph is built"
# The parameters in 1.15, and in 0.x, where ``name`` was that of the op.
_PARAMETERS = {"images": ("name", "value", "max_outputs", "collections", "family")}
_OLD_PARAMETERS = {"images": ("name", "value", "max_outputs", "collections", "op")}
_COMMON = ("name", "value", "collections")
_SAME = {"tags": "name", "tag": "name", "tensor": "value", "values": "value", "max_images": "max_outputs"}


def given(name: str, node: ast.Call) -> dict[str, ast.expr]:
    """Returns the arguments of a call that makes a summary by what they say.

    Args:
        name: the symbol that is called.
        node: the call.

    Returns:
        ``name`` or the tag, ``value``, and ``max_outputs``, ``collections`` and ``family`` where they are given.
    """
    is_old = bool(_IS_OLD.search(name))
    own = (_OLD_PARAMETERS if is_old else _PARAMETERS).get(KINDS[name], (*_COMMON, "op" if is_old else "family"))
    keywords = {("op" if is_old and each.arg == "name" else each.arg or "**"): each.value for each in node.keywords}
    found = dict(zip(own, node.args, strict=False)) | {_SAME.get(key, key): each for key, each in keywords.items()}
    found.pop("op", None)
    return found


def made(self: Expressions, name: str, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what a call stands for that makes a summary, and notes its tag."""
    del values
    arguments = given(name, node)
    literal = _literal(self, arguments.get("name"))
    self.facts.tags.setdefault(node, []).append(_tag(self, name, literal, _literal(self, arguments.get("family"))))
    self.item.stage = Stage.LATER
    self.whole.stage = Stage.LATER
    self.whole.summaries.add(node)
    if self.scope is not self.owner.scope:
        reason = "a function that is called to compute something else makes it"
        self.refuse(node, name, reason if self.calling else "it is made within another expression", _REMEDY)
    elif any(isinstance(around, (ast.For, ast.While)) for around in self.around):
        self.refuse(node, name, "each round of a loop adds it to the graph", _REMEDY)
    collections = arguments.get("collections")
    if _literal(self, collections) is None:
        keys = [_DEFAULT]
    else:
        assert collections is not None
        elements = collections.elts if isinstance(collections, (ast.List, ast.Tuple, ast.Set)) else [collections]
        keys = [_key(self, each) for each in elements]
    for key in keys:
        self.collected.setdefault(key, {})[node] = self.whole
    return Summary(Stage.LATER, calls=frozenset({node}))


_DEFAULT = "summaries"


def _key(self: Expressions, node: ast.expr) -> str:
    """Returns what stands for a collection: its name, or its expression."""
    value = self.facts.values.get(node)
    if isinstance(value, Symbol) and value.name.endswith("GraphKeys.SUMMARIES"):
        return _DEFAULT
    literal = _literal(self, node)
    return literal if isinstance(literal, str) else self.source.segment(node)


def _literal(self: Expressions, node: ast.expr | None) -> Any:
    """Returns the literal value of an argument, ``...`` if it is none, or None if it is not given."""
    value = self.facts.values.get(node) if node is not None else Host(literal=None)
    return value.literal if isinstance(value, Host) else ...


def clean(name: str) -> str:
    """Returns a name as 1.15 makes a tag of it (``tensorflow/python/ops/summary_op_util.py``, ``clean_tag``)."""
    return re.sub(r"[^-/\w.]", "_", name, flags=re.ASCII).lstrip("/")


def _tag(self: Expressions, name: str, given_name: Any, family: Any) -> tuple[str, str] | None:
    """Returns the name that is given to a summary and its tag; None if that is not known."""
    if not isinstance(given_name, str) or not isinstance(family, str | None):
        return None
    if _IS_OLD.search(name):
        return given_name, given_name
    tag = self.names.tag(clean(given_name) if family is None else f"{clean(family)}/{clean(given_name)}")
    if tag is None:
        return None
    return given_name, tag if family is None else f"{clean(family)}/{tag}"


def merged(self: Expressions, name: str, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``merge`` stands for."""
    parts = list(flat(values[0])) if values else []
    if not parts or not all(isinstance(each, Summary) for each in parts):
        self.refuse(node, name, "what it merges is not known by reading", "write the summaries out")
    self.item.stage = Stage.LATER
    self.item.is_merge = syntax.is_whole(self.item.node, node) and not self.item.summaries
    return Summary(
        Stage.LATER, calls=frozenset(call for each in parts if isinstance(each, Summary) for call in each.calls)
    )


def merged_all(self: Expressions, name: str, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``merge_all`` stands for: it hangs on all summaries of a collection that there are."""
    del name, values
    key = syntax.argument(node, 0, "key")
    made = self.collected.get(_key(self, key) if key is not None else _DEFAULT, {})
    if not made:
        return Host(literal=None)
    self.item.stage = Stage.LATER
    self.item.reads |= set(made.values()) - {self.item}
    self.item.is_merge = syntax.is_whole(self.item.node, node)
    return Summary(Stage.LATER, calls=frozenset(made))


def _refused(self: Expressions, name: str, node: ast.Call, values: Sequence[Value]) -> Value:
    del values
    self.refuse(node, name, "it is not migrated", "write it with tf.summary where its value is known")
    return Summary(Stage.LATER)


WRITERS = frozenset({"tf.summary.FileWriter", "tf.train.SummaryWriter"})
MERGES_OF_ALL = frozenset({"tf.summary.merge_all", "tf.merge_all_summaries"})


Call = Callable[[Any, str, ast.Call, Sequence[Value]], Value]
CALLS: dict[str, Call] = {
    **dict.fromkeys(KINDS, made),
    **dict.fromkeys(("tf.summary.merge", "tf.merge_summary", "tf.contrib.deprecated.merge_summary"), merged),
    **dict.fromkeys(MERGES_OF_ALL, merged_all),
    **dict.fromkeys(WRITERS, lambda *_: Writer()),
    "tf.Summary": lambda *_: Summary(),
    **dict.fromkeys(("tf.summary.audio", "tf.audio_summary", "tf.summary.tensor_summary"), _refused),
}


# Methods of writers.


def _write(self: Expressions, owner: Value, node: ast.Call) -> Value:
    del owner
    self.arguments(node)
    return Host(literal=None)


def _same(self: Expressions, owner: Value, node: ast.Call) -> Value:
    self.arguments(node)
    return owner


METHODS: dict[str, Callable[[Any, Value, ast.Call], Value]] = {
    **dict.fromkeys(("add_summary", "add_graph", "flush", "close", "__exit__"), _write),
    "__enter__": _same,
}
