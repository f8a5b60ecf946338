"""``tf.contrib.predictor``: a model with its session as a function from arrays to arrays."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tf1graphs.v1 import _tf_estimator
from tensorflow.python.client import session as session_lib
from tensorflow.python.framework import ops
from tensorflow.python.saved_model import loader
from tensorflow.python.saved_model.signature_constants import DEFAULT_SERVING_SIGNATURE_DEF_KEY
from tensorflow.python.training import checkpoint_management, monitored_session
from tensorflow_estimator.python.estimator.mode_keys import ModeKeys

__all__ = ["from_contrib_estimator", "from_estimator", "from_saved_model"]

DEFAULT_TAGS = "serve"


class Predictor:
    """Calls a graph: a dictionary of arrays to feed gives a dictionary of arrays."""

    def __init__(self, graph: Any, session: Any, feeds: Mapping[str, str], fetches: Mapping[str, str]) -> None:
        self.graph = graph
        self.session = session
        self.feed_tensors = {key: graph.get_tensor_by_name(name) for key, name in feeds.items()}
        self.fetch_tensors = {key: graph.get_tensor_by_name(name) for key, name in fetches.items()}

    def __repr__(self) -> str:
        return f"{type(self).__name__} with feed tensors {self.feed_tensors} and fetch_tensors {self.fetch_tensors}"

    def __call__(self, input_dict: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the value of every fetch; a feed that is None or left out is not fed.

        Raises:
            ValueError: ``input_dict`` has a key that is none of ``feed_tensors``.
        """
        unexpected = set(input_dict) - set(self.feed_tensors)
        if unexpected:
            raise ValueError(f"Got unexpected keys in input_dict: {unexpected}\nexpected: {set(self.feed_tensors)}")
        feeds = {self.feed_tensors[key]: value for key, value in input_dict.items() if value is not None}
        predictions: dict[str, Any] = self.session.run(self.fetch_tensors, feeds)
        return predictions


class SavedModelPredictor(Predictor):
    """The predictor that ``from_saved_model`` returns."""


class CoreEstimatorPredictor(Predictor):
    """The predictor that ``from_estimator`` returns."""


class ContribEstimatorPredictor(Predictor):
    """The predictor that ``from_contrib_estimator`` returns."""


def from_saved_model(
    export_dir: str,
    signature_def_key: str | None = None,
    signature_def: Any = None,
    input_names: Mapping[str, str] | None = None,
    output_names: Mapping[str, str] | None = None,
    tags: str | None = None,
    graph: Any = None,
    config: Any = None,
) -> SavedModelPredictor:
    """Returns a predictor of a SavedModel: of its signature ``signature_def_key``, by default the one for serving.

    Args:
        export_dir: The folder of the SavedModel.
        signature_def_key: A signature of the model.
        signature_def: A signature in its place.
        input_names: In place of a signature, the names of the tensors to feed; with ``output_names``.
        output_names: The names of the tensors to fetch.
        tags: The tags of the meta graph, separated by commas.
        graph: The graph to load into; a new one by default.
        config: The ``tf.ConfigProto`` of the session.

    Raises:
        ValueError: More than one way to name inputs and outputs was used, or there is no such signature.
    """
    if (input_names is None) != (output_names is None):
        raise ValueError("input_names and output_names must both be specified or both be unspecified.")
    if sum(way is not None for way in (signature_def_key, signature_def, input_names)) > 1:
        raise ValueError(
            "You must specify at most one of signature_def_key OR signature_def OR (input_names AND output_names)."
        )
    graph = graph or ops.Graph()
    with graph.as_default():
        session = session_lib.Session(config=config)
        meta_graph = loader.load(session, (tags or DEFAULT_TAGS).split(","), export_dir)
    if input_names is None or output_names is None:
        signature = signature_def or _signature(meta_graph, signature_def_key or DEFAULT_SERVING_SIGNATURE_DEF_KEY)
        input_names, output_names = _names(signature)
    return SavedModelPredictor(graph, session, input_names, output_names)


