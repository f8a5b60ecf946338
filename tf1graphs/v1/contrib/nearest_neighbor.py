"""``tf.contrib.nearest_neighbor``: the buckets in which a point's neighbours may be, most likely ones first.

Source: Andoni and others, "Practical and Optimal LSH for Angular Distance", section 5,
https://arxiv.org/abs/1509.02897.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, gen_bitwise_ops, math_ops, nn_ops

from tf1graphs.v1._gone import UnsupportedError
from tf1graphs.v1._parity import counted_as

__all__ = ["hyperplane_lsh_probes"]

# All ways to flip the bits of a hash are compared: more than 2 to this power would not fit into memory.
_MOST_HYPERPLANES = 16


def hyperplane_lsh_probes(
    point_hyperplane_product: Any,
    num_tables: int,
    num_hyperplanes_per_table: int,
    num_probes: int,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Returns the hashes to look up and the tables to look in: first the point's own hash in each table.

    The others have bits flipped, those first for which the sum of the squared products of the flipped bits is least.
    TensorFlow 1.15 had a kernel for this.

    Args:
        point_hyperplane_product: Inner products of points and hyperplanes, float32 or float64
            [batch, num_tables * num_hyperplanes_per_table].
        num_tables: The number of tables.
        num_hyperplanes_per_table: The bits of a hash, a number.
        num_probes: How many to return.
        name: The name scope.

    Returns:
        The hashes and the tables, int32 [batch, num_probes].

    Raises:
        UnsupportedError: A table has more than 16 hyperplanes.
    """
    if num_hyperplanes_per_table > _MOST_HYPERPLANES:
        raise UnsupportedError(
            f"tf.contrib.nearest_neighbor.hyperplane_lsh_probes of {num_hyperplanes_per_table} hyperplanes is not "
            f"supported: its kernel is gone; use up to {_MOST_HYPERPLANES} hyperplanes and more tables"
        )
    with ops.name_scope(name, "HyperplaneLSHProbes", [point_hyperplane_product]):
        products = ops.convert_to_tensor(point_hyperplane_product, name="point_hyperplane_product")
        sizes = (num_tables, num_hyperplanes_per_table, num_probes)
        for size in sizes:
            constant_op.constant(size)
        found: tuple[Any, Any] = _probes(products, *sizes)
        return found


@counted_as(1)
def _probes(products: Any, num_tables: int, bits: int, num_probes: int) -> tuple[Any, Any]:
    by_table = array_ops.reshape(products, [-1, num_tables, bits])
    weights = 1 << np.arange(bits - 1, -1, -1)
    own = math_ops.reduce_sum(math_ops.cast(by_table >= 0, dtypes.int32) * weights.astype(np.int32), axis=2)
    flips = np.arange(1, 1 << bits)
    is_flipped = (flips[:, None] & weights > 0).astype(products.dtype.as_numpy_dtype)
    costs = math_ops.tensordot(math_ops.square(by_table), is_flipped.T, 1)
    costs = array_ops.reshape(costs, [-1, num_tables * len(flips)])
    _, order = nn_ops.top_k(-costs, max(num_probes - num_tables, 0))
    tables = math_ops.floordiv(order, len(flips))
    hashes = array_ops.gather(own, tables, batch_dims=1)
    flipped = gen_bitwise_ops.bitwise_xor(hashes, math_ops.floormod(order, len(flips)) + 1)
    first = array_ops.broadcast_to(math_ops.range(num_tables)[None, :], array_ops.shape(own))
    every_hash, every_table = array_ops.concat([own, flipped], 1), array_ops.concat([first, tables], 1)
    return every_hash[:, :num_probes], every_table[:, :num_probes]
