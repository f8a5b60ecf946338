"""``tf.contrib.graph_editor.transform``: copies of parts of a graph, changed on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tensorflow.core.framework import node_def_pb2
from tensorflow.python.framework import ops as framework_ops
from tensorflow.python.framework import tensor as tensor_lib

from tf1graphs.v1.contrib.graph_editor import reroute, select, subgraph, util

__all__ = [
    "Transformer",
    "TransformerInfo",
    "assign_renamed_collections_handler",
    "copy",
    "copy_op_handler",
    "copy_with_input_replacements",
    "graph_replace",
    "keep_t_if_possible_handler",
    "replace_t_with_placeholder_handler",
    "transform_op_if_inside_handler",
]

_KNOWN_COLLECTIONS = frozenset(
    value for name, value in vars(framework_ops.GraphKeys).items() if name.isupper() and isinstance(value, str)
)


def replace_t_with_placeholder_handler(info: Any, t: Any) -> Any:
    """Returns a placeholder for a tensor, in the graph that is copied to."""
    with info.graph_.as_default():
        return util.make_placeholder_from_tensor(t, scope=info.scope_)


def keep_t_if_possible_handler(info: Any, t: Any) -> Any:
    """Returns the tensor itself, or a placeholder if it is of another graph."""
    return t if info.graph is info.graph_ else replace_t_with_placeholder_handler(info, t)


def assign_renamed_collections_handler(info: Any, elem: Any, elem_: Any) -> None:
    """Puts a copy into the collections of the original; those that TensorFlow does not know get the new scope."""
    for name, collection in info.collections.items():
        if any(elem is member for member in collection):
            info.graph_.add_to_collection(name if name in _KNOWN_COLLECTIONS else info.new_name(name), elem_)


def transform_op_if_inside_handler(info: Any, op: Any, keep_if_possible: bool = True) -> Any:
    """Returns the copy of an operation; of one that is not copied the operation itself, or None in another graph."""
    if op in info.ops:
        return info.transformed_ops[op]
    return op if keep_if_possible and info.graph is info.graph_ else None


def copy_op_handler(
    info: Any,
    op: Any,
    new_inputs: Any,
    copy_shape: bool = False,
    nodedef_fn: Callable[[Any], Any] | None = None,
) -> tuple[Any, list[Any]]:
    """Returns a copy of an operation on other inputs, and its outputs.

    Args:
        info: What the ``Transformer`` knows.
        op: The operation.
        new_inputs: The inputs of the copy.
        copy_shape: Whether the outputs get the static shapes of the original.
        nodedef_fn: Changes the ``NodeDef`` of the copy.

    Raises:
        TypeError: ``new_inputs`` are no inputs.
    """
    if isinstance(new_inputs, bool):
        raise TypeError("the `new_inputs` argument must be an iterable.")
    node = node_def_pb2.NodeDef()
    node.CopyFrom(op.node_def)
    node.name = info.graph_.unique_name(info.new_name(op.name))
    if nodedef_fn is not None:
        node = nodedef_fn(node)
    copied = framework_ops.Operation.from_node_def(
        node, info.graph_, list(new_inputs), control_inputs=[], input_types=op._input_types
    )
    if copy_shape:
        for output, output_ in zip(op.outputs, copied.outputs, strict=True):
            output_.set_shape(output.shape)
    return copied, copied.outputs


class _Progress:
    """What is being copied where, and what already is; the handlers of a ``Transformer`` get it."""

    def __init__(self, sgv: subgraph.SubGraphView, dst_graph: Any, dst_scope: str, src_scope: str) -> None:
        self.sgv, self.graph, self.graph_ = sgv, sgv.graph, dst_graph
        self.scope, self.scope_ = src_scope, dst_scope
        self.sgv_inputs_set, self.ops = frozenset(sgv.inputs), frozenset(sgv.ops)
        self.transformed_ops: dict[Any, Any] = {}
        self.transformed_ts: dict[Any, Any] = {}
        self.collections = {key: sgv.graph.get_collection(key) for key in sgv.graph.get_all_collection_keys()}
        self.tmp_cyclic_ts: list[tuple[Any, Any, Any]] = []

    def new_name(self, name: str) -> str:
        """Returns a name with the other scope; raises ``ValueError`` if it is not in the first."""
        if not name.startswith(self.scope):
            raise ValueError(f"{name} does not belong to source scope: {self.scope}.")
        return self.scope_ + name[len(self.scope) :]


class TransformerInfo:
    """Which operation and tensor became which."""

    def __init__(self, info: Any) -> None:
        self._ops, self._ts = info.transformed_ops, info.transformed_ts

    def _map(self, element: Any) -> dict[Any, Any]:
        if isinstance(element, framework_ops.Operation):
            return self._ops  # type: ignore[no-any-return]
        if isinstance(element, tensor_lib.Tensor):
            return self._ts  # type: ignore[no-any-return]
        raise TypeError(f"Expected a tf.Tensor or a tf.Operation, got a {type(element)}")

    def transformed(self, original: Any, missing_fn: Callable[[Any], Any] | None = None) -> Any:
        """Returns the copies of a tree of operations and tensors; ``missing_fn`` or None of what has none."""

        def find(element: Any) -> Any:
            found = self._map(element).get(element)
            return missing_fn(element) if found is None and missing_fn else found

        return util.transform_tree(original, find)

    def original(self, transformed: Any, missing_fn: Callable[[Any], Any] | None = None) -> Any:
        """Returns the originals of a tree of copies."""

        def find(element: Any) -> Any:
            for original, copied in self._map(element).items():
                if copied is element:
                    return original
            return missing_fn(element) if missing_fn else None

        return util.transform_tree(transformed, find)

    def __str__(self) -> str:
        lines = [f"  {op.name} => {op_.name}" for op, op_ in self._ops.items()]
        return "\n".join(["Transform result info:", "Operations mapping:", *lines, ""])


class Transformer:
    """Copies a view; its handlers, which can be replaced, say what becomes of each operation and tensor."""

    def __init__(self) -> None:
        self.transform_op_handler: Callable[..., Any] = copy_op_handler
        self.transform_control_input_handler: Callable[..., Any] = transform_op_if_inside_handler
        self.assign_collections_handler: Callable[..., Any] = assign_renamed_collections_handler
        self.transform_external_input_handler: Callable[..., Any] = replace_t_with_placeholder_handler
        self.transform_external_hidden_input_handler: Callable[..., Any] = keep_t_if_possible_handler
        self.transform_original_op_handler: Callable[..., Any] = transform_op_if_inside_handler

    def __call__(
        self, sgv: Any, dst_graph: Any, dst_scope: str, src_scope: str = "", reuse_dst_scope: bool = False
    ) -> tuple[subgraph.SubGraphView, TransformerInfo]:
        """Returns the view of the copy, and what became what.

        Args:
            sgv: What to copy.
            dst_graph: The graph to copy to.
            dst_scope: The scope of the copy, made unique.
            src_scope: What to take away from the names.
            reuse_dst_scope: Whether ``dst_scope`` is taken as it is.

        Raises:
            ValueError: A handler did not copy, or a name is not in ``src_scope``.
            TypeError: ``dst_graph`` is no graph.
        """
        view = subgraph.make_view(sgv)
        if not isinstance(dst_graph, framework_ops.Graph):
            raise TypeError(f"Expected a tf.Graph, got: {type(dst_graph)}")
        dst_scope = util.scope_finalize(dst_scope)
        if dst_scope and not reuse_dst_scope:
            dst_scope = util.scope_finalize(dst_graph.unique_name(dst_scope[:-1]))
        info = _Progress(view, dst_graph, dst_scope, util.scope_finalize(src_scope))
        self._copy_ops(info)
        for tensor, stand_in, consumer in info.tmp_cyclic_ts:
            consumer_ = info.transformed_ops[consumer]
            place = next(i for i, taken in enumerate(consumer_.inputs) if taken is stand_in)
            consumer_._update_input(place, info.transformed_ts[tensor])
        self._connect_control_inputs(info)
        return _view_of_copy(info), TransformerInfo(info)

    def _copy_ops(self, info: _Progress) -> None:
        order = {op: i for i, op in enumerate(info.graph.get_operations())}
        for op in sorted(info.sgv.ops, key=order.__getitem__):
            new_inputs = [self._transformed_t(info, tensor, op) for tensor in op.inputs]
            op_, outputs_ = self.transform_op_handler(info, op, new_inputs)
            if op is op_:
                raise ValueError("In-place transformation not allowed.")
            info.transformed_ops[op] = op_
            self.assign_collections_handler(info, op, op_)
            for output, output_ in zip(op.outputs, outputs_, strict=False):
                info.transformed_ts[output] = output_
                self.assign_collections_handler(info, output, output_)

    def _connect_control_inputs(self, info: _Progress) -> None:
        for op in info.sgv.ops:
            inputs = [self.transform_control_input_handler(info, each) for each in op.control_inputs]
            reroute.add_control_inputs(info.transformed_ops[op], [each for each in inputs if each is not None])

    def _transformed_t(self, info: _Progress, t: Any, consumer_op: Any) -> Any:
        if t in info.transformed_ts:
            return info.transformed_ts[t]
        if t in info.sgv_inputs_set:
            return self.transform_external_input_handler(info, t)
        if t.op not in info.ops:
            return self.transform_external_hidden_input_handler(info, t)
        # The tensor comes back from a later operation of a loop: something of its dtype stands in for it until then.
        if consumer_op.type == "Merge":
            stand_in = self._transformed_t(info, consumer_op.inputs[0], consumer_op)
        elif t.op.type == "Enter":
            stand_in = self._transformed_t(info, t.op.inputs[0], consumer_op)
        else:
            with info.graph_.as_default():
                stand_in = util.make_placeholder_from_tensor(t, scope=info.scope_, prefix="geph_tmp")
        info.tmp_cyclic_ts.append((t, stand_in, consumer_op))
        return stand_in


def _view_of_copy(info: _Progress) -> subgraph.SubGraphView:
    view = subgraph.SubGraphView(list(info.transformed_ops.values()))
    inputs = [info.transformed_ts.get(tensor) for tensor in info.sgv.inputs]
    outputs = [info.transformed_ts.get(tensor) for tensor in info.sgv.outputs]
    own_inputs, own_outputs = frozenset(view.inputs), frozenset(view.outputs)
    return view.remap(
        [tensor for tensor in inputs if tensor in own_inputs], [tensor for tensor in outputs if tensor in own_outputs]
    )


def copy(
    sgv: Any, dst_graph: Any = None, dst_scope: str = "", src_scope: str = "", reuse_dst_scope: bool = False
) -> tuple[subgraph.SubGraphView, TransformerInfo]:
    """Returns the view of a copy with placeholders for its inputs, and what became what; see ``Transformer``."""
    view = subgraph.make_view(sgv)
    return Transformer()(view, dst_graph or view.graph, dst_scope, src_scope, reuse_dst_scope)


def copy_with_input_replacements(
    sgv: Any,
    replacement_ts: Mapping[Any, Any],
    dst_graph: Any = None,
    dst_scope: str = "",
    src_scope: str = "",
    reuse_dst_scope: bool = False,
) -> tuple[subgraph.SubGraphView, TransformerInfo]:
    """Returns the view of a copy on other inputs, by original input, and what became what; see ``Transformer``."""
    view = subgraph.make_view(sgv)
    copier = Transformer()

    def replacement(info: Any, t: Any) -> Any:
        return replacement_ts[t] if t in replacement_ts else keep_t_if_possible_handler(info, t)

    copier.transform_external_input_handler = replacement
    return copier(view, dst_graph or view.graph, dst_scope, src_scope, reuse_dst_scope)


def _add_whole_loops(ops: list[Any], control_ios: util.ControlOutputs) -> None:
    contexts = dict.fromkeys(op._get_control_flow_context() for op in ops)
    for context in contexts:
        if context and context.IsWhileContext():
            enters = [tensor.op for tensor in context.loop_enters]
            exits = [tensor.op for tensor in context.loop_exits]
            util.concatenate_unique(ops, select.get_walks_intersection_ops(enters, exits, control_ios=control_ios))


def graph_replace(
    target_ts: Any,
    replacement_ts: Mapping[Any, Any],
    dst_scope: str = "",
    src_scope: str = "",
    reuse_dst_scope: bool = False,
) -> Any:
    """Returns a copy of target tensors that depends on other tensors.

    Args:
        target_ts: A tensor, or a tree of them.
        replacement_ts: The other tensors, by the tensors that they replace.
        dst_scope: The scope of the copy.
        src_scope: What to take away from the names.
        reuse_dst_scope: Whether ``dst_scope`` is taken as it is, and not made unique.

    Raises:
        ValueError: No target depends on what is replaced.
    """
    targets = util.flatten_tree(target_ts)
    graph = util.get_unique_graph(targets, check_types=tensor_lib.Tensor)
    control_ios = util.ControlOutputs(graph)
    ops = select.get_walks_intersection_ops(list(replacement_ts), targets, control_ios=control_ios)
    if not ops:
        raise ValueError("Targets and replacements are not connected!")
    _add_whole_loops(ops, control_ios)
    _, info = copy_with_input_replacements(ops, replacement_ts, None, dst_scope, src_scope, reuse_dst_scope)
    return info.transformed(target_ts, lambda original: original)
