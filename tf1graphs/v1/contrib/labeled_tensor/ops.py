"""``contrib.labeled_tensor.ops``: functions of labeled tensors that know their axes."""

from tf1graphs.v1.contrib.labeled_tensor._batches import batch, random_crop, shuffle_batch
from tf1graphs.v1.contrib.labeled_tensor._joining import boolean_mask, concat, pack, select, unpack, where
from tf1graphs.v1.contrib.labeled_tensor._mapping import foldl, map_fn
from tf1graphs.v1.contrib.labeled_tensor._products import REDUCTIONS, define_reduce_op, matmul
from tf1graphs.v1.contrib.labeled_tensor._reshaping import pad, rename_axis, reshape, squeeze, tile
from tf1graphs.v1.contrib.labeled_tensor._values import (
    cast,
    constant,
    ones_like,
    verify_tensor_all_finite,
    zeros_like,
)

__all__ = [
    "batch",
    "boolean_mask",
    "cast",
    "concat",
    "constant",
    "define_reduce_op",
    "foldl",
    "map_fn",
    "matmul",
    "ones_like",
    "pack",
    "pad",
    "random_crop",
    "rename_axis",
    "reshape",
    "select",
    "shuffle_batch",
    "squeeze",
    "tile",
    "unpack",
    "verify_tensor_all_finite",
    "where",
    "zeros_like",
]

globals().update(REDUCTIONS)
