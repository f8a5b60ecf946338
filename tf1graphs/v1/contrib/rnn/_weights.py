"""Linear maps, sharded weights and layer normalization, on variables of the current scope."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_impl, nn_ops
from tensorflow.python.ops import variable_scope as vs
from tensorflow.python.util import nest


def _total_size(args: list[Any]) -> int:
    shapes = [arg.get_shape() for arg in args]
    if any(shape.ndims != 2 for shape in shapes):
        raise ValueError(f"linear is expecting 2D arguments: {shapes}")
    sizes = [shape.dims[1].value for shape in shapes]
    if None in sizes:
        raise ValueError(f"linear expects shape[1] of every argument to be known: {shapes}")
    return sum(sizes)


class Linear:
    """A linear map of the concatenation of tensors, with variables ``kernel`` and ``bias`` of the current scope.

    Args:
        args: a tensor ``[batch, n]``, or a list of them, with the shapes and the dtype of what will be mapped.
        output_size: the number of columns of the result.
        build_bias: whether there is a bias.
        bias_initializer: initializer of the bias, zeros by default.
        kernel_initializer: initializer of the kernel, that of the scope by default.

    Raises:
        ValueError: ``args`` is empty, or an argument is not of rank 2 or of unknown size.
    """

    def __init__(
        self,
        args: Any,
        output_size: Any,
        build_bias: bool,
        bias_initializer: Any = None,
        kernel_initializer: Any = None,
    ) -> None:
        if args is None or (nest.is_nested(args) and not args):
            raise ValueError("`args` must be specified")
        args = args if nest.is_nested(args) else [args]
        dtype = args[0].dtype
        scope = vs.get_variable_scope()
        self._weights = vs.get_variable(
            "kernel", [_total_size(args), output_size], dtype=dtype, initializer=kernel_initializer
        )
        self._biases = None
        if build_bias:
            if bias_initializer is None:
                bias_initializer = init_ops.constant_initializer(0.0, dtype=dtype)
            with vs.variable_scope(scope) as unpartitioned:
                unpartitioned.set_partitioner(None)
                self._biases = vs.get_variable("bias", [output_size], dtype=dtype, initializer=bias_initializer)

    def __call__(self, args: Any) -> Any:
        """Returns the map of ``args``, a tensor ``[batch, output_size]``."""
        args = args if nest.is_nested(args) else [args]
        joined = args[0] if len(args) == 1 else array_ops.concat(args, constant_op.constant(1, dtype=dtypes.int32))
        product = math_ops.matmul(joined, self._weights)
        return product if self._biases is None else nn_ops.bias_add(product, self._biases)


def linear(
    args: Any, output_size: Any, bias: bool, bias_initializer: Any = None, kernel_initializer: Any = None
) -> Any:
    """Returns the linear map of ``args`` by new variables; see ``Linear``."""
    return Linear(args, output_size, bias, bias_initializer, kernel_initializer)(args)


def sharded_variable(name: str, shape: list[int], dtype: Any, num_shards: int) -> Any:
    """Returns a matrix that is stored in ``num_shards`` variables ``name_0``, ``name_1``, ... of its rows.

    Raises:
        ValueError: there are more shards than rows.
    """
    if num_shards > shape[0]:
        raise ValueError(f"Too many shards: shape={shape}, num_shards={num_shards}")
    rows, longer = divmod(shape[0], num_shards)
    shards = [vs.get_variable(f"{name}_{i}", [rows + (i < longer), *shape[1:]], dtype=dtype) for i in range(num_shards)]
    if num_shards == 1:
        return shards[0]
    full_name = f"{vs.get_variable_scope().name}/{name}/concat:0"
    for known in ops.get_collection(ops.GraphKeys.CONCATENATED_VARIABLES):
        if known.name == full_name:
            return known
    joined = array_ops.concat(shards, 0, name=name + "/concat")
    ops.add_to_collection(ops.GraphKeys.CONCATENATED_VARIABLES, joined)
    return joined


def layer_norm(inputs: Any, gain: float, shift: float, scope: str) -> Any:
    """Returns ``inputs``, ``[batch, size]``, normalized over its columns, by variables ``scope/gamma`` and ``beta``.

    Source: Ba, Kiros and Hinton, Layer Normalization, https://arxiv.org/abs/1607.06450, equation 4.
    """
    shape, dtype = inputs.get_shape()[-1:], inputs.dtype.base_dtype
    with vs.variable_scope(scope):
        gamma = vs.get_variable("gamma", shape, dtype, init_ops.constant_initializer(gain))
        beta = vs.get_variable("beta", shape, dtype, init_ops.constant_initializer(shift))
    # The smallest that float16 can tell from zero in a sum is far larger.
    epsilon = 1e-3 if dtype == dtypes.float16 else 1e-12
    # 1.15 created these ops in contrib.layers.layer_norm, in the scope once more: "scope_1/batchnorm/...".
    with vs.variable_scope(scope):
        mean, variance = nn_impl.moments(inputs, [1], keep_dims=True)
        return nn_impl.batch_normalization(inputs, mean, variance, beta, gamma, epsilon)
