"""``tf.contrib.nn``: variants of ops in ``tf.nn``."""

from __future__ import annotations

import numbers
from typing import Any

from tensorflow.python.framework import dtypes, function, ops, tensor_util
from tensorflow.python.ops import (
    array_ops,
    candidate_sampling_ops,
    embedding_ops,
    gen_array_ops,
    gen_math_ops,
    math_ops,
    nn_impl,
    nn_ops,
    random_ops,
)
from tensorflow.python.ops.nn_ops import conv1d_transpose, nth_element

__all__ = [
    "alpha_dropout",
    "conv1d_transpose",
    "deprecated_flipped_sigmoid_cross_entropy_with_logits",
    "deprecated_flipped_softmax_cross_entropy_with_logits",
    "deprecated_flipped_sparse_softmax_cross_entropy_with_logits",
    "nth_element",
    "rank_sampled_softmax_loss",
    "sampled_sparse_softmax_loss",
    "scaled_softplus",
]

# What a unit of SELU is when it is dropped: minus its scale times its alpha.
_DROPPED = -1.7580993408473766


def alpha_dropout(
    x: Any, keep_prob: Any, noise_shape: Any = None, seed: int | None = None, name: str | None = None
) -> Any:
    """Returns dropout that keeps mean and variance of SELU units.

    Source: G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, "Self-Normalizing Neural Networks",
    https://arxiv.org/abs/1706.02515

    Args:
        x: The units.
        keep_prob: The probability to keep one, a scalar.
        noise_shape: The shape of what is dropped, that of ``x`` by default.
        seed: The seed of the draws.
        name: The name scope.

    Raises:
        ValueError: ``keep_prob`` is not in (0, 1].
    """
    with ops.name_scope(name, "alpha_dropout", [x]):
        x = ops.convert_to_tensor(x, name="x")
        if isinstance(keep_prob, numbers.Real) and not 0 < float(keep_prob) <= 1.0:
            raise ValueError(f"keep_prob must be a scalar tensor or a float in the range (0, 1], got {keep_prob}")
        keep_prob = ops.convert_to_tensor(keep_prob, dtype=x.dtype, name="keep_prob")
        keep_prob.get_shape().assert_has_rank(0)
        if tensor_util.constant_value(keep_prob) == 1:
            return x
        shape = array_ops.shape(x) if noise_shape is None else noise_shape
        draws = random_ops.random_uniform(shape, seed=seed, dtype=x.dtype)
        kept = math_ops.cast(gen_math_ops.greater_equal(draws, 1 - keep_prob), x.dtype)
        x = x * kept + _DROPPED * (1 - kept)
        scale = (keep_prob + keep_prob * (1 - keep_prob) * _DROPPED**2) ** (-0.5)
        return scale * x - scale * _DROPPED * (1 - keep_prob)


def deprecated_flipped_softmax_cross_entropy_with_logits(
    logits: Any, labels: Any, dim: int = -1, name: str | None = None
) -> Any:
    """Returns ``tf.nn.softmax_cross_entropy_with_logits`` with the arguments in their order before 1.0."""
    return nn_ops.softmax_cross_entropy_with_logits(labels=labels, logits=logits, dim=dim, name=name)


def deprecated_flipped_sparse_softmax_cross_entropy_with_logits(
    logits: Any, labels: Any, name: str | None = None
) -> Any:
    """Returns ``tf.nn.sparse_softmax_cross_entropy_with_logits`` with the arguments in their order before 1.0."""
    return nn_ops.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)


def deprecated_flipped_sigmoid_cross_entropy_with_logits(logits: Any, targets: Any, name: str | None = None) -> Any:
    """Returns ``tf.nn.sigmoid_cross_entropy_with_logits`` with the arguments in their order before 1.0."""
    return nn_impl.sigmoid_cross_entropy_with_logits(labels=targets, logits=logits, name=name)


