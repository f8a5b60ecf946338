"""Makes TensorFlow's own functions build as many ops as in 1.15, and where it is simple the very same.

Source: the functions of these names in 1.15.5; ``tests/v1/test_op_parity.py`` compares counts with its recorded ones.
"""

from __future__ import annotations

import functools
import numbers
from collections.abc import Sequence
from typing import Any

import numpy as np
from tensorflow.python.data.ops import dataset_ops
from tensorflow.python.framework import (
    constant_op,
    dtypes,
    op_def_library,
    op_def_registry,
    ops,
    sparse_tensor,
    tensor_util,
)
from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.ops import (
    array_ops,
    confusion_matrix,
    control_flow_ops,
    embedding_ops,
    gen_math_ops,
    gen_sparse_ops,
    image_ops_impl,
    math_ops,
    nn_impl,
    nn_ops,
    parsing_config,
    parsing_ops,
    random_ops,
    resource_variable_ops,
    sparse_ops,
    tensor_array_ops,
    variables,
)

from tf1graphs.v1 import _op_count
from tf1graphs.v1._parity import NOTHING_NEW, Function, counted, in_graphs, over


def _random_uniform(original: Function) -> Function:
    def random_uniform(
        shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = "float32", *rest: Any, **more: Any
    ) -> Any:
        dtype = dtypes.as_dtype(dtype)
        if not dtype.is_integer:
            # Python integers would take the short way that 1.15 had not.
            minval = float(minval) if isinstance(minval, int) else minval
            maxval = 1.0 if maxval is None else float(maxval) if isinstance(maxval, int) else maxval
        return original(shape, minval, maxval, dtype, *rest, **more)

    return random_uniform


def _dropout(original: Function) -> Function:
    def dropout(x: Any, rate: Any, noise_shape: Any = None, seed: Any = None, name: Any = None) -> Any:
        """Keeps an element where a uniform number in [0, 1) is not below ``rate``, scaled by 1 / (1 - rate)."""
        is_number = isinstance(rate, numbers.Real)
        x = ops.convert_to_tensor(x, name="x")
        if not x.dtype.is_floating or (is_number and not 0 <= rate < 1):
            return original(x, rate, noise_shape, seed, name)
        with ops.name_scope(name, "dropout", [x]):
            if is_number and rate == 0:
                return x
            rate = ops.convert_to_tensor(rate, dtype=x.dtype, name="rate")
            rate.shape.assert_has_rank(0)
            if tensor_util.constant_value(rate) == 0:
                return x
            drawn = random_ops.random_uniform(nn_ops._get_noise_shape(x, noise_shape), seed=seed, dtype=x.dtype)
            scale = 1 / (1 - rate)
            kept = drawn >= rate
            result = x * scale * math_ops.cast(kept, x.dtype)
            result.set_shape(x.shape)
            return result

    return dropout


def _split(original: Function) -> Function:
    def split(value: Any, num_or_size_splits: Any, axis: Any = 0, num: Any = None, name: str = "split") -> Any:
        if isinstance(num_or_size_splits, numbers.Integral):
            ops.convert_to_tensor(num_or_size_splits)
        return original(value, num_or_size_splits, axis, num, name)

    return split


def _linspace(original: Function) -> Function:
    def linspace(start: Any, stop: Any, num: Any, name: Any = None, axis: int = 0) -> Any:
        return gen_math_ops.lin_space(start, stop, num, name=name)

    return linspace


def _reduction_dims(original: Function) -> Function:
    def reduction_dims(x: Any, axis: Any) -> Any:
        """Gives a scalar the constant of no axes, and asks a variable for its rank; today it is the other way round."""
        if axis is None and isinstance(x, variables.Variable):
            return math_ops.range(0, array_ops.rank(x))
        if axis is None and isinstance(x, tensor_lib.Tensor) and x.shape.rank == 0:
            return constant_op.constant([], dtypes.int32)
        return original(x, axis)

    return reduction_dims


def _is_known_tensor(array: Any, name: Any = None) -> int:
    """Returns 1 if a TensorArray has its size as a tensor, which 1.15 asked the array's resource for all the same."""
    return int(not array._dynamic_size and isinstance(array._size, tensor_lib.Tensor))


def _asked_size(array: Any, name: Any = None) -> int:
    """Takes away what a TensorArray's size counts, which today's ``concat`` asks for where it knows the shape."""
    return -int(array._infer_shape and array.element_shape.rank is not None)