def from_estimator(
    estimator: Any,
    serving_input_receiver_fn: Callable[[], Any],
    output_key: str | None = None,
    graph: Any = None,
    config: Any = None,
) -> CoreEstimatorPredictor:
    """Returns a predictor of a trained ``tf.estimator.Estimator``, from the last checkpoint in its folder.

    Args:
        estimator: The estimator.
        serving_input_receiver_fn: Returns the placeholders, as for ``export_saved_model``.
        output_key: A key of the ``export_outputs`` of the model; by default the one for serving.
        graph: The graph to build in; a new one by default.
        config: The ``tf.ConfigProto`` of the session.

    Raises:
        KeyError: The model has no such output.
    """
    graph = graph or ops.Graph()
    with graph.as_default():
        receiver = serving_input_receiver_fn()
        spec = estimator.model_fn(receiver.features, None, ModeKeys.PREDICT, estimator.config)
        key = DEFAULT_SERVING_SIGNATURE_DEF_KEY if output_key is None else output_key
        if key not in spec.export_outputs:
            raise KeyError(f"output_key must be one of {spec.export_outputs.keys()}; got {key}")
        signature = spec.export_outputs[key].as_signature_def(receiver.receiver_tensors)
        creator = monitored_session.ChiefSessionCreator(config=config, checkpoint_dir=estimator.model_dir)
        session = monitored_session.MonitoredSession(session_creator=creator)
    return CoreEstimatorPredictor(graph, session, *_names(signature))


def from_contrib_estimator(
    estimator: Any,
    prediction_input_fn: Callable[[], Any],
    input_alternative_key: str | None = None,
    output_alternative_key: str | None = None,
    graph: Any = None,
    config: Any = None,
) -> ContribEstimatorPredictor:
    """Returns a predictor of a trained ``tf.contrib.learn.Estimator``, from the last checkpoint in its folder.

    Args:
        estimator: The estimator.
        prediction_input_fn: Returns ``InputFnOps``.
        input_alternative_key: Which of the inputs to feed; the default ones by default.
        output_alternative_key: The head to fetch from, where there are more than one.
        graph: The graph to build in; a new one by default.
        config: The ``tf.ConfigProto`` of the session.

    Raises:
        TypeError: The estimator is one of ``tf.estimator``.
        ValueError: The model has no such head.
    """
    if isinstance(estimator, _tf_estimator.estimator.Estimator):
        raise TypeError(
            "Expected estimator to be of type tf.contrib.learn.Estimator, but got type "
            "tf.python.estimator.Estimator. You likely want to call from_estimator."
        )
    from tf1graphs.v1.contrib.learn.utils import saved_model_export_utils as utils

    graph = graph or ops.Graph()
    with graph.as_default():
        received = prediction_input_fn()
        model = estimator._get_predict_ops(received.features)
        path = checkpoint_management.latest_checkpoint(estimator.model_dir)
        creator = monitored_session.ChiefSessionCreator(config=config, checkpoint_filename_with_path=path)
        session = monitored_session.MonitoredSession(session_creator=creator)
    inputs, _ = utils.get_input_alternatives(received)
    outputs, key = utils.get_output_alternatives(model, output_alternative_key)
    feeds = inputs[input_alternative_key or utils.DEFAULT_INPUT_ALTERNATIVE_KEY]
    _, fetches = outputs[key]
    names = [{name: tensor.name for name, tensor in tensors.items()} for tensors in (feeds, fetches)]
    return ContribEstimatorPredictor(graph, session, *names)


def _signature(meta_graph: Any, key: str) -> Any:
    # 1.15 meant to refuse an unknown key, and asked in a way that made an empty signature of it.
    if key not in meta_graph.signature_def:
        raise ValueError(f'Got signature_def_key "{key}". Available signatures are {list(meta_graph.signature_def)}.')
    return meta_graph.signature_def[key]


def _names(signature: Any) -> tuple[dict[str, str], dict[str, str]]:
    inputs = {key: tensor.name for key, tensor in signature.inputs.items()}
    return inputs, {key: tensor.name for key, tensor in signature.outputs.items()}