def _rank_resample(
    weights: Any,
    biases: Any,
    inputs: Any,
    sampled_values: Any,
    num_resampled: int,
    resampling_temperature: Any,
    partition_strategy: str,
) -> Any:
    """Returns the sampled classes that rank highest by the sum of their probabilities over the batch."""
    sampled, true_count, sampled_count = (array_ops.stop_gradient(each) for each in sampled_values)
    sampled = math_ops.cast(sampled, dtypes.int64)
    inputs = inputs / resampling_temperature
    logits = embedding_ops._embedding_lookup_and_transform(
        weights,
        sampled,
        partition_strategy,
        transform_fn=lambda rows: math_ops.reduce_logsumexp(
            math_ops.matmul(rows, inputs, transpose_b=True), axis=1, keepdims=False
        ),
    )
    bias = array_ops.reshape(embedding_ops.embedding_lookup(biases, sampled, partition_strategy), [-1])
    _, best = nn_ops.top_k(logits + bias / resampling_temperature, k=num_resampled, sorted=False)
    return array_ops.gather(sampled, indices=best), true_count, array_ops.gather(sampled_count, indices=best)


def rank_sampled_softmax_loss(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_resampled: int,
    num_classes: int,
    num_true: int,
    sampled_values: Any,
    resampling_temperature: Any,
    remove_accidental_hits: bool,
    partition_strategy: str,
    name: str | None = None,
) -> Any:
    """Returns the sampled softmax loss over those sampled classes that compete most.

    Source: A. Shrivastava, A. Gupta, R. Girshick, "Training Region-based Object Detectors with Online Hard Example
    Mining", https://arxiv.org/abs/1604.03540, applied to sampled classes.

    Args:
        weights: ``[classes, dim]``, or a list of its parts.
        biases: ``[classes]``.
        labels: The true classes, int64 ``[batch, num_true]``.
        inputs: ``[batch, dim]``.
        num_sampled: The number of sampled classes.
        num_resampled: The number of those that are used.
        num_classes: The number of classes.
        num_true: The number of true classes of an example.
        sampled_values: What a candidate sampler gave; drawn from the learned unigrams where it is None.
        resampling_temperature: Divides the logits in the ranking.
        remove_accidental_hits: Whether true classes are left out of the sampled ones.
        partition_strategy: ``"div"`` or ``"mod"``.
        name: The name scope.

    Raises:
        ValueError: A number or the strategy is wrong.
    """
    if num_sampled > num_classes:
        raise ValueError(f"num_sampled ({num_sampled}) cannot be greater than num_classes ({num_classes})")
    if num_sampled <= num_resampled:
        raise ValueError(f"num_resampled ({num_resampled}) must be less than num_sampled ({num_sampled})")
    if partition_strategy not in ("div", "mod"):
        raise ValueError(f"unsupported partition_strategy ({partition_strategy})")
    values = [weights, biases, labels, inputs, sampled_values, resampling_temperature]
    with ops.name_scope(name, "rank_sampled_softmax_loss", values) as scope:
        if not sampled_values:
            sampled_values = candidate_sampling_ops.learned_unigram_candidate_sampler(
                true_classes=labels, num_true=num_true, num_sampled=num_sampled, unique=True, range_max=num_classes
            )
        resampled = _rank_resample(
            weights, biases, inputs, sampled_values, num_resampled, resampling_temperature, partition_strategy
        )
        return nn_impl.sampled_softmax_loss(
            weights=weights,
            biases=biases,
            labels=labels,
            inputs=inputs,
            num_sampled=num_resampled,
            num_classes=num_classes,
            num_true=num_true,
            sampled_values=resampled,
            remove_accidental_hits=remove_accidental_hits,
            partition_strategy=partition_strategy,
            name=scope,
        )


