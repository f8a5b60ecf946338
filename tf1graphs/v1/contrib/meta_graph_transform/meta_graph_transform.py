"""Applies the Graph Transform Tool to a ``MetaGraphDef``, whose parts stay in step.

Source: ``contrib/meta_graph_transform/meta_graph_transform.py`` of 1.15.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from tensorflow.core.framework import graph_pb2
from tensorflow.core.protobuf import meta_graph_pb2
from tensorflow.python.client import session as session_lib
from tensorflow.python.framework import convert_to_constants, importer, ops
from tensorflow.python.saved_model import constants
from tensorflow.python.training import saver as saver_lib
from tensorflow.python.util import compat

from tf1graphs.v1.tools import graph_transforms

__all__ = ["meta_graph_transform"]

_Names = dict[str, list[str]]
_Keys = ops.GraphKeys
_VARIABLES = (
    _Keys.GLOBAL_VARIABLES,
    _Keys.TRAINABLE_VARIABLES,
    _Keys.MOVING_AVERAGE_VARIABLES,
    _Keys.LOCAL_VARIABLES,
    _Keys.MODEL_VARIABLES,
)
# What initializes everything before a model is served, the newer key first.
_SHARED_INIT = (constants.MAIN_OP_KEY, constants.LEGACY_INIT_OP_KEY)
_SINGLE_OPS = (
    *_SHARED_INIT,
    _Keys.INIT_OP,
    _Keys.LOCAL_INIT_OP,
    _Keys.READY_OP,
    _Keys.READY_FOR_LOCAL_INIT_OP,
)
_NAME = re.compile(rb"[/\w]+")


def _collection(meta_graph: Any, key: str, kind: str) -> list[Any]:
    """Returns what is in a collection; one of another kind than ``kind`` is a ``ValueError``."""
    if key not in meta_graph.collection_def:
        return []
    values = list(getattr(meta_graph.collection_def[key], kind).value)
    if not values:
        raise ValueError(f"Collection {key} is present but type is not {kind}.")
    return values


def _protos(meta_graph: Any, key: str) -> list[Any]:
    kind = ops.get_collection_proto_type(key)
    return [kind.FromString(value) for value in _collection(meta_graph, key, "bytes_list")]


def _kept(meta_graph: Any) -> _Names:
    """Returns collection -> the names of the ops in it that save, restore and initialize, and are never removed."""
    found: _Names = {}
    savers = [meta_graph.saver_def] if meta_graph.HasField("saver_def") else []
    for saver in savers + _protos(meta_graph, _Keys.SAVERS):
        names = [saver.filename_tensor_name, saver.save_tensor_name, saver.restore_op_name]
        found.setdefault(_Keys.SAVERS, []).extend(names)
    for key in _VARIABLES:
        found[key] = [variable.initializer_name for variable in _protos(meta_graph, key)]
    for key in (_Keys.TABLE_INITIALIZERS, *_SINGLE_OPS):
        found[key] = _collection(meta_graph, key, "node_list")
        if key in _SINGLE_OPS and len(found[key]) > 1:
            raise ValueError(f"Collection {key} is has {len(found[key])} elements; expected exactly one.")
    return {key: names for key, names in found.items() if names}


def _shared_init(kept: _Names) -> str | None:
    return next((kept[key][0] for key in _SHARED_INIT if key in kept), None)


def _node(graph: Any, name: str | None) -> Any:
    return next((node for node in graph.node if node.name == name), None)


class _Transformation:
    """A graph on its way through the transforms, and the ops that are to stay in it."""

    def __init__(self, meta_graph: Any, inputs: Sequence[str], outputs: Sequence[str], checkpoint: str | None) -> None:
        self.graph = graph_pb2.GraphDef()
        self.graph.CopyFrom(meta_graph.graph_def)
        self.kept = _kept(meta_graph)
        self._saver = meta_graph.saver_def
        self._inputs, self._outputs, self._checkpoint = inputs, list(outputs), checkpoint

    def run(self, transforms: Sequence[str]) -> None:
        """Applies the transforms; those between two of this module's own go to the tool together."""
        own = {"freeze_graph": self._freeze, "sparsify_gather": self._sparsify}
        for is_own, group in itertools.groupby(transforms, own.__contains__):
            if not is_own:
                self._transform(list(group))
                continue
            for name in group:
                own[name]()

    def _transform(self, transforms: list[str]) -> None:
        outputs = self._outputs + sorted(itertools.chain(*self.kept.values()))
        self.graph = graph_transforms.TransformGraph(self.graph, self._inputs, outputs, transforms)

    def _freeze(self) -> None:
        """Makes constants of the variables; of the ops that were to stay, those that initialize tables do."""
        tables = self.kept.get(_Keys.TABLE_INITIALIZERS, [])
        outputs = [name.removeprefix("^").partition(":")[0] for name in self._outputs]
        with ops.Graph().as_default(), session_lib.Session() as session:
            importer.import_graph_def(self.graph, name="")
            saver_lib.Saver(saver_def=self._saver).restore(session, self._checkpoint)
            self.graph = convert_to_constants.convert_variables_to_constants(session, self.graph, outputs + tables)
        if tables:
            name = _shared_init(self.kept)
            if name is None:
                raise TypeError(
                    "No op initializes the tables of the frozen graph: there is neither a main op nor a legacy one"
                )
            self.graph.node.add(name=name, op="NoOp", input=[f"^{table}" for table in tables])
        stay = (_Keys.TABLE_INITIALIZERS, *_SHARED_INIT) if tables else ()
        self.kept = {key: names for key, names in self.kept.items() if key in stay}

    def _sparsify(self) -> None:
        """Makes tables of the variables that are gathered from, and initializes them with the others."""
        group = "sparify_gather_init_op"
        while _node(self.graph, group):
            group += "_1"
        before = {node.name for node in self.graph.node}
        checkpoint = f'input_checkpoint="{self._checkpoint}", ' if self._checkpoint else ""
        self._transform([f'sparsify_gather({checkpoint}group_init_node="{group}")'])
        removed = {re.sub(r"/part_[^/]*$", "", name) for name in before - {node.name for node in self.graph.node}}
        node = _node(self.graph, group)
        if node:
            added = [name.lstrip("^") for name in node.input]
            self.graph.node.remove(node)
            self.kept.setdefault(_Keys.TABLE_INITIALIZERS, []).extend(added)
            _node(self.graph, _shared_init(self.kept)).input.extend(f"^{name}" for name in added)
        for node in self.graph.node:
            if node.name.endswith("SaveV2"):
                _stop_saving(self.graph, node, removed)


