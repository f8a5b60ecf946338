"""``tf.contrib.solvers.lanczos``: Golub-Kahan-Lanczos bidiagonalization.

Source: Golub and Van Loan, Matrix Computations, 4th edition, section 10.4.
"""

from __future__ import annotations

import collections
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, cond, math_ops, random_ops, tensor_array_ops, while_loop

from tf1graphs.v1.contrib.solvers import util

__all__ = ["bidiag_matmul", "lanczos_bidiag"]

LanczosBidiagState = collections.namedtuple("LanczosBidiagState", ["u", "v", "alpha", "beta"])

# A vector that one Gram-Schmidt step makes shorter than this, 1 / sqrt(2), needs another one: "twice is enough".
_SHORTER = 0.7071


def lanczos_bidiag(
    operator: Any, k: int, orthogonalize: bool = True, starting_vector: Any = None, name: str = "lanczos_bidiag"
) -> LanczosBidiagState:
    """Finds ``A V = U B`` where ``B`` [k + 1, k] has ``alpha`` on its diagonal and ``beta`` below it.

    Args:
        operator: ``A``, as ``util.create_operator`` gives it, [m, n].
        k: The number of steps.
        orthogonalize: Whether each vector is made orthogonal to all before it, which rounding would lose.
        starting_vector: The first one, [m, 1] or [m]; a random one without it.
        name: The name scope.

    Returns:
        ``u`` [m, k + 1], ``v`` [n, k], ``alpha`` [k], and ``beta`` [k].
    """
    with ops.name_scope(name):
        dtype = operator.dtype
        if starting_vector is None:
            starting_vector = random_ops.random_uniform(operator.shape[:1], -1, 1, dtype=dtype)
        first, _ = util.l2normalize(starting_vector)
        arrays = LanczosBidiagState(
            u=_write(_array(k + 1, dtype, "u"), first, 0),
            v=_array(k, dtype, "v"),
            alpha=_array(k, dtype, "alpha"),
            beta=_array(k, dtype, "beta"),
        )
        i = constant_op.constant(0, dtype=dtypes.int32)
        _, arrays = while_loop.while_loop(
            lambda i, _: i < k, lambda i, arrays: (i + 1, _step(operator, orthogonalize, i, arrays)), [i, arrays]
        )
        return LanczosBidiagState(
            array_ops.matrix_transpose(arrays.u.stack()),
            array_ops.matrix_transpose(arrays.v.stack()),
            arrays.alpha.stack(),
            arrays.beta.stack(),
        )


def _array(size: int, dtype: Any, name: str) -> Any:
    return tensor_array_ops.TensorArray(dtype=dtype, size=size, tensor_array_name=name, clear_after_read=False)


def _read(array: Any, i: Any) -> Any:
    return array_ops.expand_dims(array.read(i), -1)


def _write(array: Any, column: Any, i: Any) -> Any:
    return array.write(i, array_ops.squeeze(column))


def _step(operator: Any, orthogonalize: bool, i: Any, arrays: LanczosBidiagState) -> LanczosBidiagState:
    def normalized(last: Any, basis: Any, vector: Any) -> tuple[Any, Any]:
        return _orthogonalized(last, basis, vector) if orthogonalize else util.l2normalize(vector)

    u = _read(arrays.u, i)
    r = operator.apply_adjoint(u)
    shape = r.get_shape()
    r = cond.cond(i > 0, lambda: r - arrays.beta.read(i - 1) * _read(arrays.v, i - 1), lambda: r)
    r.set_shape(shape)
    v, alpha = normalized(i - 1, arrays.v, r)
    next_u, beta = normalized(i, arrays.u, operator.apply(v) - alpha * u)
    return LanczosBidiagState(
        _write(arrays.u, next_u, i + 1),
        _write(arrays.v, v, i),
        arrays.alpha.write(i, alpha),
        arrays.beta.write(i, beta),
    )


def _orthogonalized(last: Any, basis: Any, vector: Any) -> tuple[Any, Any]:
    """Returns a vector that is orthogonal to those of ``basis`` before ``last``, with norm 1, and its norm before."""
    norm = util.l2norm(vector)
    once, norm_once = _orthogonalized_once(last, basis, vector)
    return cond.cond(  # type: ignore[no-any-return]
        norm_once < _SHORTER * norm,
        lambda: _orthogonalized_once(last, basis, vector),
        lambda: (once, norm_once),
    )


def _orthogonalized_once(last: Any, basis: Any, vector: Any) -> tuple[Any, Any]:
    def subtract(j: Any, basis: Any, vector: Any) -> Any:
        shape = vector.get_shape()
        each = _read(basis, j)
        vector -= math_ops.matmul(each, vector, adjoint_a=True) * each
        vector.set_shape(shape)
        return j + 1, basis, vector

    j = constant_op.constant(0, dtype=dtypes.int32)
    _, _, vector = while_loop.while_loop(lambda j, *_: j < last, subtract, [j, basis, vector])
    return util.l2normalize(vector)


def bidiag_matmul(matrix: Any, alpha: Any, beta: Any, adjoint_b: bool = False, name: str = "bidiag_matmul") -> Any:
    """Returns a matrix [m, k + 1] times the bidiagonal matrix [k + 1, k], or one [m, k] times its adjoint.

    Args:
        matrix: The matrix.
        alpha: The diagonal, [k].
        beta: What is below the diagonal, [k].
        adjoint_b: Whether to multiply with the adjoint, of which the first k columns are computed.
        name: The name scope.
    """
    with ops.name_scope(name):
        alpha = array_ops.expand_dims(alpha, 0)
        if not adjoint_b:
            beta = array_ops.expand_dims(beta, 0)
            return matrix[:, :-1] * alpha + matrix[:, 1:] * beta
        beta = array_ops.expand_dims(beta[:-1], 0)
        rows = array_ops.shape(matrix)[:1]
        zeros = array_ops.expand_dims(array_ops.zeros(rows, dtype=matrix.dtype), 1)
        return matrix * alpha + array_ops.concat([zeros, matrix[:, :-1] * beta], 1)