def sampled_sparse_softmax_loss(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_classes: int,
    sampled_values: Any = None,
    remove_accidental_hits: bool = True,
    partition_strategy: str = "mod",
    name: str = "sampled_sparse_softmax_loss",
) -> Any:
    """Returns the sampled softmax loss of one true class for each example, ``[batch]``.

    Args:
        weights: ``[classes, dim]``, or a list of its parts.
        biases: ``[classes]``.
        labels: The true classes, int64 ``[batch, 1]``.
        inputs: ``[batch, dim]``.
        num_sampled: The number of sampled classes.
        num_classes: The number of classes.
        sampled_values: What a candidate sampler gave; log-uniform draws where it is None.
        remove_accidental_hits: Whether true classes are left out of the sampled ones.
        partition_strategy: ``"div"`` or ``"mod"``.
        name: The name scope.
    """
    logits, _ = nn_impl._compute_sampled_logits(
        weights=weights,
        biases=biases,
        labels=labels,
        inputs=inputs,
        num_sampled=num_sampled,
        num_classes=num_classes,
        num_true=1,
        sampled_values=sampled_values,
        subtract_log_q=True,
        remove_accidental_hits=remove_accidental_hits,
        partition_strategy=partition_strategy,
        name=name,
    )
    # The true class stands first among the sampled ones.
    first = array_ops.zeros([array_ops.shape(logits)[0], 1], dtype=dtypes.int64)
    return nn_ops.sparse_softmax_cross_entropy_with_logits(labels=array_ops.squeeze(first), logits=logits)


def _sum_to_shape_of(grad: Any, tensor: Any) -> Any:
    """Undoes the broadcast of ``tensor`` in its gradient."""
    shape = array_ops.shape(tensor)
    axes, _ = gen_array_ops.broadcast_gradient_args(shape, array_ops.shape(grad))
    return array_ops.reshape(math_ops.reduce_sum(grad, axes), shape)


def _softplus_gradient(op: Any, grad: Any) -> list[Any]:
    """The gradient of ``scaled_softplus`` from its result: ``op`` has inputs y, x, alpha and perhaps clip."""
    y, x, alpha, *clip = op.inputs
    # y is an input too: without this it could be recomputed for the gradient.
    with ops.control_dependencies([grad]):
        y = array_ops.identity(y)
    of_clip = []
    if clip:
        below = math_ops.cast(y < clip[0], grad.dtype)
        of_clip = [_sum_to_shape_of(grad * (1.0 - below), clip[0])]
        grad *= below
    y /= alpha
    decay = math_ops.exp(-y)
    slope = 1.0 - decay
    of_alpha = y * decay - slope * math_ops.log(slope + 1e-8)
    return [None, _sum_to_shape_of(grad * slope, x), _sum_to_shape_of(grad * of_alpha, alpha), *of_clip]


def scaled_softplus(x: Any, alpha: Any, clip: Any = None, name: str | None = None) -> Any:
    """Returns ``alpha * ln(1 + exp(x / alpha))``, at most ``clip``; its gradient is computed from the result.

    Args:
        x: A float tensor.
        alpha: The scale, above 0; broadcasts with ``x``.
        clip: The largest value; broadcasts with ``x``.
        name: The name scope.
    """
    with ops.name_scope(name, "scaled_softplus", [x, alpha] + ([] if clip is None else [clip])):
        x = ops.convert_to_tensor(x, name="x")
        alpha = ops.convert_to_tensor(alpha, dtype=x.dtype, name="alpha")
        y = alpha * nn_ops.softplus(x / alpha)
        inputs = [x, alpha]
        if clip is not None:
            clip = ops.convert_to_tensor(clip, dtype=x.dtype, name="clip")
            y = math_ops.minimum(y, clip)
            inputs.append(clip)
        kind = f"{'' if clip is None else 'clip_'}{x.dtype.name}"

        @function.Defun(  # type: ignore[untyped-decorator]
            *[x.dtype] * (len(inputs) + 1),
            func_name=f"ScaledSoftplusHelper_{kind}",
            shape_func=lambda op: [op.inputs[0].shape],
            python_grad_func=_softplus_gradient,
        )
        def result(y: Any, *unused_inputs: Any) -> Any:
            return y

        return result(y, *inputs)
