"""Shapes of what begins a graph: placeholders, constants, variables, random numbers, queues and iterators."""

from __future__ import annotations

from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.operation import Operation, ShapeRule, Unknown, merged
from tf1graphs.inspect.reading.tensors import shape_of

# Up to this version of graphs a placeholder of unknown shape was written as a scalar.
_SCALARS_UNKNOWN_UNTIL = 21


def _with_batch(operation: Operation, shape: Shape) -> Shape:
    if operation.batch is not None and shape and shape[0] is None:
        return (operation.batch, *shape[1:])
    return shape


def _placeholder(operation: Operation) -> list[Shape]:
    shape = attributes.shape(operation.proto, "shape")
    if shape == () and operation.proto.op == "Placeholder" and operation.producer <= _SCALARS_UNKNOWN_UNTIL:
        return [None]
    return [_with_batch(operation, shape)]


def _constant(operation: Operation) -> list[Shape]:
    attribute = operation.proto.attr.get("value")
    return [None if attribute is None else shape_of(attribute.tensor.tensor_shape)]


def _variable(operation: Operation) -> list[Shape]:
    shape = attributes.shape(operation.proto, "shape")
    # Of the first kind of variables, a scalar's shape cannot be told from an unknown one.
    return [None if shape == () and operation.proto.op == "Variable" else shape]


def _of_shape_input(operation: Operation) -> list[Shape]:
    return [operation.sizes(0)]


def _read_variable(operation: Operation) -> list[Shape]:
    (shape,) = operation.behind(0)
    return [shape]


def _resource_gather(operation: Operation) -> list[Shape]:
    (shape,) = operation.behind(0)
    if not shape or operation.integer("batch_dims"):
        raise Unknown
    return [(*operation.ranked(1), *shape[1:])]


def _assigned(operation: Operation) -> list[Shape]:
    return [merged(operation.shape(0), operation.shape(1))]


def _dequeued(operation: Operation) -> list[Shape]:
    return list(operation.behind(0))


def _dequeued_many(operation: Operation) -> list[Shape]:
    (count,) = operation.vector(1)
    return [None if shape is None else (count, *shape) for shape in operation.behind(0)]


def _dequeued_up_to(operation: Operation) -> list[Shape]:
    return [None if shape is None else (operation.batch, *shape) for shape in operation.behind(0)]


def _iterated(operation: Operation) -> list[Shape]:
    return [_with_batch(operation, shape) for shape in attributes.shapes(operation.proto, "output_shapes")]


def _as_stated(operation: Operation) -> list[Shape]:
    return list(attributes.shapes(operation.proto, "output_shapes"))


def _multinomial(operation: Operation) -> list[Shape]:
    (count,) = operation.vector(1)
    return [(operation.ranked(0, 2)[0], count)]


def _scalar(operation: Operation) -> list[Shape]:
    del operation
    return [()]


RULES: dict[str, ShapeRule] = {
    "Placeholder": _placeholder,
    "PlaceholderV2": _placeholder,
    "PlaceholderWithDefault": _placeholder,
    "Const": _constant,
    "Variable": _variable,
    "VariableV2": _variable,
    "TemporaryVariable": _variable,
    "ReadVariableOp": _read_variable,
    "ResourceGather": _resource_gather,
    "Assign": _assigned,
    "Multinomial": _multinomial,
    "QueueDequeueV2": _dequeued,
    "QueueDequeueManyV2": _dequeued_many,
    "QueueDequeueUpToV2": _dequeued_up_to,
    **dict.fromkeys(
        ("RandomUniform", "RandomStandardNormal", "TruncatedNormal", "RandomUniformInt", "ParameterizedTruncatedNormal")
        + ("StatelessRandomUniform", "StatelessRandomNormal", "StatelessTruncatedNormal", "Fill", "Empty"),
        _of_shape_input,
    ),
    **dict.fromkeys(("IteratorGetNext", "IteratorGetNextSync"), _iterated),
    **dict.fromkeys(("If", "StatelessIf", "While", "StatelessWhile", "DatasetToSingleElement"), _as_stated),
    **dict.fromkeys(
        ("VarHandleOp", "VarIsInitializedOp", "IsVariableInitialized", "FIFOQueueV2", "RandomShuffleQueueV2")
        + ("PaddingFIFOQueueV2", "PriorityQueueV2", "QueueSizeV2", "HashTableV2", "MutableHashTableV2", "IteratorV2")
        + ("ScalarSummary", "HistogramSummary", "ImageSummary", "AudioSummaryV2", "MergeSummary", "L2Loss", "Size")
        + ("Rank", "LoopCond", "TensorArraySizeV3", "TensorArrayWriteV3", "TensorArrayScatterV3", "TensorArraySplitV3"),
        _scalar,
    ),
}
