"""``tfe.metrics``: metrics that hold their state in variables, eagerly or in a graph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.framework import dtypes, ops, smart_cond
from tensorflow.python.framework.tensor import Tensor
from tensorflow.python.ops import (
    array_ops,
    check_ops,
    control_flow_ops,
    init_ops,
    math_ops,
    summary_ops_v2,
    variable_scope,
)
from tensorflow.python.trackable import base

from tf1graphs.v1.contrib.eager._defun import defun

__all__ = ["Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "Mean", "Metric", "SparseAccuracy"]


class Metric(base.Trackable):  # type: ignore[misc]
    """Accumulates over mini-batches; a kind of metric defines ``build``, ``call`` and ``result``.

    Eagerly ``metric(batch)`` updates it at once; in a graph it gives what to run, and the variables are there after
    the first such call.
    """

    def __init__(self, name: str | None = None, use_global_variables: bool = False) -> None:
        self._built = False
        self._vars: list[Any] = []
        self._initial_values: dict[int, Any] = {}
        self._use_global_variables = use_global_variables
        name = name or type(self).__name__
        in_scope = re.sub("[^A-Za-z0-9.]", "_", name)
        with variable_scope.variable_scope(in_scope, use_resource=True, reuse=False) as scope:
            # The scope makes the name unique, and the metric takes over what was added.
            self._name: str = name + scope.name[scope.name.rfind(in_scope) + len(in_scope) :]
            self._scope = scope
        build = self.build

        def build_once(*arguments: Any, **options: Any) -> None:
            build(*arguments, **options)
            self._built = True

        self.build = build_once  # type: ignore[method-assign]
        if context.executing_eagerly():
            self._construction_scope = context.eager_mode
        else:
            self._construction_scope = ops.get_default_graph().as_default
            # As a graph function all updates run, in the order of the program.
            self.call = defun(self.call)  # type: ignore[method-assign]

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Updates the metric with a mini-batch, or in a graph returns the op that does."""
        if not self._built:
            with variable_scope.variable_scope(self._scope), self._construction_scope():
                self.build(*arguments, **options)
        return self.call(*arguments, **options)

    @property
    def name(self) -> str:
        """Unique name of the metric."""
        return self._name

    @property
    def variables(self) -> list[Any]:
        """The variables that hold the state."""
        return self._vars

    def init_variables(self) -> Any:
        """Sets the state back to the start, or in a graph returns the op that does."""
        if not context.executing_eagerly():
            return control_flow_ops.group([variable.initializer for variable in self._vars])
        for variable in self._vars:
            variable.assign(self._initial_values[id(variable)])
        return None

    def build(self, *arguments: Any, **options: Any) -> None:
        """Creates the variables with ``add_variable``; it is given what the first call is given."""
        raise NotImplementedError("Metrics must define a build() member function")

    def call(self, *arguments: Any, **options: Any) -> Any:
        """Updates the variables with a mini-batch."""
        raise NotImplementedError("Metrics must define a call() member function")

    def result(self) -> Any:
        """Returns the value of the metric."""
        raise NotImplementedError("Metrics must define a result() member function")

    def value(self) -> Any:
        """Returns the value of the metric in a graph, and eagerly the function that gives it."""
        return self.result if context.executing_eagerly() else self.result()

    def aggregate(self, metrics: Sequence[Metric]) -> None:
        """Adds the state of other metrics.

        Raises:
            TypeError: a metric is of another kind.
            ValueError: a metric has other variables.
        """
        for metric in metrics:
            if type(metric) is not type(self):
                raise TypeError(f"metrics of one kind can be aggregated, not {type(self)} and {type(metric)}")
        for index, variable in enumerate(self._vars):
            others = [metric._vars[index] for metric in metrics]
            if any(other.name != variable.name for other in others):
                raise ValueError("metrics that are aggregated must have the same variables in the same order")
            variable.assign_add(math_ops.add_n(others))

    def add_variable(self, name: str, shape: Any = None, dtype: Any = None, initializer: Any = None) -> Any:
        """Creates a variable of the state, inside ``build``.

        Raises:
            RuntimeError: the metric is built.
        """
        if self._built:
            raise RuntimeError("add_variable() can only be called in build()")
        keys = ops.GraphKeys
        kept_in = keys.GLOBAL_VARIABLES if self._use_global_variables else keys.LOCAL_VARIABLES
        variable = self._add_variable_with_custom_getter(
            name=name,
            shape=shape,
            dtype=dtype,
            initializer=initializer,
            trainable=False,
            collections=None if context.executing_eagerly() else [kept_in, keys.METRIC_VARIABLES],
            use_resource=True,
            getter=variable_scope.get_variable,
            # A duplicate is refused by get_variable.
            overwrite=True,
        )
        self._vars.append(variable)
        if context.executing_eagerly():
            self._initial_values[id(variable)] = variable.value()
        return variable


