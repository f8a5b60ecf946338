"""``tf.contrib.libsvm``: reads the text format of LIBSVM, ``label index:value index:value ...``.

Source of the format: https://www.csie.ntu.edu.tw/~cjlin/libsvm/.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops, sparse_tensor
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, math_ops, parsing_ops, string_ops

from tf1graphs.v1._parity import counted_as

__all__ = ["decode_libsvm"]


def decode_libsvm(content: Any, num_features: int, dtype: Any = None, label_dtype: Any = None) -> tuple[Any, Any]:
    """Returns the features and the labels of lines. TensorFlow 1.15 had a kernel for this.

    Args:
        content: Lines, a string of any shape.
        num_features: The number of features, at least 1.
        dtype: Of the values, float32 without it.
        label_dtype: Of the labels, int64 without it.

    Returns:
        A ``SparseTensor`` with the shape of ``content`` and ``num_features`` behind it, and the labels, with the shape
        of ``content``.

    Raises:
        ValueError: ``num_features`` is less than 1.
        InvalidArgumentError: In the run, if a line does not have the format. An index above ``num_features`` is taken.
    """
    if num_features < 1:
        raise ValueError(f"Attr 'num_features' of 'DecodeLibsvm' Op passed {num_features} less than minimum 1.")
    lines = ops.convert_to_tensor(content, dtype=dtypes.string, name="input")
    decoded: tuple[Any, Any] = _decoded(lines, num_features, dtype or dtypes.float32, label_dtype or dtypes.int64)
    return decoded


@counted_as(1)
def _decoded(lines: Any, num_features: int, dtype: Any, label_dtype: Any) -> tuple[Any, Any]:
    with ops.name_scope("DecodeLibsvm"):
        shape = array_ops.shape(lines, out_type=dtypes.int64)
        flat = array_ops.reshape(lines, [-1])
        words = string_ops.string_split(string_ops.string_strip(flat))
        is_label = math_ops.equal(words.indices[:, 1], 0)
        first = array_ops.boolean_mask(words.values, is_label)
        # Counted from values: of two sizes TensorFlow 2.16 takes it that they are equal, and drops the check.
        found = math_ops.reduce_sum(math_ops.cast(is_label, dtypes.int32))
        every = check_ops.assert_equal(found, array_ops.size(flat), message="No label in a line")
        with ops.control_dependencies([every]):
            labels = array_ops.reshape(_number(first, label_dtype), shape)
        labels.set_shape(lines.get_shape())
        is_feature = math_ops.logical_not(is_label)
        pairs = string_ops.string_split(array_ops.boolean_mask(words.values, is_feature), ":", skip_empty=False)
        rows = array_ops.boolean_mask(words.indices[:, 0], is_feature)
        two = check_ops.assert_equal(
            array_ops.size(pairs.values), 2 * array_ops.size(rows), message="A feature is not index:value"
        )
        with ops.control_dependencies([two]):
            parts = array_ops.reshape(pairs.values, [-1, 2])
        columns = _number(parts[:, 0], dtypes.int64)
        positive = check_ops.assert_non_negative(columns, message="The index of a feature is negative")
        with ops.control_dependencies([positive]):
            places = math_ops.cast(array_ops.transpose(array_ops.unravel_index(rows, shape)), dtypes.int64)
        indices = array_ops.concat([places, columns[:, None]], axis=1)
        dense_shape = array_ops.concat([shape, [num_features]], axis=0)
        # One kernel refused a line whatever was fetched of it; so do the checks here, but not the words that are no
        # numbers, which are parsed where they are asked for.
        labels, indices, values = control_flow_ops.tuple([labels, indices, _number(parts[:, 1], dtype)])
        return sparse_tensor.SparseTensor(indices, values, dense_shape), labels


def _number(text: Any, dtype: Any) -> Any:
    return parsing_ops.string_to_number(text, out_type=dtype)
