"""Ops that today's TensorFlow runs under another name, or no longer in graphs of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tf1graphs.convert.graphs.nodes import control_inputs, data_inputs
from tf1graphs.inspect.reading.protos import DataType, NodeDef

_LINEAR_ALGEBRA = ("Cholesky", "MatrixInverse", "MatrixSolve", "MatrixTriangularSolve", "MatrixDeterminant")
_BATCHED = (
    *_LINEAR_ALGEBRA,
    *("MatrixSolveLs", "SelfAdjointEigV2", "Svd", "MatrixDiag", "MatrixDiagPart", "MatrixBandPart", "MatrixSetDiag"),
    *("FFT", "FFT2D", "FFT3D", "IFFT", "IFFT2D", "IFFT3D"),
)
# Tables were references of dtype string; their second versions are resources.
_REFERENCES = (
    *("HashTable", "MutableHashTable", "MutableHashTableOfTensors", "MutableDenseHashTable"),
    *("InitializeTable", "InitializeTableFromTextFile", "LookupTableFind", "LookupTableSize", "LookupTableInsert"),
    *("LookupTableImport", "LookupTableExport"),
)
_RENAMED = {f"Batch{op}": op for op in _BATCHED} | {op: f"{op}V2" for op in _REFERENCES}


def modern(nodes: Iterable[Any]) -> list[Any]:
    """The nodes with today's ops in place of old ones that compute the same. The given nodes stay as they are."""
    return [new for node in nodes for new in _counterparts(node)]


def _counterparts(node: Any) -> Iterator[Any]:
    if node.op == "BatchNormWithGlobalNormalization":
        yield from _batch_norm(node)
    elif node.op in _RENAMED:
        new = NodeDef()
        new.CopyFrom(node)
        new.op = _RENAMED[node.op]
        yield new
    else:
        yield node


def _batch_norm(node: Any) -> Iterator[Any]:
    """``(t - m) * (rsqrt(v + variance_epsilon) * gamma) + beta``, as the op's documentation has it."""
    image, mean, variance, beta, gamma = map(str, data_inputs(node))
    controls = [f"^{name}" for name in control_inputs(node)]

    def op(part: str, kind: str, *inputs: str) -> Any:
        new = NodeDef(name=f"{node.name}/{part}" if part else node.name, op=kind, input=[*inputs, *controls])
        new.attr["T"].CopyFrom(node.attr["T"])
        return new

    epsilon = NodeDef(name=f"{node.name}/epsilon", op="Const", input=controls)
    epsilon.attr["dtype"].type = DataType.DT_FLOAT
    epsilon.attr["value"].tensor.dtype = DataType.DT_FLOAT
    epsilon.attr["value"].tensor.float_val.append(node.attr["variance_epsilon"].f)
    yield epsilon
    yield op("variance", "AddV2", variance, epsilon.name)
    yield op("rsqrt", "Rsqrt", f"{node.name}/variance")
    scale = f"{node.name}/rsqrt"
    if node.attr["scale_after_normalization"].b:
        yield op("scale", "Mul", scale, gamma)
        scale = f"{node.name}/scale"
    yield op("centered", "Sub", image, mean)
    yield op("scaled", "Mul", f"{node.name}/centered", scale)
    yield op("", "AddV2", f"{node.name}/scaled", beta)
