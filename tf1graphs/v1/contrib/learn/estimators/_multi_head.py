"""Heads without logits of their own: a loss alone, and several heads on one model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, control_flow_ops, math_ops, variable_scope

from tf1graphs.v1.contrib.learn.estimators._single_head import Head, add_loss_summary, required_train_op_fn
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModeKeys, ModelFnOps


def no_op_train_fn(loss: Any) -> Any:
    """Returns an op that does nothing, for models that are trained by other means."""
    return control_flow_ops.no_op()


class LossOnlyHead(Head):
    """Adds a loss to those of other heads."""

    def __init__(self, loss_fn: Callable[[], Any], head_name: str | None = None) -> None:
        self._loss_fn = loss_fn
        self.head_name = head_name or "loss_only_head"

    @property
    def logits_dimension(self) -> int:
        """There are no logits."""
        return 0

    def create_model_fn_ops(
        self,
        features: Mapping[str, Any],
        mode: str,
        labels: Any = None,
        train_op_fn: Callable[[Any], Any] | None = None,
        logits: Any = None,
        logits_input: Any = None,
        scope: Any = None,
    ) -> ModelFnOps:
        """Returns what a model function returns, with the loss but without predictions; see ``Head``."""
        ModeKeys.validate(mode)
        loss = train_op = None
        if mode != ModeKeys.INFER:
            with variable_scope.variable_scope(scope, default_name=self.head_name):
                loss = self._loss_fn()
                loss = math_ops.add_n(loss) if isinstance(loss, list) else loss
                add_loss_summary(loss, self.head_name)
                if mode == ModeKeys.TRAIN:
                    train_op_fn = required_train_op_fn(train_op_fn)
                    with ops.name_scope(None, "train_op"):
                        train_op = train_op_fn(loss)
        return ModelFnOps(mode=mode, loss=loss, train_op=train_op, predictions={}, eval_metric_ops={})


def loss_merger(heads: Sequence[Any], weights: Sequence[float] | None) -> Callable[[Sequence[Any]], Any]:
    """Returns the function that adds up the losses of heads, times their weights.

    Raises:
        ValueError: There are more or fewer weights than heads.
    """
    if weights and len(weights) != len(heads):
        raise ValueError("heads and loss_weights must have same size")

    def merge(losses: Sequence[Any]) -> Any:
        if not weights:
            return math_ops.add_n(losses)
        return math_ops.add_n([math_ops.multiply(loss, weight) for loss, weight in zip(losses, weights, strict=True)])

    return merge


class MultiHead(Head):
    """Several heads with names."""

    def __init__(self, heads: Sequence[Any], merge_losses: Callable[[Sequence[Any]], Any]) -> None:
        if not all(head.head_name for head in heads):
            raise ValueError("Members of MultiHead must have names.")
        self._heads = heads
        self._logits_dimension: int = sum(head.logits_dimension for head in heads)
        self._merge_losses = merge_losses

    @property
    def logits_dimension(self) -> int:
        """The number of logits of an example for all heads together."""
        return self._logits_dimension

    def create_model_fn_ops(
        self,
        features: Mapping[str, Any],
        mode: str,
        labels: Any = None,
        train_op_fn: Callable[[Any], Any] | None = None,
        logits: Any = None,
        logits_input: Any = None,
        scope: Any = None,
    ) -> ModelFnOps:
        """Returns what a model function returns; see ``Head``. Logits may be a dictionary by the names of heads."""
        ModeKeys.validate(mode)
        models = [
            head.create_model_fn_ops(
                features=features,
                mode=mode,
                labels=labels,
                train_op_fn=no_op_train_fn,
                logits=head_logits,
                logits_input=logits_input if logits is None else None,
                scope=scope,
            )
            for head, head_logits in zip(self._heads, self._each_logits(logits), strict=True)
        ]
        if mode == ModeKeys.TRAIN:
            return self._merge_train(models, required_train_op_fn(train_op_fn))
        return self._merge_infer(models) if mode == ModeKeys.INFER else self._merge_eval(models)

    def _each_logits(self, logits: Any) -> Iterable[Any]:
        if isinstance(logits, dict):
            return [None if isinstance(head, LossOnlyHead) else logits[head.head_name] for head in self._heads]
        if logits is None:
            return [None] * len(self._heads)
        parts, begin = [], 0
        for head in self._heads:
            parts.append(array_ops.slice(logits, [0, begin], [-1, head.logits_dimension]))
            begin += head.logits_dimension
        return parts

    def _merge_train(self, models: Sequence[ModelFnOps], train_op_fn: Callable[[Any], Any]) -> ModelFnOps:
        metrics = {key: metric for model in models for key, metric in model.eval_metric_ops.items()}
        loss = self._merge_losses([model.loss for model in models])
        train_op = control_flow_ops.group(train_op_fn(loss), *(model.train_op for model in models))
        return ModelFnOps(mode=ModeKeys.TRAIN, loss=loss, train_op=train_op, eval_metric_ops=metrics)

    def _merge_infer(self, models: Sequence[ModelFnOps]) -> ModelFnOps:
        alternatives = [model.output_alternatives for model in models if model.output_alternatives]
        return ModelFnOps(
            mode=ModeKeys.INFER,
            predictions=self._named_predictions(models),
            output_alternatives={name: output for each in alternatives for name, output in each.items()},
        )

    def _merge_eval(self, models: Sequence[ModelFnOps]) -> ModelFnOps:
        metrics = {key: metric for model in models for key, metric in model.eval_metric_ops.items()}
        return ModelFnOps(
            mode=ModeKeys.EVAL,
            predictions=self._named_predictions(models),
            loss=self._merge_losses([model.loss for model in models]),
            eval_metric_ops=metrics,
        )

    def _named_predictions(self, models: Sequence[ModelFnOps]) -> dict[tuple[str, str], Any]:
        return {
            (head.head_name, key): prediction
            for head, model in zip(self._heads, models, strict=True)
            for key, prediction in model.predictions.items()
        }
