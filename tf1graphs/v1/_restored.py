"""Attributes that classes and modules of 1.15 had and today's have not, put back when their module is imported.

``MODULES`` is the table: the module that has a class, or the public names, and the function that puts back what it
lacks. Nothing is imported for it; a module that is never imported is never touched.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tf1graphs.v1 import _after_import, _api, _gone

_SCHEDULES = "tf_keras.src.optimizers.schedules.learning_rate_schedule"
_KERAS = "tf1graphs.v1._restored_keras"
_SAVED_MODEL = "tf1graphs.v1._restored_saved_model"
_STATISTICS = "tf1graphs.v1._restored_statistics"

# Public names that have left TensorFlow's table or Keras' modules: name below tf -> (module, name there, or "" for the
# module itself).
NAMES = {
    "ctc_loss_v2": ("tensorflow.python.ops.ctc_ops", "ctc_loss_v2"),
    "data.experimental.CheckpointInputPipelineHook": (
        "tf1graphs.v1._input_pipeline_hook",
        "CheckpointInputPipelineHook",
    ),
    "data.experimental.MapVectorizationOptions": ("tf1graphs.v1._restored_data", "MapVectorizationOptions"),
    "data.experimental.StatsAggregator": (_STATISTICS, "StatsAggregator"),
    "data.experimental.StatsOptions": (_STATISTICS, "StatsOptions"),
    "data.experimental.bytes_produced_stats": (_STATISTICS, "bytes_produced_stats"),
    "data.experimental.latency_stats": (_STATISTICS, "latency_stats"),
    "keras.experimental.LinearCosineDecay": (_SCHEDULES, "LinearCosineDecay"),
    "keras.experimental.NoisyLinearCosineDecay": (_SCHEDULES, "NoisyLinearCosineDecay"),
    "keras.experimental.PeepholeLSTMCell": (_KERAS, "PeepholeLSTMCell"),
    "keras.experimental.export_saved_model": (_SAVED_MODEL, "export_saved_model"),
    "keras.experimental.load_from_saved_model": (_SAVED_MODEL, "load_from_saved_model"),
    "keras.experimental.terminate_keras_multiprocessing_pools": (_KERAS, "terminate_keras_multiprocessing_pools"),
    "keras.mixed_precision.experimental": ("tf_keras.api._v1.keras.mixed_precision.experimental", ""),
    "keras.utils.HDF5Matrix": (_KERAS, "HDF5Matrix"),
    "keras.utils.convert_all_kernels_in_model": (_KERAS, "convert_all_kernels_in_model"),
    "keras.utils.multi_gpu_model": ("tf1graphs.v1._multi_gpu_model", "multi_gpu_model"),
    "keras.wrappers": (_KERAS, "wrappers"),
}

# Modules of the API that are other packages' own: module -> its path below tf.
FOREIGN = {
    "tensorflow_estimator._api.v1.estimator": "estimator",
    "tf_keras.api._v1.keras": "keras",
    "tf_keras.api._v1.keras.experimental": "keras.experimental",
    "tf_keras.api._v1.keras.mixed_precision": "keras.mixed_precision",
    "tf_keras.api._v1.keras.utils": "keras.utils",
}


def _tensor(module: Any) -> None:
    """Graph tensors and eager tensors have these; their common class lists them for those who ask it."""
    for name in ("op", "graph", "device", "value_index", "consumers"):
        if not hasattr(module.Tensor, name):
            setattr(module.Tensor, name, _abstract(name))


def _abstract(name: str) -> property:
    def get(self: Any) -> Any:
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    return property(get)


def _shapes(module: Any) -> None:
    module.scalar = lambda: module.TensorShape([])
    module.vector = lambda length: module.TensorShape([length])
    module.matrix = lambda rows, cols: module.TensorShape([rows, cols])
    _accept_whole_dimensions(module)


def _accept_whole_dimensions(module: Any) -> None:
    """Lets any whole number be a dimension, as the 392.0 that Python 3 gives for ``784 / 2``."""
    from tensorflow.python.framework import dtypes

    start = module.Dimension.__init__

    def start_with(self: Any, value: Any) -> None:
        if not (value is None or hasattr(value, "__index__") or isinstance(value, module.Dimension)):
            if isinstance(value, dtypes.DType):
                raise TypeError(f"Cannot convert {value} to Dimension")
            number = int(value)
            if not isinstance(value, (str, bytes)) and number != value:
                raise ValueError(f"Ambiguous dimension: {value}")
            value = number
        start(self, value)

    module.Dimension.__init__ = start_with


def _looper_thread(module: Any) -> None:
    # Python's own threads lost the name in 3.9.
    module.LooperThread.isAlive = module.LooperThread.is_alive


def _old_binding(module: Any) -> None:
    from tensorflow.python.training import py_checkpoint_reader

    module.NewCheckpointReader = py_checkpoint_reader.NewCheckpointReader


def _strategy(module: Any) -> None:
    def experimental_run_v2(self: Any, fn: Callable[..., Any], args: Any = (), kwargs: Any = None) -> Any:
        return self.run(fn, args=args, kwargs=kwargs)

    module.StrategyBase.experimental_run_v2 = experimental_run_v2


def _optional(module: Any) -> None:
    def none_from_structure(value_structure: Any) -> Any:
        return module.Optional.empty(value_structure)

    module.Optional.none_from_structure = staticmethod(none_from_structure)
    module.Optional.value_structure = property(lambda self: self.element_spec)


def _dataset_options(module: Any) -> None:
    from tf1graphs.v1 import _restored_data

    _restored_data.restore(module)


def _datasets(module: Any) -> None:
    from tf1graphs.v1 import _restored_statistics

    _restored_statistics.restore(module)


def _layer(module: Any) -> None:
    def apply(self: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return self(inputs, *args, **kwargs)

    def get_updates_for(self: Any, inputs: Any) -> Any:
        return _graph_layer().get_updates_for(self, inputs)

    def get_losses_for(self: Any, inputs: Any) -> Any:
        return _graph_layer().get_losses_for(self, inputs)

    _accept_inputs(module)
    module.Layer.apply = apply
    module.Layer.get_updates_for = get_updates_for
    module.Layer.get_losses_for = get_losses_for


def _accept_inputs(module: Any) -> None:
    """Lets layers take the inputs of losses by position, and those of updates, which 1.15 took and did not look at."""
    add_loss, add_update = module.Layer.add_loss, module.Layer.add_update

    @functools.wraps(add_loss)
    def add_loss_of(self: Any, losses: Any, inputs: Any = None) -> Any:
        return add_loss(self, losses, inputs=inputs)

    @functools.wraps(add_update)
    def add_update_of(self: Any, updates: Any, inputs: Any = None) -> Any:
        known = len(getattr(self, "_updates", ()))
        add_update(self, updates)
        _mark_unconditional(self, known)

    module.Layer.add_loss = add_loss_of
    module.Layer.add_update = add_update_of


def _mark_unconditional(layer: Any, known: int) -> None:
    """Says of the further updates of a functional model whether its inputs lead to them; today none is asked for."""
    inputs = getattr(layer, "_nested_inputs", None)
    if inputs is not None and layer._updates[known:]:
        from tf_keras.src.utils import tf_utils

        for update in layer._updates[known:]:
            reached = tf_utils.get_reachable_from_inputs(inputs, [update])
            update._unconditional_update = update not in reached


def _graph_layer() -> Any:
    """Returns the class that layers take these methods from when they are built in a graph."""
    return importlib.import_module("tf_keras.src.engine.base_layer_v1").Layer


def _base_layers(module: Any) -> None:
    from tf_keras.src.engine import input_spec

    module.InputSpec = input_spec.InputSpec


def _model(module: Any) -> None:
    def sample_weights(self: Any) -> list[Any]:
        return [endpoint.sample_weight for endpoint in self._training_endpoints]

    module.Model.sample_weights = property(sample_weights)


def _sequential(module: Any) -> None:
    def predict_proba(self: Any, x: Any, batch_size: int = 32, verbose: int = 0) -> Any:
        from tensorflow.python.platform import tf_logging

        predictions = self.predict(x, batch_size, verbose)
        if predictions.min() < 0.0 or predictions.max() > 1.0:
            tf_logging.warning("predict_proba() gives what the last layer gives, and that is no probabilities")
        return predictions

    def predict_classes(self: Any, x: Any, batch_size: int = 32, verbose: int = 0) -> Any:
        predictions = self.predict(x, batch_size=batch_size, verbose=verbose)
        if predictions.shape[-1] > 1:
            return predictions.argmax(axis=-1)
        return (predictions > 0.5).astype("int32")

    module.Sequential.predict_proba = predict_proba
    module.Sequential.predict_classes = predict_classes


def _foreign(module: Any) -> None:
    """Lets a module find the public names that it has lost, as the API's own modules do."""

    def find(name: str) -> Any:
        dotted = f"{FOREIGN[module.__name__]}.{name}"
        for known in (_find, _gone.find):
            with contextlib.suppress(KeyError):
                return known(dotted)
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

    module.__getattr__ = find


