"""``multi_head``: several heads of one model, whose losses are added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, control_flow_ops, math_ops, metrics_impl
from tensorflow.python.saved_model.signature_constants import DEFAULT_SERVING_SIGNATURE_DEF_KEY
from tensorflow.python.summary import summary
from tensorflow_estimator.python.estimator.canned import head as canned
from tensorflow_estimator.python.estimator.canned.metric_keys import MetricKeys
from tensorflow_estimator.python.estimator.export.export_output import PredictOutput
from tensorflow_estimator.python.estimator.model_fn import EstimatorSpec, ModeKeys

from tf1graphs.v1.contrib.estimator._multi_label_head import _train_op


def multi_head(heads: Sequence[Any], head_weights: Sequence[float] | None = None) -> Any:
    """Returns a head of several heads: the sum of their losses, and their metrics and predictions side by side.

    Labels are a dictionary by the names of the heads; logits are such a dictionary, or one tensor
    [..., sum of the heads' logits_dimension]. Predictions have keys (name of the head, key).

    Args:
        heads: Heads with names; the first one is served by default.
        head_weights: What the losses are multiplied by; 1 by default.

    Raises:
        ValueError: There is no head, one has no name, or there are fewer or more weights than heads.
    """
    if head_weights and len(head_weights) != len(heads):
        raise ValueError(
            f"heads and head_weights must have the same size. Given len(heads): {len(heads)}. "
            f"Given len(head_weights): {len(head_weights)}."
        )
    if not heads:
        raise ValueError(f"Must specify heads. Given: {heads}")
    for head in heads:
        if not head.name:
            raise ValueError(f"All given heads must have name specified. Given: {head}")
    return _MultiHead(tuple(heads), tuple(head_weights or ()))


class _MultiHead(canned._Head):  # type: ignore[misc]
    """What ``multi_head`` returns."""

    def __init__(self, heads: tuple[Any, ...], head_weights: tuple[float, ...]) -> None:
        self._heads = heads
        self._head_weights = head_weights

    @property
    def name(self) -> str:
        return "_".join(head.name for head in self._heads)

    @property
    def logits_dimension(self) -> int:
        return sum(head.logits_dimension for head in self._heads)

    def create_loss(self, features: Any, mode: str, logits: Any, labels: Any) -> Any:
        """Returns the weighted sum of the heads' losses, and dictionaries of the rest, as a ``LossSpec``."""
        of_heads = self._logits_of_heads(logits)
        found = {
            head.name: head.create_loss(features, mode, of_heads[head.name], labels[head.name]) for head in self._heads
        }
        return canned.LossSpec(
            training_loss=self._sum([loss.training_loss for loss in found.values()]),
            unreduced_loss=self._weighted({name: loss.unreduced_loss for name, loss in found.items()}),
            weights=self._weighted({name: loss.weights for name, loss in found.items()}),
            processed_labels={name: loss.processed_labels for name, loss in found.items()},
        )

    def create_estimator_spec(
        self,
        features: Any,
        mode: str,
        logits: Any,
        labels: Any = None,
        optimizer: Any = None,
        train_op_fn: Callable[[Any], Any] | None = None,
    ) -> EstimatorSpec:
        """Returns the ``EstimatorSpec`` of all heads together; see ``multi_head``."""
        of_heads = self._logits_of_heads(logits)
        if labels and not isinstance(labels, dict):
            raise ValueError(f"labels must be a dict. Given: {labels}")
        specs = {
            head.name: head.create_estimator_spec(
                features=features,
                mode=mode,
                logits=of_heads[head.name],
                labels=labels[head.name] if labels else None,
                train_op_fn=lambda loss: control_flow_ops.no_op(),
            )
            for head in self._heads
        }
        if mode == ModeKeys.PREDICT:
            return self._for_predict(specs)
        if mode == ModeKeys.EVAL:
            return self._for_eval(specs)
        if mode != ModeKeys.TRAIN:
            raise ValueError(f"mode={mode} unrecognized")
        loss = self._sum([spec.loss for spec in specs.values()])
        train_op = _train_op(loss, optimizer, train_op_fn)
        with ops.name_scope(""):
            summary.scalar(MetricKeys.LOSS, loss)
        return EstimatorSpec(
            mode, loss=loss, train_op=train_op, predictions=_predictions(specs), eval_metric_ops=_metrics(specs)
        )

    def _sum(self, losses: Sequence[Any]) -> Any:
        with ops.name_scope("merge_losses", values=losses):
            if self._head_weights:
                pairs = zip(losses, self._head_weights, strict=True)
                losses = [math_ops.multiply(loss, weight) for loss, weight in pairs]
            return math_ops.add_n(losses)

    def _weighted(self, tensors: dict[str, Any]) -> dict[str, Any]:
        if not self._head_weights:
            return tensors
        weights = zip(tensors.items(), self._head_weights, strict=True)
        return {name: math_ops.multiply(tensor, weight) for (name, tensor), weight in weights}

    def _logits_of_heads(self, logits: Any) -> dict[str, Any]:
        if isinstance(logits, dict):
            return logits
        with ops.name_scope(None, "split_logits", values=[logits]):
            logits = ops.convert_to_tensor(logits)
            depths = [head.logits_dimension for head in self._heads]
            shape = logits.shape.as_list()
            if shape[-1] not in (None, sum(depths)):
                raise ValueError(
                    f"Could not split logits of shape {shape} among the heads with individual logits dimensions: "
                    f"{depths}. The last dimension of the logits tensor should equal {sum(depths)} but is {shape[-1]}."
                )
            batch = array_ops.shape(logits)[:-1]
            before, all_of = array_ops.zeros_like(batch), -1 * array_ops.ones_like(batch)
            found, start = {}, 0
            for head, depth in zip(self._heads, depths, strict=True):
                begin = array_ops.concat([before, [start]], axis=0)
                size = array_ops.concat([all_of, [depth]], axis=0)
                found[head.name] = array_ops.slice(logits, begin=begin, size=size)
                start += depth
        return found

    def _for_predict(self, specs: dict[str, EstimatorSpec]) -> EstimatorSpec:
        first = next(iter(specs))
        outputs = {DEFAULT_SERVING_SIGNATURE_DEF_KEY: _served(specs[first].export_outputs, first)}
        merged = {}
        for name, spec in specs.items():
            for key, output in spec.export_outputs.items():
                outputs[name if key == DEFAULT_SERVING_SIGNATURE_DEF_KEY else f"{name}/{key}"] = output
                if key == canned._PREDICT_SERVING_KEY and isinstance(output, PredictOutput):
                    merged.update({f"{name}/{part}": tensor for part, tensor in output.outputs.items()})
        outputs[canned._PREDICT_SERVING_KEY] = PredictOutput(merged)
        return EstimatorSpec(ModeKeys.PREDICT, predictions=_predictions(specs), export_outputs=outputs)

    def _for_eval(self, specs: dict[str, EstimatorSpec]) -> EstimatorSpec:
        metrics: dict[str, Any] = {}
        with ops.name_scope("merge_eval"):
            for name, spec in specs.items():
                key = canned._summary_key(name, MetricKeys.LOSS)
                metrics[key] = metrics_impl.mean(spec.loss, name=key)
                metrics.update(spec.eval_metric_ops or {})
            loss = self._sum([spec.loss for spec in specs.values()])
        return EstimatorSpec(ModeKeys.EVAL, predictions=_predictions(specs), loss=loss, eval_metric_ops=metrics)


def _predictions(specs: dict[str, EstimatorSpec]) -> dict[tuple[str, str], Any]:
    return {(name, key): value for name, spec in specs.items() for key, value in spec.predictions.items()}


def _metrics(specs: dict[str, EstimatorSpec]) -> dict[str, Any]:
    return {key: metric for spec in specs.values() for key, metric in (spec.eval_metric_ops or {}).items()}


def _served(outputs: dict[str, Any], name: str) -> Any:
    if len(outputs) == 1:
        return next(iter(outputs.values()))
    if DEFAULT_SERVING_SIGNATURE_DEF_KEY in outputs:
        return outputs[DEFAULT_SERVING_SIGNATURE_DEF_KEY]
    raise ValueError(
        f"{name} did not specify default export_outputs. Given: {outputs} Suggested fix: Use one of the heads in "
        f"tf.contrib.estimator, or include key {DEFAULT_SERVING_SIGNATURE_DEF_KEY} in export_outputs."
    )
