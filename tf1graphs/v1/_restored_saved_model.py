"""``tf.keras.experimental.export_saved_model`` and ``load_from_saved_model``, which tf-keras has dropped.

A folder of a SavedModel with a graph for each of training, evaluation and prediction, as ``tf.estimator`` writes it,
with the weights in a checkpoint of the Keras model and its configuration in ``assets/saved_model.json``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from tensorflow.python.checkpoint import graph_view
from tensorflow.python.client import session
from tensorflow.python.framework import ops
from tensorflow.python.lib.io import file_io
from tensorflow.python.ops import variables
from tensorflow.python.platform import tf_logging
from tensorflow.python.saved_model import builder, model_utils, path_helpers, save
from tensorflow.python.training import saver
from tensorflow.python.util import nest
from tf_keras.src import backend
from tf_keras.src.engine import sequential
from tf_keras.src.models import cloning, model_from_json
from tf_keras.src.optimizers.legacy import optimizer_v2
from tf_keras.src.optimizers.optimizer_v1 import TFOptimizer
from tf_keras.src.saving.legacy import saving_utils
from tf_keras.src.utils.mode_keys import ModeKeys

__all__ = ["export_saved_model", "load_from_saved_model"]

_CONFIGURATION = "saved_model.json"


def export_saved_model(
    model: Any,
    saved_model_path: str,
    custom_objects: Mapping[str, Any] | None = None,
    as_text: bool = False,
    input_signature: Any = None,
    serving_only: bool = False,
) -> None:
    """Writes a Keras model as a SavedModel; without an optimizer of ``tf.train`` or ``tf.keras`` only for prediction.

    Args:
        model: A model of layers, or any model if ``serving_only``.
        saved_model_path: A folder that is empty, or not there.
        custom_objects: Classes and functions of the model's configuration, by name.
        as_text: Whether ``saved_model.pbtxt`` is written, not ``saved_model.pb``.
        input_signature: Nested ``tf.TensorSpec`` objects: the inputs, where the model does not say them.
        serving_only: Whether to write the graph for prediction alone, in the format of ``tf.saved_model.save``.

    Raises:
        NotImplementedError: The model is a class of its own and ``serving_only`` is False.
        ValueError: The shapes of the model's inputs are not known.
        AssertionError: The folder has files.
    """
    if serving_only:
        save.save(model, saved_model_path, signatures=saving_utils.trace_model_call(model, input_signature))
    else:
        _check(model)
        _Exporter(model, saved_model_path, custom_objects, input_signature).export(as_text)
    try:
        configuration = model.to_json()
    except NotImplementedError:
        tf_logging.warning("Skipped saving model JSON, subclassed model does not have get_config() defined.")
        return
    assets = path_helpers.get_or_create_assets_dir(saved_model_path)
    file_io.write_string_to_file(os.path.join(assets, _CONFIGURATION), configuration)


def load_from_saved_model(saved_model_path: str, custom_objects: Mapping[str, Any] | None = None) -> Any:
    """Returns the Keras model that ``export_saved_model`` wrote, with its weights; it is not compiled.

    Args:
        saved_model_path: The folder.
        custom_objects: Classes and functions of the model's configuration, by name.
    """
    file = os.path.join(path_helpers.get_assets_dir(saved_model_path), _CONFIGURATION)
    model = model_from_json(file_io.read_file_to_string(file), custom_objects=custom_objects)
    model.load_weights(path_helpers.get_variables_path(saved_model_path))
    return model


def _check(model: Any) -> None:
    if model._is_graph_network:
        return
    if not isinstance(model, sequential.Sequential):
        raise NotImplementedError(
            "Subclassed models can only be exported for serving. Please set argument serving_only=True."
        )
    if not model.built:
        raise ValueError(
            "Weights for sequential model have not yet been created. Weights are created when the Model is first "
            "called on inputs or `build()` is called with an `input_shape`, or the first layer in the model has "
            "`input_shape` during construction."
        )


class _Exporter:
    """Writes the graphs of a model one by one; the first adds the optimizer's variables to the checkpoint."""

    def __init__(self, model: Any, path: str, custom_objects: Any, input_signature: Any) -> None:
        self._model = model
        self._custom_objects = custom_objects
        self._input_signature = input_signature
        self._builder = builder._SavedModelBuilder(path)
        path_helpers.get_or_create_variables_dir(path)
        self._checkpoint = path_helpers.get_variables_path(path)

    def export(self, as_text: bool) -> None:
        self._model.save_weights(self._checkpoint, save_format="tf", overwrite=True)
        for mode in self._modes():
            self._add_graph(mode)
        self._builder.save(as_text)

    def _modes(self) -> list[str]:
        optimizer = self._model.optimizer
        if isinstance(optimizer, (TFOptimizer, optimizer_v2.OptimizerV2)):
            return [ModeKeys.TRAIN, ModeKeys.TEST, ModeKeys.PREDICT]
        if optimizer:
            tf_logging.warning(
                "Model was compiled with an optimizer, but the optimizer is not from `tf.train` (e.g. "
                "`tf.train.AdagradOptimizer`). Only the serving graph was exported. The train and evaluate graphs "
                "were not added to the SavedModel."
            )
        return [ModeKeys.PREDICT]

    def _add_graph(self, mode: str) -> None:
        with ops.Graph().as_default() as graph, backend.learning_phase_scope(mode == ModeKeys.TRAIN):
            clone = self._clone(mode)
            if mode != ModeKeys.PREDICT:
                # Readers of the SavedModel ask for the global step.
                graph.add_to_collection(ops.GraphKeys.GLOBAL_STEP, clone.optimizer.iterations)
            getattr(clone, f"_make_{mode}_function")()
            graph.get_collection_ref(ops.GraphKeys.UPDATE_OPS).extend(clone.state_updates)
            with session.Session().as_default():
                status = clone.load_weights(self._checkpoint)
                if self._builder._has_saved_variables:
                    status.assert_existing_objects_matched()
                else:
                    clone.save_weights(self._checkpoint, save_format="tf", overwrite=True)
                    self._builder._has_saved_variables = True
                self._builder.add_meta_graph(
                    model_utils.EXPORT_TAG_MAP[mode],
                    signature_def_map=_signatures(clone, mode),
                    saver=saver.Saver(graph_view.ObjectGraphView(clone).serialize_object_graph()[0], allow_empty=True),
                    init_op=variables.local_variables_initializer(),
                    train_op=clone.train_function.updates_op if mode == ModeKeys.TRAIN else None,
                )

    def _clone(self, mode: str) -> Any:
        inputs = None
        if self._input_signature is not None:
            inputs = nest.map_structure(
                lambda spec: backend.placeholder(shape=spec.shape, dtype=spec.dtype, name=spec.name),
                self._input_signature,
            )
        return cloning.clone_and_build_model(
            self._model,
            input_tensors=inputs,
            custom_objects=self._custom_objects,
            compile_clone=mode != ModeKeys.PREDICT,
        )


def _signatures(model: Any, mode: str) -> Any:
    inputs = dict(zip(model.input_names, model.inputs, strict=True))
    if model.optimizer:
        inputs.update({target.name.partition(":")[0]: target for target in model._targets if target is not None})
    metrics = saving_utils.extract_model_metrics(model)
    outputs = model_utils.export_outputs_for_mode(
        mode,
        predictions=dict(zip(model.output_names, model.outputs, strict=True)),
        loss=model.total_loss if model.optimizer else None,
        metrics={name: _as_pair(metric) for name, metric in metrics.items()} if metrics else metrics,
    )
    return model_utils.build_all_signature_defs(inputs, export_outputs=outputs, serving_only=mode == ModeKeys.PREDICT)


def _as_pair(metric: Any) -> tuple[Any, Any]:
    """Returns value and update of a metric, whose variables then start with the local ones of the graph."""
    known = set(map(id, ops.get_collection(ops.GraphKeys.LOCAL_VARIABLES)))
    for variable in metric.variables:
        if id(variable) not in known:
            ops.add_to_collection(ops.GraphKeys.LOCAL_VARIABLES, variable)
    return metric.result(), metric.updates[0]