class Mean(Metric):
    """The weighted mean of all values."""

    def __init__(
        self, name: str | None = None, dtype: Any = dtypes.float64, use_global_variables: bool = False
    ) -> None:
        super().__init__(name=name, use_global_variables=use_global_variables)
        self.dtype = dtype

    def build(self, *arguments: Any, **options: Any) -> None:
        """Creates the sums of the values and of their weights."""
        self.numer = self.add_variable("numer", (), self.dtype, init_ops.zeros_initializer)
        self.denom = self.add_variable("denom", (), self.dtype, init_ops.zeros_initializer)

    def call(self, values: Any, weights: Any = None) -> Any:
        """Adds values, each of weight 1 or with weights of their shape; returns what was added."""
        if weights is None:
            self.denom.assign_add(math_ops.cast(array_ops.identity(array_ops.size(values)), self.dtype))
            values = math_ops.reduce_sum(values)
            self.numer.assign_add(math_ops.cast(values, self.dtype))
            return values
        weights = math_ops.cast(weights, self.dtype)
        self.denom.assign_add(math_ops.reduce_sum(weights))
        values = math_ops.cast(values, self.dtype) * weights
        self.numer.assign_add(math_ops.reduce_sum(values))
        return values, weights

    def result(self, write_summary: Any = True) -> Any:
        """Returns the mean, and writes it as a summary of the metric's name if ``write_summary`` is true.

        Raises:
            ValueError: ``write_summary`` is no bool.
        """
        if not isinstance(write_summary, Tensor):
            write_summary = ops.convert_to_tensor(write_summary)
        mean = self.numer / self.denom

        def written() -> Any:
            summary_ops_v2.scalar(name=self.name, tensor=mean)
            return mean

        smart_cond.smart_cond(write_summary, written, lambda: mean, name="")
        return mean


class _Matches(Mean):
    """How often predictions are right."""

    def __init__(self, name: str | None = None, dtype: Any = dtypes.float64) -> None:
        super().__init__(name=name, dtype=dtype)

    def call(self, labels: Any, predictions: Any, weights: Any = None) -> Any:  # type: ignore[override]
        """Adds a mini-batch, each prediction of weight 1 or with its own; returns the arguments as compared."""
        self._check_shapes(labels, predictions)
        labels, predictions = self._comparable(labels, predictions)
        super().call(math_ops.cast(math_ops.equal(labels, predictions), self.dtype), weights=weights)
        return (labels, predictions) if weights is None else (labels, predictions, weights)

    def _check_shapes(self, labels: Any, predictions: Any) -> None:
        check_ops.assert_equal(
            array_ops.shape(labels),
            array_ops.shape(predictions),
            message="Shapes of labels and predictions are unequal",
        )

    def _comparable(self, labels: Any, predictions: Any) -> tuple[Any, Any]:
        return labels, predictions


class Accuracy(_Matches):
    """How often predictions equal labels, which have their shape and type."""


class CategoricalAccuracy(_Matches):
    """How often the largest of the predictions ``[..., classes]`` is that of the one-hot labels of the same shape."""

    def _comparable(self, labels: Any, predictions: Any) -> tuple[Any, Any]:
        return math_ops.argmax(labels, axis=-1), math_ops.argmax(predictions, axis=-1)


class BinaryAccuracy(_Matches):
    """How often predictions lie on the labels' side of a threshold: 0.5 for probabilities, 0 for logits."""

    def __init__(self, threshold: float, name: str | None = None, dtype: Any = dtypes.float64) -> None:
        super().__init__(name=name, dtype=dtype)
        self.threshold = threshold

    def _comparable(self, labels: Any, predictions: Any) -> tuple[Any, Any]:
        return math_ops.cast(labels, dtypes.bool), ops.convert_to_tensor(predictions) > self.threshold


class SparseAccuracy(_Matches):
    """How often the largest of the predictions ``[batch, classes]`` is the label, labels ``[batch]``."""

    def _check_shapes(self, labels: Any, predictions: Any) -> None:
        check_ops.assert_equal(
            array_ops.shape(labels),
            array_ops.shape(predictions)[0],
            message="First axis of labels and predictions is unequal",
        )

    def _comparable(self, labels: Any, predictions: Any) -> tuple[Any, Any]:
        return math_ops.cast(labels, dtypes.int64), math_ops.argmax(predictions, axis=-1)
