"""Watches TensorFlow 2 gradient tapes: each gradient for variables is a training step."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from tensorflow.python.eager import backprop, context
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops_stack, cond, gradients_util, math_ops, script_ops
from tensorflow.python.util import nest

from .clock import Clock
from .run import SCHEDULE, Run


class Tapes:
    """Records the gradients of this process's tapes."""

    def __init__(self, run: Run, clock: Clock, variables: Any) -> None:
        self._run = run
        self._clock = clock
        self._variables = variables

    def install(self) -> None:
        """Watches every tape, and ``tf.gradients`` in functions, from now on."""
        backprop.GradientTape.gradient = self._watched(backprop.GradientTape.gradient)
        gradients_util._GradientsHelper = self._noted(gradients_util._GradientsHelper)

    def _watched(self, original: Any) -> Any:
        @functools.wraps(original)
        def gradient(tape: Any, target: Any, sources: Any, *arguments: Any, **options: Any) -> Any:
            flat = nest.flatten(sources)
            trains = not self._run.is_paused and flat and all(_is_variable(source) for source in flat)
            if trains and context.executing_eagerly():
                self._run.stop_at_limit()
            result = original(tape, target, sources, *arguments, **options)
            if trains:
                with self._run.pause():
                    self._record(target, flat, nest.flatten(result))
            return result

        return gradient

    def _noted(self, original: Any) -> Any:
        @functools.wraps(original)
        def gradients(ys: Any, xs: Any, *arguments: Any, **options: Any) -> Any:
            result = original(ys, xs, *arguments, **options)
            flat = nest.flatten(xs)
            is_function = type(ops.get_default_graph()) is not ops.Graph
            if is_function and not self._run.is_paused and flat and all(_is_variable(source) for source in flat):
                with self._run.pause():
                    self._record(ys, flat, result)
            return result

        return gradients

    def _record(self, target: Any, sources: Any, gradients: Any) -> None:
        names = [self._variables.name(source) for source in sources]
        kept = [gradient is not None for gradient in gradients]
        dense = [ops.convert_to_tensor(gradient) for gradient in gradients if gradient is not None]
        weights = [getattr(source, "_value", source).read_value() for source in sources]
        loss = math_ops.add_n([math_ops.reduce_sum(math_ops.cast(t, dtypes.float64)) for t in nest.flatten(target)])
        step = self._clock.variable()

        def write(loss: Any, *arrays: Any) -> None:
            dense = [np.asarray(array) for array in arrays]
            weights, given = dense[: len(names)], iter(dense[len(names) :])
            self._run.training(loss, names, [next(given) if is_kept else None for is_kept in kept], weights)

        def write_loss(loss: Any) -> None:
            self._run.training(loss, names, None, None)

        if context.executing_eagerly():
            if self._run.is_due(names):
                write(loss.numpy(), *[tensor.numpy() for tensor in weights + dense])
            else:
                write_loss(loss.numpy())
        else:
            trained = self._clock.trained(names[0])
            numbers = array_ops_stack.stack([step.read_value() + 1, trained.assign_add(1)])
            due = math_ops.reduce_any(math_ops.equal(numbers[:, None], np.array(SCHEDULE, np.int64)))
            cond.cond(
                due,
                lambda: _called(write, [loss] + weights + dense),
                lambda: _called(write_loss, [loss]),
            )
        step.assign_add(1)


def _called(function: Any, inputs: Any) -> Any:
    """Returns the op that calls ``function`` with the values of ``inputs`` when the graph runs."""

    def call(*arrays: Any) -> Any:
        function(*arrays)
        return np.int64(0)

    return script_ops.numpy_function(call, inputs, dtypes.int64)


def _is_variable(source: Any) -> bool:
    return hasattr(getattr(source, "_value", source), "handle")
