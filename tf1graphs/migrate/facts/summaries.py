"""What calls stand for that make, merge and write summaries."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Frame
from tf1graphs.migrate.facts.program import Step, Tag
from tf1graphs.migrate.facts.scopes import Scope
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
    tag = _tag(self, name, literal, _literal(self, arguments.get("family")))
    self.facts.tags.setdefault(node, []).append(tag)
    self.item.stage = Stage.LATER
    self.whole.stage = Stage.LATER
    (self.whole.helped if self.frames else self.whole.summaries).add(node)
    if len(tag.path) < len(self.frames):
        self.refuse(
            node, name, "the function that makes it is decorated or handed on, or not called in this file", _REMEDY
        )
    elif self.scope is not (self.frames[-1].scope if self.frames else self.owner.scope):
        self.refuse(node, name, "it is made within another expression", _REMEDY)
    if any(isinstance(around, (ast.For, ast.While)) for around in self.around):
        self.refuse(node, name, "each round of a loop adds it to the graph", _REMEDY)
    collections = arguments.get("collections")
    if _literal(self, collections) is None:
        keys = [_DEFAULT]
    else:
        assert collections is not None
        elements = collections.elts if isinstance(collections, (ast.List, ast.Tuple, ast.Set)) else [collections]
        keys = [_key(self, each) for each in elements]
    for key in keys:
        self.collected[key] = self.collected.get(key, frozenset()) | {(node, self.whole)}
    return Summary(Stage.LATER, made=frozenset({(node, self.whole)}))


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


def _tag(self: Expressions, name: str, given_name: Any, family: Any) -> Tag:
    """Returns the tag of a summary."""
    path = _path(self.frames)
    if not isinstance(given_name, str) or not isinstance(family, str | None):
        return Tag(None, "", path)
    if _IS_OLD.search(name):
        return Tag(given_name, given_name, path)
    tag = self.names.tag(clean(given_name) if family is None else f"{clean(family)}/{clean(given_name)}")
    if tag is None:
        return Tag(None, "", path)
    return Tag(given_name, tag if family is None else f"{clean(family)}/{tag}", path)


def _path(frames: Sequence[Frame]) -> tuple[Step, ...]:
    """Returns calls and the functions they call, those alone that can be given more arguments."""
    return tuple(
        Step(frame.call, frame.function, frozenset(_literals(frame.function, frame.scope)))
        for frame in frames
        if frame.call is not None and isinstance(frame.function, ast.FunctionDef)
        if not frame.function.decorator_list and _last(frame.call.func) == frame.function.name
    )


def _last(node: ast.expr) -> str:
    """Returns the last name of a dotted one."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _literals(function: ast.FunctionDef, scope: Scope) -> Iterator[tuple[str, str]]:
    """Yields the parameters of a function that are strings and stay what they are."""
    names = {each.arg for each in function.args.args} - syntax.stored(function)
    for name in names & set(scope.bound):
        value = scope.bound[name].value
        if isinstance(value, Host) and isinstance(value.literal, str):
            yield name, value.literal


def merged(self: Expressions, name: str, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``merge`` stands for."""
    parts = list(flat(values[0])) if values else []
    if not parts or not all(isinstance(each, Summary) for each in parts):
        self.refuse(node, name, "what it merges is not known by reading", "write the summaries out")
    self.item.stage = Stage.LATER
    self.item.is_merge = syntax.is_whole(self.item.node, node) and not self.item.summaries
    made = frozenset(pair for each in parts if isinstance(each, Summary) for pair in each.made)
    return Summary(Stage.LATER, made=made)


def merged_all(self: Expressions, name: str, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``merge_all`` stands for: it hangs on all summaries of a collection that there are."""
    del name, values
    key = syntax.argument(node, 0, "key")
    made = self.collected.get(_key(self, key) if key is not None else _DEFAULT, frozenset())
    if not made:
        return Host(literal=None)
    self.item.stage = Stage.LATER
    self.item.reads |= {item for _, item in made} - {self.item}
    self.item.is_merge = syntax.is_whole(self.item.node, node)
    return Summary(Stage.LATER, made=made)


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