def _keras(module: Any) -> None:
    # The folder has the modules that tf-keras has dropped.
    path = FOREIGN[module.__name__].split(".")[1:]
    module.__path__.append(str(Path(__file__).with_name("_keras_api").joinpath(*path)))
    _foreign(module)


MODULES: dict[str, Callable[[Any], None]] = {
    "tensorflow.python.data.ops.dataset_ops": _datasets,
    "tensorflow.python.data.ops.optional_ops": _optional,
    "tensorflow.python.data.ops.options": _dataset_options,
    "tensorflow.python.distribute.distribute_lib": _strategy,
    "tensorflow.python.framework.tensor": _tensor,
    "tensorflow.python.framework.tensor_shape": _shapes,
    "tensorflow.python.pywrap_tensorflow": _old_binding,
    "tensorflow.python.training.coordinator": _looper_thread,
    "tf_keras.src.engine.base_layer": _layer,
    "tf_keras.src.engine.base_layer_v1": _accept_inputs,
    "tf_keras.src.engine.sequential": _sequential,
    "tf_keras.src.engine.training": _model,
    "tf_keras.src.legacy_tf_layers.base": _base_layers,
    **dict.fromkeys(FOREIGN, _foreign),
    "tf_keras.api._v1.keras": _keras,
    "tf_keras.api._v1.keras.mixed_precision": _keras,
}


def _find(name: str) -> Any:
    module, original = NAMES[name]
    found = importlib.import_module(module)
    return getattr(found, original) if original else found


def install() -> None:
    """Puts back what loaded modules lack, and lets the others be completed when they are imported."""
    for name, complete in MODULES.items():
        _after_import.change(name, complete)
    _api.add_names(_find)