def _stop_saving(graph: Any, save: Any, removed: Collection[str]) -> None:
    """Takes variables that were removed out of an op that saves, and out of the constants that it reads."""
    constants_of = [_node(graph, f"{save.name}/{part}") for part in ("tensor_names", "shape_and_slices")]
    rows = zip(
        *(node.attr["value"].tensor.string_val for node in constants_of), save.attr["dtypes"].list.type, strict=True
    )
    left = [row for row in rows if compat.as_str(row[0]) not in removed]
    save.attr["dtypes"].list.type[:] = [dtype for _, _, dtype in left]
    for place, node in enumerate(constants_of):
        tensor = node.attr["value"].tensor
        tensor.string_val[:] = [row[place] for row in left]
        tensor.tensor_shape.dim[0].size = len(left)
        shapes = node.attr["_output_shapes"].list
        if not shapes.shape:
            shapes.shape.add().dim.add()
        shapes.shape[0].dim[0].size = len(left)


def _is_removed(tensor: str, removed: Collection[str]) -> bool:
    return tensor.partition(":")[0] in removed


def _mentions(value: bytes, removed: Collection[str]) -> bool:
    """Whether a serialized message has the name of an op that was removed, alone or at the end of a longer one."""
    return any(name.endswith(each.encode()) for name in _NAME.findall(value) for each in removed)


def _pruned_collection(collection: Any, removed: Collection[str]) -> Any:
    """Returns a collection without what names an op that was removed."""
    pruned = meta_graph_pb2.CollectionDef()
    pruned.CopyFrom(collection)
    kind = collection.WhichOneof("kind")
    if kind == "any_list":
        left = [each for each in collection.any_list.value if not _mentions(each.value, removed)]
        del pruned.any_list.value[:]
        pruned.any_list.value.extend(left)
    elif kind == "bytes_list":
        pruned.bytes_list.value[:] = [each for each in collection.bytes_list.value if not _mentions(each, removed)]
    elif kind == "node_list":
        pruned.node_list.value[:] = [each for each in collection.node_list.value if not _is_removed(each, removed)]
    return pruned


def _tensors_of(signature: Any) -> Iterator[str]:
    for each in (*signature.inputs.values(), *signature.outputs.values()):
        yield each.name


def _copy_saver(base: Any, found: Any, removed: Collection[str]) -> None:
    saver = base.saver_def
    for name in (saver.filename_tensor_name, saver.save_tensor_name, saver.restore_op_name):
        if not name:
            raise ValueError("Tensor name should not be empty")
        if _is_removed(name, removed):
            raise ValueError(f"Expected Tensor, but it was removed: {name}")
    found.saver_def.CopyFrom(saver)


def meta_graph_transform(
    base_meta_graph_def: Any,
    input_names: Sequence[str],
    output_names: Sequence[str],
    transforms: Sequence[str],
    tags: Sequence[str],
    checkpoint_path: str | None = None,
) -> Any:
    """Returns a ``MetaGraphDef`` whose graph has been transformed, and whose collections and signatures fit it.

    Args:
        base_meta_graph_def: The ``MetaGraphDef``, which is left as it is.
        input_names: The names of the inputs.
        output_names: The names of the outputs.
        transforms: The transforms of the Graph Transform Tool, ``freeze_graph`` and ``sparsify_gather``, in order.
        tags: The tags of the new ``MetaGraphDef``.
        checkpoint_path: The checkpoint with the values of variables.

    Raises:
        ValueError: A collection is not of the kind that its key stands for, or an op that saves was removed.
    """
    transformation = _Transformation(base_meta_graph_def, input_names, output_names, checkpoint_path)
    transformation.run(transforms)
    found = meta_graph_pb2.MetaGraphDef(graph_def=transformation.graph, meta_info_def=base_meta_graph_def.meta_info_def)
    found.meta_info_def.tags[:] = tags
    removed = {node.name for node in base_meta_graph_def.graph_def.node} - {node.name for node in found.graph_def.node}
    # A frozen graph saves nothing.
    if "freeze_graph" not in transforms and base_meta_graph_def.HasField("saver_def"):
        _copy_saver(base_meta_graph_def, found, removed)
    for key, collection in base_meta_graph_def.collection_def.items():
        found.collection_def[key].CopyFrom(_pruned_collection(collection, removed))
    if _Keys.TABLE_INITIALIZERS in transformation.kept:
        tables = found.collection_def[_Keys.TABLE_INITIALIZERS].node_list.value
        tables.extend(sorted({*transformation.kept[_Keys.TABLE_INITIALIZERS]} - {*tables}))
    for key, signature in base_meta_graph_def.signature_def.items():
        if not any(not name or _is_removed(name, removed) for name in _tensors_of(signature)):
            found.signature_def[key].CopyFrom(signature)
    return found