def _size_test(shape: Any, *arguments: Any, **options: Any) -> int:
    """Returns the ops of ``np.prod(shape) < 1000``, which 1.15 tried on a list with tensors in it."""
    if not isinstance(shape, (list, tuple)) or not any(isinstance(size, tensor_lib.Tensor) for size in shape):
        return 0
    made = len(("y", "Less"))
    product_is_tensor = isinstance(shape[0], tensor_lib.Tensor)
    for size in shape[1:]:
        is_tensor = isinstance(size, tensor_lib.Tensor)
        if is_tensor or product_is_tensor:
            made += 1 if is_tensor and product_is_tensor else 2
        product_is_tensor = product_is_tensor or is_tensor
    return made


@functools.cache
def _index_inputs(op_type: str) -> frozenset[str]:
    """Returns the inputs of an op that are of type int32 where nothing else is said."""
    definition = op_def_registry.get(op_type)
    if definition is None:
        return frozenset()
    defaults = {attr.name: attr.default_value.type for attr in definition.attr if attr.HasField("default_value")}
    return frozenset(
        each.name
        for each in definition.input_arg
        if not each.number_attr and defaults.get(each.type_attr) == dtypes.int32.as_datatype_enum
    )


def _apply_op(original: Function) -> Function:
    def apply_op(op_type_name: str, name: Any = None, **keywords: Any) -> Any:
        """Makes one constant of an empty list of indices; today a float one is made first, and left."""
        for keyword, value in keywords.items():
            if isinstance(value, (list, tuple)) and not value and keyword in _index_inputs(op_type_name):
                keywords[keyword] = np.zeros(0, np.int32)
        return original(op_type_name, name, **keywords)

    return apply_op


def _one_hot_values(
    indices: Any, depth: Any, on_value: Any = None, off_value: Any = None, *rest: Any, **more: Any
) -> int:
    """Returns how many of the two values are given as Python's: 1.15 made constants of them to learn their types."""
    return sum(each is not None and not tensor_util.is_tf_type(each) for each in (on_value, off_value))


def _parsed_keys(serialized: Any, features: Any, *rest: Any, **more: Any) -> int:
    """1.15 made a constant for each feature's key; today there is one for all sparse and one for all dense ones."""
    kept = [feature for feature in features.values() if not isinstance(feature, parsing_config.SparseFeature)]
    keys = {key for each in features.values() if isinstance(each, parsing_config.SparseFeature) for key in _keys(each)}
    return len(kept) + len(keys) - len(("sparse_keys", "dense_keys", "ragged_keys"))


def _parsed_single(serialized: Any, *rest: Any, **more: Any) -> int:
    """1.15 made no constants of the keys, and did not assert that what has no known rank is a scalar."""
    is_asserted = isinstance(serialized, tensor_lib.Tensor) and serialized.shape.rank is None
    return -11 if is_asserted else -4


def _keys(feature: Any) -> list[str]:
    index_keys = feature.index_key
    return [feature.value_key, *([index_keys] if isinstance(index_keys, str) else index_keys)]


def _asserts_of_unknown_batch(image: Any, require_static: bool = True) -> int:
    """1.15 checked shape and rank at run time where any size was unknown; today where height to channels are."""
    return 0 if image.shape.is_fully_defined() or not image.shape[-3:].is_fully_defined() else 22


def _reversed_axes(sp_input: Any, perm: Any = None, name: Any = None) -> int:
    """1.15 computed the order of the axes with ops even where their number was known."""
    return 4 if perm is None and sp_input.shape.rank is not None else 0


def _of_batch_norm(tensors: Sequence[Any], *rest: Any, **more: Any) -> int:
    """1.15 gave gradients of mean and variance too, which were then grouped with the others."""
    op = getattr(tensors[0], "op", None) if tensors else None
    if op is None or not op.type.startswith("FusedBatchNormGrad"):
        return 0
    return 2 if op.get_attr("is_training") else 0


def _identity_of_floats(image: Any) -> int:
    """1.15 brought the image back to its type, which for a float one made an identity."""
    dtype = getattr(image, "dtype", dtypes.float32)
    return int(dtypes.as_dtype(dtype) in (dtypes.float16, dtypes.float32))


