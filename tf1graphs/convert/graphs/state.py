"""What a converted graph keeps between calls: variables, tables and assets, as trackable objects of TensorFlow 2."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs import tables
from tf1graphs.convert.graphs.importing import action, function
from tf1graphs.convert.graphs.nodes import same
from tf1graphs.convert.graphs.programs import Program, program
from tf1graphs.inspect.graphs.nodes import Tensor
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.protos import GraphDef
from tf1graphs.inspect.reading.tensors import shape_of

# Tables of one process that have one name are one table.
_NUMBERS = itertools.count()


class State:
    """Variables, tables and assets of a graph.

    Attributes:
        root: the object to save; its attributes are the variables, by the parts of their names.
    """

    def __init__(self, graph_def: Any, assets: Mapping[Tensor, Path]) -> None:
        import tensorflow as tf

        self._graph_def = graph_def
        self._held: dict[tuple[str, str], Any] = {}
        self._assets = {tensor: tf.saved_model.Asset(str(path)) for tensor, path in assets.items()}
        self.root: Any = _holder()
        self.root.variables, self.root.trainable_variables = [], []
        self.root.assets, self.root.tables = list(self._assets.values()), []

    def add_variable(self, node: Any, *, trainable: bool) -> None:
        """Makes a variable of the shape that ``node`` declares. It has no memory: the file gets its values."""
        import tensorflow as tf
        from tensorflow.python.ops.resource_variable_ops import UninitializedVariable

        shape = tf.TensorShape(shape_of(node.attr["shape"].shape))
        dtype = tf.dtypes.as_dtype(dtypes.name_of(node.attr["dtype"].type))
        variable = UninitializedVariable(shape=shape, dtype=dtype, name=node.name, trainable=trainable)
        # TensorFlow saves no variable that was never assigned.
        tf.raw_ops.AssignVariableOp(resource=variable.handle, value=tf.zeros([0], dtype))
        self._held[same(node)] = variable
        self.root.variables.append(variable)
        if trainable:
            self.root.trainable_variables.append(variable)
        *scopes, name = node.name.split("/")
        holder = self.root
        for scope in scopes:
            holder = _child(holder, scope)
        setattr(holder, _free(holder, name), variable)

    def add_table(self, node: Any, contents: tuple[Any, Any] | None) -> None:
        """Makes a lookup table with its keys and values, else what the graph initializes it from; once."""
        if same(node) not in self._held:
            self.root.tables.append(self._table(node, contents))

    def handles(self, part: Program) -> dict[str, Any]:
        """What stands for tensors of a program: handles of its variables and tables, and paths of assets.

        Raises:
            CouldNotConvert: what fills a table takes a variable or a table that the outputs do not.
        """
        for name, node in part.state.items():
            if same(node) not in self._held:
                raise CouldNotConvert(
                    f"a lookup table is filled with what hangs on {name}: name tensors behind the table with --inputs"
                )
        found = {f"{name}:0": _handle(self._held[same(node)]) for name, node in part.state.items()}
        inside = {node.name for node in part.graph_def.node}
        paths = {str(tensor): asset.asset_path for tensor, asset in self._assets.items() if tensor.node in inside}
        return found | paths

    def _table(self, node: Any, contents: tuple[Any, Any] | None) -> Any:
        import tensorflow as tf

        named = GraphDef()
        named.CopyFrom(self._graph_def)
        for each in named.node:
            if each.name == node.name:
                each.attr["shared_name"].s = f"{node.name}_{next(_NUMBERS)}".encode()
        making = program(named, [], [Tensor(node.name, 0)], made_here={node.name})
        make = function(making, self.handles(making))

        class Table(tf.saved_model.experimental.TrackableResource):  # type: ignore[misc]
            """A lookup table that is made and filled when the SavedModel is loaded."""

            fill: Any = None

            def _create_resource(self) -> Any:
                return make()[0]

            def _initialize(self) -> None:
                if self.fill is not None:
                    self.fill()

        table = self._held[same(node)] = Table()
        filling = program(self._graph_def, [], targets=tables.initializers(self._graph_def.node, node))
        if contents is not None:
            table.fill = _import_of(table.resource_handle, *contents)
        elif filling.targets:
            table.fill = action(filling, self.handles(filling))
        return table


def _import_of(handle: Any, keys: Any, values: Any) -> Any:
    """A concrete function that replaces the contents of a table."""
    import tensorflow as tf

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def fill() -> None:
        tf.raw_ops.LookupTableImportV2(table_handle=handle, keys=tf.constant(keys), values=tf.constant(values))

    return fill.get_concrete_function()


def _handle(held: Any) -> Any:
    return held.handle if hasattr(held, "handle") else held.resource_handle


def _holder() -> Any:
    """An object whose attributes are saved; unlike those of a ``tf.Module`` they may have any name."""
    from tensorflow.python.trackable.autotrackable import AutoTrackable

    return AutoTrackable()


def _free(holder: Any, name: str) -> str:
    """``name``, with underscores behind it while ``holder`` has an attribute of that name."""
    while hasattr(holder, name):
        name += "_"
    return name


def _child(holder: Any, scope: str) -> Any:
    """The object that holds the variables of a name scope."""
    while hasattr(holder, scope) and type(getattr(holder, scope)) is not type(holder):
        scope += "_"
    if not hasattr(holder, scope):
        setattr(holder, scope, _holder())
    return getattr(holder, scope)
