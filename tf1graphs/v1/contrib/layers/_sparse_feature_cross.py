"""Crosses of sparse features, with the hashes of 1.15."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, dtypes, sparse_tensor, tensor
from tensorflow.python.ops import array_ops, bitwise_ops, gen_sparse_ops, math_ops, string_ops

SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY = 0xDECAFCAFFE
_GOLDEN_RATIO = 0x9E3779B97F4A7800 - 2**64
_SEPARATOR = "_X_"


def sparse_feature_cross(
    inputs: list[Any],
    hashed_output: bool = False,
    num_buckets: int = 0,
    name: str | None = None,
    hash_key: int | None = None,
) -> Any:
    """Crosses every feature of a row with every feature of the same row of all other inputs.

    Args:
        inputs: sparse or dense tensors ``[batch, features]`` of strings or integers.
        hashed_output: whether to give numbers; otherwise the features are joined by ``_X_``.
        num_buckets: numbers are smaller than it; 0 is 2 ** 63 - 1.
        name: name of the op.
        hash_key: joins fingerprints by ``FingerprintCat64`` from this key, as today's TensorFlow does; without it
            they are joined by the older rule of ``HashCombine`` in
            ``tensorflow/contrib/layers/kernels/sparse_feature_cross_kernel.cc``.

    Returns:
        A sparse tensor ``[batch, crosses]``, int64 or string.

    Raises:
        TypeError: ``inputs`` is no list of tensors.
    """
    if not isinstance(inputs, list):
        raise TypeError(f"inputs are a list of tensors, not {type(inputs).__name__}")
    if not all(isinstance(part, (sparse_tensor.SparseTensor, tensor.Tensor)) for part in inputs):
        raise TypeError("inputs are sparse or dense tensors")
    # The op takes sparse inputs first, and crosses are built in this order.
    sparse = [_without_small_integers(part) for part in inputs if isinstance(part, sparse_tensor.SparseTensor)]
    dense = [_without_small_integers(part) for part in inputs if not isinstance(part, sparse_tensor.SparseTensor)]
    if hashed_output and not hash_key:
        return _crossed_by_old_hash(sparse, dense, num_buckets, name)
    return _cross(sparse, dense, hashed_output, num_buckets, hash_key or 0, name)


def _without_small_integers(part: Any) -> Any:
    return part if part.dtype == dtypes.string else math_ops.cast(part, dtypes.int64)


def _cross(
    sparse: list[Any], dense: list[Any], hashed: bool, num_buckets: int, hash_key: int, name: str | None = None
) -> Any:
    is_integer = any(part.dtype != dtypes.string for part in sparse + dense)
    indices, values, shape = gen_sparse_ops.sparse_cross(
        [part.indices for part in sparse],
        [part.values for part in sparse],
        [part.dense_shape for part in sparse],
        dense,
        hashed,
        num_buckets,
        hash_key,
        out_type=dtypes.int64 if hashed else dtypes.string,
        internal_type=dtypes.int64 if is_integer else dtypes.string,
        name=name,
    )
    return sparse_tensor.SparseTensor(indices, values, shape)


def _crossed_by_old_hash(sparse: list[Any], dense: list[Any], num_buckets: int, name: str | None) -> Any:
    """Crosses the positions of the features in their inputs, then combines the hashes found there."""
    flat = [part.values for part in sparse] + [array_ops.reshape(part, [-1]) for part in dense]
    positions = [string_ops.as_string(math_ops.range(array_ops.size(values))) for values in flat]
    crossed = _cross(
        [
            sparse_tensor.SparseTensor(part.indices, position, part.dense_shape)
            for part, position in zip(sparse, positions, strict=False)
        ],
        [
            array_ops.reshape(position, array_ops.shape(part))
            for part, position in zip(dense, positions[len(sparse) :], strict=True)
        ],
        hashed=False,
        num_buckets=0,
        hash_key=0,
    )
    split = string_ops.string_split_v2(crossed.values, _SEPARATOR).values if len(flat) > 1 else crossed.values
    chosen = array_ops.reshape(string_ops.string_to_number(split, dtypes.int64), [-1, len(flat)])
    combined = array_ops.fill([array_ops.shape(chosen)[0]], _int64(SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY))
    for column, values in enumerate(flat):
        combined = _combined(combined, array_ops.gather(_hashes(values), chosen[:, column]))
    buckets = math_ops.cast(num_buckets or dtypes.int64.max, dtypes.uint64)
    unsigned = math_ops.floormod(array_ops.bitcast(combined, dtypes.uint64), buckets)
    return sparse_tensor.SparseTensor(
        crossed.indices, math_ops.cast(unsigned, dtypes.int64, name=name), crossed.dense_shape
    )


def _hashes(values: Any) -> Any:
    if values.dtype != dtypes.string:
        return values
    return array_ops.bitcast(array_ops.fingerprint(values), dtypes.int64)


def _combined(a: Any, b: Any) -> Any:
    """Returns ``HashCombine(a, b)``, whose right shift keeps the sign."""
    shifted = bitwise_ops.left_shift(a, _int64(10)) + bitwise_ops.right_shift(a, _int64(4))
    return bitwise_ops.bitwise_xor(a, b + _int64(_GOLDEN_RATIO) + shifted)


def _int64(value: int) -> Any:
    return constant_op.constant(value, dtypes.int64)
