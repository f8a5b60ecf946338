"""What of TensorFlow 1.15 cannot be had on today's TensorFlow: it can be imported and refuses on use.

A row is a public name of 1.15 (with everything below it), why it is gone, and what to use instead.
"""

from __future__ import annotations

from typing import Any, NoReturn


class UnsupportedError(RuntimeError):
    """A part of TensorFlow 1.15 was used that today's TensorFlow cannot do; the message names it and an alternative."""


_OPS = "its ops, in a library of their own, have left TensorFlow"
_TREES = "the kernels that grow trees are gone"
_FOREST = "use TensorFlow Decision Forests, or scikit-learn"
_TPU = "it drove TPUs of 2019"
_NO_TPU = "train without a TPU"
_LITE = "it described graphs to a converter that has been replaced"
_CONVERT = "convert with tf.lite.TFLiteConverter"
_LATER = "TensorFlow 1.15.5 does not have it either"
_DEBUG_OPS = [
    f"raw_ops.{action}TPUEmbedding{optimizer}ParametersGradAccumDebug"
    for action in ("Load", "Retrieve")
    for optimizer in ("ADAM", "Adadelta", "Adagrad", "FTRL", "Momentum", "ProximalAdagrad", "RMSProp")
]

# Name below tf -> (reason, alternative).
GONE: dict[str, tuple[str, str]] = {
    "Operation.traceback_with_start_lines": (
        "the binary no longer records where functions start",
        "use Operation.traceback",
    ),
    "contrib.bigtable": (_OPS, "read the table with google-cloud-bigtable and tf.data.Dataset.from_generator"),
    "contrib.boosted_trees": (_TREES, _FOREST),
    "contrib.cloud": (
        _OPS,
        "read files with tf.gfile, and tables with google-cloud-bigquery and tf.data.Dataset.from_generator",
    ),
    "contrib.data.LMDBDataset": ("its kernel is gone", "use tf.data.Dataset.from_generator with the package lmdb"),
    "contrib.decision_trees": (_TREES, _FOREST),
    "contrib.distribute.MultiWorkerAllReduce": (
        "a strategy no longer trains on several machines from one process",
        "use tf.contrib.distribute.CollectiveAllReduceStrategy",
    ),
    "contrib.estimator.boosted_trees_classifier_train_in_memory": (_TREES, _FOREST),
    "contrib.estimator.boosted_trees_regressor_train_in_memory": (_TREES, _FOREST),
    "contrib.ffmpeg": (
        _OPS,
        "decode WAV files with tf.audio.decode_wav, others with the program ffmpeg in a tf.py_func",
    ),
    "contrib.hadoop": (_OPS, "read the SequenceFile in Python with tf.data.Dataset.from_generator"),
    "contrib.ignite": (_OPS, "read the cache with pyignite and tf.data.Dataset.from_generator"),
    "contrib.kafka": (_OPS, "read the topic with kafka-python and tf.data.Dataset.from_generator"),
    "contrib.kinesis": (_OPS, "read the stream with boto3 and tf.data.Dataset.from_generator"),
    "contrib.memory_stats": ("its kernels are gone", "use tf.config.experimental.get_memory_info"),
    "contrib.remote_fused_graph": ("its kernels are gone", "run the graph without it"),
    "contrib.rpc": ("its kernels are gone", "call gRPC in a tf.py_func"),
    "contrib.stat_summarizer": ("its binding is gone", "use tf.profiler"),
    "contrib.tensor_forest": (_TREES, _FOREST),
    "contrib.tensorrt": (
        "TensorFlow has dropped TensorRT",
        "save the model with tf.saved_model and convert it with tf2onnx and TensorRT",
    ),
    "contrib.tpu.TPUDistributionStrategy": (_TPU, _NO_TPU),
    "contrib.tpu.keras_to_tpu_model": (_TPU, "train the Keras model itself"),
    "estimator.BoostedTreesClassifier": (_TREES, _FOREST),
    "estimator.BoostedTreesEstimator": (_TREES, _FOREST),
    "estimator.BoostedTreesRegressor": (_TREES, _FOREST),
    "lite.experimental.get_potentially_supported_ops": (_LITE, _CONVERT),
    "lite.experimental.nn": (_LITE, _CONVERT),
    **dict.fromkeys(_DEBUG_OPS, (_TPU, _NO_TPU)),
    "tpu.experimental.AdagradParameters": (_TPU, _NO_TPU),
    "tpu.experimental.AdamParameters": (_TPU, _NO_TPU),
    "tpu.experimental.StochasticGradientDescentParameters": (_TPU, _NO_TPU),
    "train.experimental.auto_mixed_precision_scope": (
        _LATER,
        "use tf.train.experimental.enable_mixed_precision_graph_rewrite",
    ),
}


class Gone:
    """Stands for a name that is gone: any use of it raises ``UnsupportedError``."""

    def __init__(self, name: str, reason: str, alternative: str) -> None:
        self.message = f"tf.{name} is not supported: {reason}; {alternative}"

    def _refuse(self, *arguments: Any, **options: Any) -> NoReturn:
        raise UnsupportedError(self.message)

    __call__ = __mro_entries__ = __enter__ = __iter__ = __getitem__ = _refuse

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__") and name.endswith("__"):
            # Python asks any object for these; that is no use of it.
            raise AttributeError(name)
        self._refuse()

    def __repr__(self) -> str:
        return f"<gone: {self.message}>"


def _row(name: str) -> str:
    """Returns the name in the table that is ``name`` or stands above it, or the empty string."""
    while name and name not in GONE:
        name = name.rpartition(".")[0]
    return name


def holds(name: str) -> bool:
    """Whether the dotted name below ``tf``, or a name above it, is gone."""
    return bool(_row(name))


def find(name: str) -> Gone:
    """Returns the stand-in for a dotted name below ``tf`` that is gone, or below one; ``KeyError`` for any other."""
    return Gone(name, *GONE[_row(name)])
