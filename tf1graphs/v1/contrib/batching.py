"""``tf.contrib.batching``: computations that are done for several callers at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.framework import ops, tensor
from tensorflow.python.ops import gen_batch_ops
from tensorflow.python.ops.batch_ops import batch_function
from tensorflow.python.ops.gen_batch_ops import batch, unbatch

__all__ = ["batch", "batch_function", "batch_function_v1", "unbatch"]

_MINUTE = 60 * 1000 * 1000


@ops.RegisterGradient("Batch")  # type: ignore[untyped-decorator, unused-ignore]
def _batch_gradient(op: Any, *gradients: Any) -> list[Any]:
    index, number = op.outputs[-2:]
    options = {"timeout_micros": op.get_attr("grad_timeout_micros")}
    names = (f"batch_gradient_{op.name}_{each}" for each in range(len(op.inputs)))
    pairs = zip(gradients, names, strict=False)
    return [gen_batch_ops.unbatch(each, index, number, shared_name=name, **options) for each, name in pairs]


@ops.RegisterGradient("Unbatch")  # type: ignore[untyped-decorator, unused-ignore]
def _unbatch_gradient(op: Any, gradient: Any) -> list[Any]:
    batched, index, number = op.inputs
    name = f"unbatch_gradient_{op.name}"
    return [gen_batch_ops.unbatch_grad(batched, index, gradient, number, shared_name=name), None, None]


def batch_function_v1(
    num_batch_threads: int,
    max_batch_size: int,
    batch_timeout_micros: int,
    allowed_batch_sizes: Sequence[int] | None = None,
    grad_timeout_micros: int = _MINUTE,
    unbatch_timeout_micros: int = _MINUTE,
    max_enqueued_batches: int = 10,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Returns a decorator of functions of tensors [batch, ...] that compute for several callers at once.

    Args:
        num_batch_threads: how many batches are computed at a time.
        max_batch_size: the largest batch.
        batch_timeout_micros: how long is waited for a batch to be full.
        allowed_batch_sizes: sizes that batches are filled up to, the last of which is ``max_batch_size``.
        grad_timeout_micros: how long gradients wait for others of their batch.
        unbatch_timeout_micros: how long results wait for being taken.
        max_enqueued_batches: how many batches may wait.

    Raises:
        ValueError: the decorated function is called with something else than tensors.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        def batched(*tensors: Any) -> Any:
            with ops.name_scope("batch") as name:
                for each in tensors:
                    if not isinstance(each, tensor.Tensor):
                        raise ValueError(
                            "All arguments to functions decorated with `batch_function` are supposed to be Tensors; "
                            f"found {each!r}"
                        )
                together, index, number = gen_batch_ops.batch(
                    tensors,
                    num_batch_threads=num_batch_threads,
                    max_batch_size=max_batch_size,
                    batch_timeout_micros=batch_timeout_micros,
                    max_enqueued_batches=max_enqueued_batches,
                    allowed_batch_sizes=allowed_batch_sizes,
                    grad_timeout_micros=grad_timeout_micros,
                    shared_name=name,
                )
                results = function(*together)
                is_single = isinstance(results, tensor.Tensor)
                with ops.name_scope("unbatch") as scope:
                    apart = [
                        gen_batch_ops.unbatch(
                            each,
                            index,
                            number,
                            timeout_micros=unbatch_timeout_micros,
                            shared_name=f"{scope}/{each.name}",
                        )
                        for each in ([results] if is_single else results)
                    ]
                return apart[0] if is_single else apart

        return batched

    return decorate