def _decoded_by_formats(contents: Any, channels: Any = None, dtype: Any = dtypes.uint8, *rest: Any, **more: Any) -> int:
    """1.15 looked at the first bytes and chose between one op for each format; today one op knows all."""
    return 75 if dtypes.as_dtype(dtype) == dtypes.uint8 else 83


def _fused_batch_norm(original: Function) -> Function:
    def fused_batch_norm(
        x: Any,
        scale: Any,
        offset: Any,
        mean: Any = None,
        variance: Any = None,
        epsilon: float = 1e-3,
        *rest: Any,
        **more: Any,
    ) -> Any:
        """Raises epsilon to the smallest that cuDNN took then; today it is used as it is given."""
        return original(x, scale, offset, mean, variance, max(epsilon, 1.001e-5), *rest, **more)

    return fused_batch_norm


def _cast_of_segments(params: Any, sp_ids: Any, sp_weights: Any, *rest: Any, **more: Any) -> int:
    """1.15 cast the row of each id to int32; today that is done only where there are weights."""
    return int(sp_weights is None)


def _random_gamma(original: Function) -> Function:
    def random_gamma(*arguments: Any, **options: Any) -> Any:
        # Counted before the call, in which the seed is taken.
        _op_count.add(-2)
        return original(*arguments, **options)

    return random_gamma


def _sparse_of_iterator(original: Function) -> Function:
    """Leaves the shape of what an iterator gives to the run: today a constant takes its place where it is known."""

    def from_tensors(spec: Any, tensors: Sequence[Any]) -> sparse_tensor.SparseTensor:
        indices, values, shape = gen_sparse_ops.deserialize_sparse(tensors[0], spec.dtype)
        indices.set_shape([None, spec.shape.ndims])
        shape.set_shape([spec.shape.ndims])
        return sparse_tensor.SparseTensor(indices, values, shape)

    return from_tensors


in_graphs(random_ops, "random_uniform")(_random_uniform)
in_graphs(nn_ops, "dropout_v2")(_dropout)
in_graphs(array_ops, "split")(_split)
in_graphs(math_ops, "linspace_nd")(_linspace)
in_graphs(math_ops, "add")(lambda original: gen_math_ops.add)
in_graphs(math_ops, "_ReductionDims")(_reduction_dims)
in_graphs(tensor_array_ops._GraphTensorArray, "size")(counted(_is_known_tensor))
in_graphs(tensor_array_ops._GraphTensorArray, "concat")(counted(_asked_size))
in_graphs(array_ops, "zeros")(counted(_size_test))
in_graphs(array_ops, "ones")(counted(_size_test))
in_graphs(confusion_matrix, "confusion_matrix_v1")(counted(3))
in_graphs(embedding_ops, "embedding_lookup_sparse_impl")(over(compat=NOTHING_NEW))
in_graphs(dataset_ops.DatasetV1, "_make_initializable_iterator")(counted(3))
# Options were no dataset.
in_graphs(dataset_ops.DatasetV2, "with_options")(counted(-1))
in_graphs(op_def_library, "_apply_op_helper")(_apply_op)
in_graphs(embedding_ops, "embedding_lookup_sparse")(counted(_cast_of_segments))
in_graphs(array_ops, "one_hot")(counted(_one_hot_values))
in_graphs(sparse_ops, "sparse_transpose")(counted(_reversed_axes))
in_graphs(control_flow_ops, "tuple")(counted(_of_batch_norm))
in_graphs(random_ops, "random_gamma")(_random_gamma)
in_graphs(nn_impl, "weighted_moments")(counted(1))
in_graphs(nn_impl, "fused_batch_norm")(_fused_batch_norm)
in_graphs(parsing_ops, "parse_example")(counted(_parsed_keys))
in_graphs(parsing_ops, "parse_single_example")(counted(_parsed_single))
in_graphs(image_ops_impl, "_CheckAtLeast3DImage")(counted(_asserts_of_unknown_batch))
in_graphs(image_ops_impl, "per_image_standardization")(counted(_identity_of_floats))
in_graphs(image_ops_impl, "decode_image")(counted(_decoded_by_formats))
in_graphs(resource_variable_ops.BaseResourceVariable, "sparse_read")(counted(1))
in_graphs(image_ops_impl, "crop_to_bounding_box")(counted(-12))
in_graphs(sparse_tensor.SparseTensorSpec, "_from_compatible_tensor_list")(_sparse_of_iterator)
