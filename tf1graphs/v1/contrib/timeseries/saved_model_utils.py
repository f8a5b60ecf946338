"""``tf.contrib.timeseries.saved_model_utils``: filters and predicts with an exported model, array by array."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tf1graphs.v1.contrib.timeseries import feature_keys, head, model_utils
from tf1graphs.v1.contrib.timeseries._numpy_data import canonicalize_numpy_data

__all__ = ["cold_start_filter", "filter_continuation", "predict_continuation"]

_LABELS, _STATE_TUPLE = feature_keys.SavedModelLabels, feature_keys.State.STATE_TUPLE
_TIMES = feature_keys.Times.TIMES


def _call(signature: Any, session: Any, features: Mapping[str, Any], continue_from: Mapping[str, Any]) -> Any:
    """Returns the outputs of a signature by name, with the times of the features."""
    state = continue_from
    if _STATE_TUPLE in continue_from:
        state = head.state_to_dictionary(continue_from[_STATE_TUPLE])

    def tensors(of: Any) -> dict[str, Any]:
        return {key: session.graph.as_graph_element(value.name) for key, value in of.items()}

    inputs = tensors(signature.inputs)
    feeds = {inputs[key]: value for values in (state, features) for key, value in values.items()}
    output = session.run(tensors(signature.outputs), feed_dict=feeds)
    output[_TIMES] = features[_TIMES]
    return output


def predict_continuation(
    continue_from: Any,
    signatures: Any,
    session: Any,
    steps: int | None = None,
    times: Any = None,
    exogenous_features: Mapping[str, Any] | None = None,
) -> Any:
    """Returns predictions by name, arrays ``[batch, time, ...]``, after what a filter or an evaluation gave.

    Args:
        continue_from: What ``Estimator.evaluate`` or a filter of this module returned.
        signatures: The ``MetaGraphDef`` that ``tf.saved_model.loader.load`` returned.
        session: The session into which it was loaded.
        steps: How many times after the last one to predict, or
        times: the times, ``[time]`` or ``[batch, time]``.
        exogenous_features: Arrays ``[batch, time, ...]`` by name.

    Raises:
        ValueError: Both or none of ``steps`` and ``times`` is given, or the times are not later.
    """
    predict_times = model_utils.canonicalize_times_or_steps_from_output(times, steps, continue_from)
    features = {feature_keys.PredictionFeatures.TIMES: predict_times, **(exogenous_features or {})}
    return _call(signatures.signature_def[_LABELS.PREDICT], session, features, continue_from)


def cold_start_filter(signatures: Any, session: Any, features: Mapping[str, Any]) -> Any:
    """Returns the state after some observations, from the model's start state; it may be continued from.

    Args:
        signatures: The ``MetaGraphDef`` that ``tf.saved_model.loader.load`` returned.
        session: The session into which it was loaded.
        features: ``times`` ``[time]`` or ``[batch, time]``, ``values`` ``[..., num_features]``, and exogenous ones.
    """
    features = canonicalize_numpy_data(data=features, require_single_batch=False)
    return _call(signatures.signature_def[_LABELS.COLD_START_FILTER], session, features, {})


def filter_continuation(continue_from: Any, signatures: Any, session: Any, features: Mapping[str, Any]) -> Any:
    """Returns the state after further observations; see ``cold_start_filter`` and ``predict_continuation``."""
    features = canonicalize_numpy_data(data=features, require_single_batch=False)
    return _call(signatures.signature_def[_LABELS.FILTER], session, features, continue_from)
