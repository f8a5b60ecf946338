"""Input queues that keep only some examples: by a probability, or so that classes come in given proportions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, indexed_slices, ops, tensor_shape
from tensorflow.python.framework import tensor as tensors
from tensorflow.python.ops import (
    array_ops,
    check_ops,
    cond,
    control_flow_assert,
    control_flow_ops,
    logging_ops,
    math_ops,
    random_ops,
    variable_scope,
    variable_v1,
)
from tensorflow.python.training import input as input_ops

_TOLERANCE = 1e-6


def rejection_sample(
    tensors: Any,
    accept_prob_fn: Callable[[Any], Any],
    batch_size: int,
    queue_threads: int = 1,
    enqueue_many: bool = False,
    prebatch_capacity: int = 16,
    prebatch_threads: int = 1,
    runtime_checks: bool = False,
    name: str | None = None,
) -> list[Any]:
    """Returns batches of examples, each accepted with its probability.

    Args:
        tensors: The tensors of an example, or of many.
        accept_prob_fn: Gives the probability for the tensors of an example.
        batch_size: The size of the batches.
        queue_threads: The number of threads that enqueue.
        enqueue_many: Whether the tensors hold many examples.
        prebatch_capacity: The capacity of the queue that separates many examples.
        prebatch_threads: The number of threads of that queue.
        runtime_checks: Whether the probability is checked.
        name: The variable scope.
    """
    with variable_scope.variable_scope(name, "rejection_sample", tensors):
        examples = indexed_slices.convert_n_to_tensor_or_indexed_slices(tensors)
        if enqueue_many:
            _require_same_length(examples, examples[0])
            singles = input_ops.batch(
                examples, batch_size=1, num_threads=prebatch_threads, capacity=prebatch_capacity, enqueue_many=True
            )
            examples = [array_ops.squeeze(each, [0]) for each in _as_list(singles)]
        probability = accept_prob_fn(examples)
        if runtime_checks:
            checks = [
                check_ops.assert_less_equal(0.0, probability),
                check_ops.assert_less_equal(probability, 1.0),
            ]
            probability = control_flow_ops.with_dependencies(checks, probability)
            probability = array_ops.identity(probability, name="prob_with_checks")
        batch = input_ops.maybe_batch(
            examples,
            keep_input=random_ops.random_uniform([]) < probability,
            batch_size=batch_size,
            num_threads=queue_threads,
        )
        return _as_list(batch)


def stratified_sample(
    tensors: Any,
    labels: Any,
    target_probs: Any,
    batch_size: int,
    init_probs: Any = None,
    enqueue_many: bool = False,
    queue_capacity: int = 16,
    threads_per_queue: int = 1,
    name: str | None = None,
) -> Any:
    """Returns batches in which classes have given probabilities.

    Args:
        tensors: The tensors of an example, or of many.
        labels: The class of an example, or of many.
        target_probs: The probability of each class in the batches.
        batch_size: The size of the batches.
        init_probs: The probability of each class in the data; estimated where it is not given.
        enqueue_many: Whether the tensors hold many examples.
        queue_capacity: The capacity of the queue that separates many examples.
        threads_per_queue: The number of threads of each queue.
        name: The name scope.

    Returns:
        The tensors of the batches and their labels.

    Raises:
        ValueError: Shapes do not fit.
        InvalidArgumentError: When it runs, there are no probabilities or no labels of classes.
    """
    with ops.name_scope(name, "stratified_sample", [*tensors, labels]):
        examples = indexed_slices.convert_n_to_tensor_or_indexed_slices(tensors)
        labels = ops.convert_to_tensor(labels)
        target = ops.convert_to_tensor(target_probs, dtype=dtypes.float32)
        if not enqueue_many:
            examples = [array_ops.expand_dims(each, 0) for each in examples]
            labels = array_ops.expand_dims(labels, 0)
        if init_probs is None:
            target.get_shape().assert_is_fully_defined()
            initial = _estimate_data_distribution(labels, target.get_shape().num_elements())
        else:
            initial = ops.convert_to_tensor(init_probs, dtype=dtypes.float32)
        initial, target = _checked_probabilities(initial, target)
        examples, labels = _checked_examples(examples, labels, initial.get_shape().num_elements())
        accept = _acceptance(initial, target)
        singles = input_ops.batch(
            [*examples, labels],
            batch_size=1,
            num_threads=threads_per_queue,
            capacity=queue_capacity,
            enqueue_many=True,
        )
        singles = [array_ops.squeeze(each, [0]) for each in singles]
        batch = input_ops.maybe_batch(
            singles,
            keep_input=random_ops.random_uniform([]) < array_ops.gather(accept, singles[-1]),
            batch_size=batch_size,
            num_threads=threads_per_queue,
        )
        return batch[:-1], batch[-1]


def _as_list(batch: Any) -> list[Any]:
    return [batch] if isinstance(batch, tensors.Tensor) else list(batch)


def _require_same_length(examples: list[Any], other: Any) -> None:
    for each in examples:
        shape = each.get_shape().with_rank_at_least(1)
        tensor_shape.dimension_at_index(shape, 0).assert_is_compatible_with(other.get_shape()[0])


def _estimate_data_distribution(labels: Any, num_classes: int, smoothing_constant: int = 10) -> Any:
    """Returns the part of each class in all labels so far, as if some of each had come before."""
    if smoothing_constant <= 0:
        raise ValueError("smoothing_constant must be nonzero.")
    seen = variable_v1.VariableV1(
        initial_value=[smoothing_constant] * num_classes, trainable=False, name="class_count", dtype=dtypes.int64
    )
    new = math_ops.reduce_sum(array_ops.one_hot(labels, num_classes, dtype=dtypes.int64), 0)
    # The sum with 0 is a copy: the variable itself may change before it is read twice.
    counts = seen.assign_add(new) + 0
    return math_ops.cast(math_ops.truediv(counts, math_ops.reduce_sum(counts)), dtypes.float32)


def _checked_probabilities(initial: Any, target: Any) -> tuple[Any, Any]:
    checked = []
    for each in (initial, target):
        each.get_shape().assert_is_fully_defined()
        each.get_shape().assert_has_rank(1)
        total = math_ops.reduce_sum(each)
        checks = [
            check_ops.assert_non_negative(each),
            check_ops.assert_less(total, 1.0 + _TOLERANCE),
            check_ops.assert_less(1.0 - _TOLERANCE, total),
        ]
        checked.append(control_flow_ops.with_dependencies(checks, each))
    initial, target = checked
    if initial.get_shape().num_elements() != target.get_shape().num_elements():
        raise ValueError("Probability parameters must have the same length.")
    possible = math_ops.logical_or(math_ops.not_equal(initial, 0), math_ops.equal(target, 0))
    message = "All classes with zero initial probability must also have zero target probability: "
    assertion = control_flow_assert.Assert(math_ops.reduce_all(possible), [message, initial, target])
    return control_flow_ops.with_dependencies([assertion], initial), target


def _checked_examples(examples: list[Any], labels: Any, num_classes: int) -> tuple[list[Any], Any]:
    labels.get_shape().assert_has_rank(1)
    _require_same_length(examples, labels)
    number = array_ops.shape(labels)[0]
    some = check_ops.assert_positive(number)
    labels = control_flow_ops.with_dependencies([some], labels)
    examples = [
        control_flow_ops.with_dependencies([some, check_ops.assert_equal(array_ops.shape(each)[0], number)], each)
        for each in examples
    ]
    checks = [
        check_ops.assert_integer(labels),
        check_ops.assert_non_negative(labels),
        check_ops.assert_less(labels, math_ops.cast(num_classes, labels.dtype)),
    ]
    return examples, control_flow_ops.with_dependencies(checks, labels)


def _calculate_acceptance_probabilities(init_probs: Any, target_probs: Any) -> Any:
    """Returns the largest probabilities of acceptance that give the target."""
    ratio = target_probs / init_probs
    # 0 / 0: a class that does not come and is not wanted.
    ratio = array_ops.where_v2(math_ops.is_nan(ratio), array_ops.zeros_like(ratio), ratio)
    return ratio / math_ops.reduce_max(ratio)


def _acceptance(initial: Any, target: Any) -> Any:
    accept = _calculate_acceptance_probabilities(initial, target)
    rejected = math_ops.reduce_sum((1 - accept) * initial)
    message = "Proportion of examples rejected by sampler is high."
    return cond.cond(
        math_ops.less(rejected, 0.5),
        lambda: accept,
        lambda: logging_ops.Print(accept, [accept], message=message, first_n=10),
    )
