"""``tensorflow.tools.graph_transforms``: the Graph Transform Tool, which the binary still has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.core.framework import graph_pb2
from tensorflow.python.framework import errors_impl

__all__ = ["TransformGraph"]


def TransformGraph(
    input_graph_def: Any, inputs: Sequence[str], outputs: Sequence[str], transforms: Sequence[str]
) -> Any:
    """Returns a graph after transforms, such as ``fold_constants`` or ``strip_unused_nodes(type=float)``.

    Args:
        input_graph_def: The ``GraphDef``.
        inputs: The names of its inputs.
        outputs: The names of its outputs.
        transforms: The transforms and their parameters, in order.

    Raises:
        InvalidArgumentError: There is no such transform, or it does not fit the graph.
        RuntimeError: It fails.
    """
    # The binding comes with another binary, which takes time to load.
    from tensorflow.python.util import _pywrap_transform_graph

    parts = (",".join(inputs), ",".join(outputs), " ".join(transforms))
    try:
        transformed = _pywrap_transform_graph.TransformGraphWithStringInputs(
            input_graph_def.SerializeToString(), *(part.encode() for part in parts)
        )
    except ValueError as error:
        raise errors_impl.InvalidArgumentError(None, None, str(error)) from None
    return graph_pb2.GraphDef.FromString(transformed)
