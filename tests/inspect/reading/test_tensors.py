"""Values of ``TensorProto`` messages, as TensorFlow reads them; impossible sizes are refused before memory is taken."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
from tensorflow.python.framework import tensor_util

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import dtypes, protos, tensors

PLAIN = [
    *("float16", "float32", "float64", "int8", "int16", "int32", "int64"),
    *("uint8", "uint16", "uint32", "uint64", "complex64", "complex128"),
]
ARRAYS = [
    *(np.arange(6).reshape(2, 3).astype(name) for name in PLAIN),
    np.array([[True, False]]),
    np.arange(3).astype(ml_dtypes.bfloat16),
    np.array(2.5, np.float32),
    np.zeros((0, 4), np.int32),
    np.array([b"one", b"\x00two"], object),
]


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: f"{array.dtype}-{array.shape}")
def test_values_are_those_of_tensorflow(array: np.ndarray) -> None:
    written = tensor_util.make_tensor_proto(array).SerializeToString()
    values = tensors.to_array(protos.parse(protos.TensorProto, written, "file"), "file")
    assert values.dtype == array.dtype
    np.testing.assert_array_equal(values, array)


@pytest.mark.parametrize(
    ("field", "dtype", "value"),
    [
        ("float_val", "float32", 2.5),
        ("half_val", "float16", 16384),
        ("half_val", "bfloat16", 16384),
        ("int_val", "uint8", 7),
        ("bool_val", "bool", True),
        ("string_val", "string", b"x"),
    ],
)
def test_the_last_listed_value_fills_the_tensor(field: str, dtype: str, value: object) -> None:
    proto = protos.TensorProto(dtype=dtypes.number_of(dtype), **{field: [value]})
    proto.tensor_shape.dim.add(size=3)
    values = tensors.to_array(proto, "file")
    assert values.shape == (3,)
    assert values.tolist() == tensor_util.MakeNdarray(_of_tensorflow(proto)).tolist()


def _of_tensorflow(proto: object) -> object:
    from tensorflow.core.framework.tensor_pb2 import TensorProto

    return TensorProto.FromString(proto.SerializeToString())  # type: ignore[attr-defined]


def proto_of(sizes: list[int], **fields: object) -> object:
    proto = protos.TensorProto(**fields)
    for size in sizes:
        proto.tensor_shape.dim.add(size=size)
    return proto


REFUSED = {
    "more than a message can hold": proto_of([1 << 40], dtype=1, float_val=[0.0]),
    "of shape .2. and float32 has 4 bytes": proto_of([2], dtype=1, tensor_content=b"1234"),
    "of shape .1. has 2 values": proto_of([1], dtype=1, float_val=[1.0, 2.0]),
    "no complete shape": proto_of([-1], dtype=1, float_val=[1.0]),
    "dtype resource has no values": proto_of([], dtype=20),
    "dtype dtype 77 has no values": proto_of([], dtype=77),
    "values of another kind": proto_of([1], dtype=8, scomplex_val=[1.0, 2.0, 3.0]),
}


@pytest.mark.parametrize("problem", REFUSED)
def test_refusals_say_what_is_wrong(problem: str) -> None:
    with pytest.raises(InvalidFile, match=f"file: .*{problem}"):
        tensors.to_array(REFUSED[problem], "file")
