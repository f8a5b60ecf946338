"""``tf.nn``: TensorFlow's own functions, but for three that took no arguments by position in 1.15.

In TensorFlow 0.x their first two arguments were logits and labels; today they are labels and logits. 1.15 refused both.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from tensorflow.python.ops import nn_impl, nn_ops


def _named_only(function: Callable[..., Any]) -> Callable[..., Any]:
    own = inspect.signature(function)
    sentinel = inspect.Parameter("_sentinel", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None)
    signature = own.replace(parameters=[sentinel, *own.parameters.values()])

    @functools.wraps(function)
    def named_only(*arguments: Any, **options: Any) -> Any:
        given = signature.bind(*arguments, **options).arguments
        if given.pop("_sentinel", None) is not None:
            raise ValueError(f"Only call `{function.__name__}` with named arguments (labels=..., logits=..., ...)")
        return function(**given)

    vars(named_only)["__signature__"] = signature
    return named_only


sigmoid_cross_entropy_with_logits = _named_only(nn_impl.sigmoid_cross_entropy_with_logits)
softmax_cross_entropy_with_logits = _named_only(nn_ops.softmax_cross_entropy_with_logits)
sparse_softmax_cross_entropy_with_logits = _named_only(nn_ops.sparse_softmax_cross_entropy_with_logits)
