"""``tf.contrib.graph_editor.util``: lists of operations and tensors, placeholders, and control outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from tensorflow.python.framework import ops as framework_ops
from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.ops import array_ops, op_selector
from tensorflow.python.ops.op_selector import (
    check_graphs,
    concatenate_unique,
    get_consuming_ops,
    get_generating_ops,
    get_tensors,
    get_unique_graph,
    is_iterable,
    make_list_of_t,
)

__all__ = [
    "ControlOutputs",
    "ListView",
    "check_graphs",
    "concatenate_unique",
    "find_corresponding",
    "find_corresponding_elem",
    "flatten_tree",
    "get_consuming_ops",
    "get_generating_ops",
    "get_predefined_collection_names",
    "get_tensors",
    "get_unique_graph",
    "is_iterable",
    "make_list_of_op",
    "make_list_of_t",
    "make_placeholder_from_dtype_and_shape",
    "make_placeholder_from_tensor",
    "placeholder_name",
    "scope_basename",
    "scope_dirname",
    "scope_finalize",
    "transform_tree",
]


def make_list_of_op(ops: Any, check_graph: bool = True, allow_graph: bool = True, ignore_ts: bool = False) -> list[Any]:
    """Returns a list of the operations among ``ops``: one of them, several, or all of a graph.

    Args:
        ops: What to make a list of.
        check_graph: Whether all must be operations of one graph.
        allow_graph: Whether it may be a graph.
        ignore_ts: Whether tensors are left out, and not refused.

    Raises:
        TypeError: Something is no operation.
        ValueError: They are of different graphs.
    """
    found: list[Any] = op_selector.make_list_of_op(ops, check_graph, allow_graph, ignore_ts)
    return found


class ListView:
    """A list that cannot be changed through this view of it.

    Raises:
        TypeError: It is made of no list.
    """

    def __init__(self, list_: list[Any]) -> None:
        if not isinstance(list_, list):
            raise TypeError(f"Expected a list, got: {type(list_)}.")
        self._list = list_

    def __iter__(self) -> Iterator[Any]:
        return iter(self._list)

    def __len__(self) -> int:
        return len(self._list)

    def __getitem__(self, i: Any) -> Any:
        return self._list[i]

    def __add__(self, other: Iterable[Any]) -> list[Any]:
        return [*self._list, *other]


class ControlOutputs:
    """The operations that wait for each operation of a graph."""

    def __init__(self, graph: Any) -> None:
        if not isinstance(graph, framework_ops.Graph):
            raise TypeError(f"Expected a tf.Graph, got: {type(graph)}")
        self.graph = graph
        self._version: int | None = None
        self._waiting: dict[Any, list[Any]] = {}
        self.update()

    def update(self) -> ControlOutputs:
        """Looks again if the graph has grown, and returns itself."""
        if self._version != self.graph.version:
            self._version = self.graph.version
            self._waiting.clear()
            for op in self.graph.get_operations():
                for control_input in op.control_inputs:
                    concatenate_unique(self._waiting.setdefault(control_input, []), [op])
        return self

    def get_all(self) -> dict[Any, list[Any]]:
        """Returns a dictionary of all operations that are waited for."""
        return self._waiting

    def get(self, op: Any) -> Sequence[Any]:
        """Returns the operations that wait for ``op``."""
        return self._waiting.get(op, ())


def flatten_tree(tree: Any) -> list[Any]:
    """Returns the leaves of nested dictionaries and iterables."""
    if isinstance(tree, dict):
        tree = list(tree.values())
    return [leaf for child in tree for leaf in flatten_tree(child)] if is_iterable(tree) else [tree]


def transform_tree(tree: Any, fn: Callable[[Any], Any], iterable_type: Any = tuple) -> Any:
    """Returns nested dictionaries and iterables of the same types, with ``fn`` of each leaf.

    Iterables that are no sequences become ``iterable_type``.
    """
    if not is_iterable(tree):
        return fn(tree)
    if isinstance(tree, dict):
        return type(tree)((key, transform_tree(child, fn)) for key, child in tree.items())
    children = [transform_tree(child, fn) for child in tree]
    if hasattr(tree, "_asdict"):
        return type(tree)(*children)
    make: Any = type(tree) if isinstance(tree, Sequence) else iterable_type
    return make(children)


def scope_finalize(scope: str) -> str:
    """Returns a scope that ends with a slash, or is empty."""
    return scope if not scope or scope.endswith("/") else scope + "/"


def scope_dirname(scope: str) -> str:
    """Returns a scope up to its last slash, which is kept."""
    above, slash, _ = scope.rpartition("/")
    return above + slash


def scope_basename(scope: str) -> str:
    """Returns what stands behind the last slash of a scope."""
    return scope.rpartition("/")[2]


def get_predefined_collection_names() -> list[str]:
    """Returns the names of the collections in ``tf.GraphKeys``."""
    keys = framework_ops.GraphKeys
    return [getattr(keys, key) for key in dir(keys) if not key.startswith("_")]


def find_corresponding_elem(target: Any, dst_graph: Any, dst_scope: str = "", src_scope: str = "") -> Any:
    """Returns the operation or tensor of another graph that has the name of ``target``.

    Args:
        target: The operation or tensor.
        dst_graph: The other graph.
        dst_scope: The scope that it is in there.
        src_scope: The scope that ``target`` is in, which is taken off its name. (1.15 fails on any.)

    Raises:
        ValueError: ``target`` is not in ``src_scope``.
        TypeError: It is neither an operation nor a tensor.
        KeyError: There is none in the graph.
    """
    source = scope_finalize(src_scope)
    if not target.name.startswith(source):
        raise ValueError(f"{target.name} does not start with {source}")
    name = scope_finalize(dst_scope) + target.name[len(source) :]
    if isinstance(target, tensor_lib.Tensor):
        return dst_graph.get_tensor_by_name(name)
    if isinstance(target, framework_ops.Operation):
        return dst_graph.get_operation_by_name(name)
    raise TypeError(f"Expected tf.Tensor or tf.Operation, got: {type(target)}")


def find_corresponding(targets: Any, dst_graph: Any, dst_scope: str = "", src_scope: str = "") -> Any:
    """Returns nested operations and tensors of another graph; see ``find_corresponding_elem``."""
    return transform_tree(targets, lambda each: find_corresponding_elem(each, dst_graph, dst_scope, src_scope))


def placeholder_name(t: Any = None, scope: str | None = None, prefix: str = "geph") -> str:
    """Returns the name of a placeholder for the tensor ``t``, by default in the scope that ``t`` is in.

    Raises:
        TypeError: ``t`` is no tensor.
    """
    if t is None:
        return scope_finalize(scope or "") + prefix
    if not isinstance(t, tensor_lib.Tensor):
        raise TypeError(f"Expected a tf.Tensor, got: {type(t)}")
    own_scope, slash, name = str(t.op.name).rpartition("/")
    if not name.startswith(f"{prefix}__"):
        name = f"{prefix}__{name}_{t.value_index}"
    return (own_scope + slash if scope is None else scope_finalize(scope)) + name


def make_placeholder_from_tensor(t: Any, scope: str | None = None, prefix: str = "geph") -> Any:
    """Returns a placeholder of the dtype and shape of ``t``."""
    return array_ops.placeholder(dtype=t.dtype, shape=t.shape, name=placeholder_name(t, scope, prefix))


def make_placeholder_from_dtype_and_shape(
    dtype: Any, shape: Any = None, scope: str | None = None, prefix: str = "geph"
) -> Any:
    """Returns a placeholder, named ``prefix`` in ``scope``."""
    return array_ops.placeholder(dtype=dtype, shape=shape, name=placeholder_name(scope=scope, prefix=prefix))


def matching(items: Iterable[Any], test: Any) -> list[Any]:
    """Returns the items that a function accepts; all of them if it is True or None."""
    return [item for item in items if test is None or test is True or test(item)]
