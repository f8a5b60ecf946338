"""What of TensorFlow 1.15 cannot be had on today's TensorFlow: it can be imported and refuses on use.

A row is a public name of 1.15 (with everything below it), why it is gone, and what to use instead.
"""

from __future__ import annotations

from typing import Any, NoReturn


class UnsupportedError(RuntimeError):
    """A part of TensorFlow 1.15 was used that today's TensorFlow cannot do; the message names it and an alternative."""


_NOT_YET = "it is not yet part of tf1graphs"
_OPS = "its ops, in a library of their own, have left TensorFlow"
_STATISTICS = "the statistics of input pipelines have left TensorFlow"
_PROFILE = "use tf.profiler, or the input pipeline analyzer of TensorBoard"
_TREES = "boosted trees have left TensorFlow's estimators"
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
_DISTRIBUTIONS = """
    Autoregressive BatchReshape Binomial Cauchy Chi2 Chi2WithAbsDf ConditionalDistribution
    ConditionalTransformedDistribution Deterministic ExpRelaxedOneHotCategorical Geometric HalfNormal
    Independent InverseGamma InverseGammaWithSoftplusConcentrationRate Kumaraswamy Logistic Mixture
    MixtureSameFamily MultivariateNormalDiag MultivariateNormalDiagPlusLowRank
    MultivariateNormalDiagWithSoftplusScale MultivariateNormalFullCovariance MultivariateNormalTriL
    NegativeBinomial OneHotCategorical Poisson PoissonLogNormalQuadratureCompound QuantizedDistribution
    RelaxedBernoulli RelaxedOneHotCategorical SeedStream SinhArcsinh TransformedDistribution VectorDeterministic
    VectorDiffeomixture VectorExponentialDiag VectorLaplaceDiag VectorSinhArcsinhDiag WishartCholesky
    WishartFull assign_log_moving_mean_exp assign_moving_mean_variance auto_correlation
    estimator_head_distribution_regression moving_mean_variance normal_conjugates_known_scale_posterior
    normal_conjugates_known_scale_predictive percentile quadrature_scheme_lognormal_gauss_hermite
    quadrature_scheme_lognormal_quantiles quadrature_scheme_softmaxnormal_gauss_hermite
    quadrature_scheme_softmaxnormal_quantiles bijectors
"""
_CUDNN = "its kernels run on NVIDIA's GPUs alone"
_NO_CUDNN = "use the cells tf.contrib.cudnn_rnn.CudnnCompatibleLSTMCell and tf.contrib.cudnn_rnn.CudnnCompatibleGRUCell"
_CUDNN_LAYERS = """
    CudnnGRU CudnnGRUSaveable CudnnLSTM CudnnLSTMSaveable CudnnParamsFormatConverterGRU CudnnParamsFormatConverterLSTM
    CudnnParamsFormatConverterRelu CudnnParamsFormatConverterTanh CudnnRNNRelu CudnnRNNReluSaveable CudnnRNNTanh
    CudnnRNNTanhSaveable
"""
_RNN_MODEL = "use tf.nn.dynamic_rnn in the model_fn of a tf.estimator.Estimator"
_WALS = "the kernel WALSComputePartialLhsAndRhs is gone"
_ALTERNATE = "alternate least squares with tf.linalg.lstsq"

# Name below tf -> (reason, alternative).
GONE: dict[str, tuple[str, str]] = {
    "Operation.traceback_with_start_lines": (
        "the binary no longer records where functions start",
        "use Operation.traceback",
    ),
    "contrib.all_reduce": (_NOT_YET, "use tf.distribute.MirroredStrategy"),
    "contrib.autograph": (_NOT_YET, "use tf.autograph"),
    "contrib.batching": (_NOT_YET, "use tf.nondifferentiable_batch_function"),
    "contrib.bayesflow": (_NOT_YET, "use TensorFlow Probability"),
    "contrib.bigtable": (_OPS, "read the table with google-cloud-bigtable and tf.data.Dataset.from_generator"),
    "contrib.boosted_trees": (_TREES, _FOREST),
    "contrib.cloud": (
        _OPS,
        "read files with tf.gfile, and tables with google-cloud-bigquery and tf.data.Dataset.from_generator",
    ),
    "contrib.compiler": (_NOT_YET, "use tf.xla.experimental"),
    "contrib.constrained_optimization": (_NOT_YET, "use the package tensorflow-constrained-optimization"),
    **{f"contrib.cudnn_rnn.{name}": (_CUDNN, _NO_CUDNN) for name in _CUDNN_LAYERS.split()},
    "contrib.data.LMDBDataset": ("its kernel is gone", "use tf.data.Dataset.from_generator with the package lmdb"),
    "contrib.decision_trees": (_TREES, _FOREST),
    "contrib.distribute": (_NOT_YET, "use tf.distribute"),
    **{f"contrib.distributions.{name}": (_NOT_YET, "use TensorFlow Probability") for name in _DISTRIBUTIONS.split()},
    "contrib.eager.Network": (_NOT_YET, "inherit from tf.keras.Model, which tracks layers without track_layer()"),
    "contrib.eager.Sequential": (_NOT_YET, "use tf.keras.Sequential"),
    "contrib.eager.restore_network_checkpoint": (_NOT_YET, "use tf.keras.Model.load_weights"),
    "contrib.eager.save_network_checkpoint": (_NOT_YET, "use tf.keras.Model.save_weights"),
    "contrib.estimator.DNNClassifierWithLayerAnnotations": (_NOT_YET, "use tf.estimator.DNNClassifier"),
    "contrib.estimator.DNNRegressorWithLayerAnnotations": (_NOT_YET, "use tf.estimator.DNNRegressor"),
    "contrib.estimator.RNNClassifier": (_NOT_YET, _RNN_MODEL),
    "contrib.estimator.RNNEstimator": (_NOT_YET, _RNN_MODEL),
    "contrib.estimator.TowerOptimizer": (_NOT_YET, "use tf.distribute.MirroredStrategy"),
    "contrib.estimator.boosted_trees_classifier_train_in_memory": (_TREES, _FOREST),
    "contrib.estimator.boosted_trees_regressor_train_in_memory": (_TREES, _FOREST),
    "contrib.estimator.multi_head": (_NOT_YET, "use tf.estimator.MultiHead"),
    "contrib.estimator.multi_label_head": (_NOT_YET, "use tf.estimator.MultiLabelHead"),
    "contrib.estimator.replicate_model_fn": (_NOT_YET, "use tf.distribute.MirroredStrategy"),
    "contrib.factorization.WALSMatrixFactorization": (_WALS, _ALTERNATE),
    "contrib.factorization.WALSModel": (_WALS, _ALTERNATE),
    "contrib.ffmpeg": (
        _OPS,
        "decode WAV files with tf.audio.decode_wav, others with the program ffmpeg in a tf.py_func",
    ),
    "contrib.fused_conv": ("its kernels are gone", "use tf.nn.conv2d, tf.nn.bias_add and tf.nn.relu"),
    "contrib.grid_rnn": (_NOT_YET, "use tf.contrib.rnn.GridLSTMCell"),
    "contrib.hadoop": (_OPS, "read the SequenceFile in Python with tf.data.Dataset.from_generator"),
    "contrib.hooks": (_NOT_YET, "use tf.train.ProfilerHook"),
    "contrib.ignite": (_OPS, "read the cache with pyignite and tf.data.Dataset.from_generator"),
    "contrib.image.single_image_random_dot_stereograms": ("its kernel is gone", "draw them with NumPy"),
    "contrib.kafka": (_OPS, "read the topic with kafka-python and tf.data.Dataset.from_generator"),
    "contrib.kinesis": (_OPS, "read the stream with boto3 and tf.data.Dataset.from_generator"),
    "contrib.labeled_tensor": (_NOT_YET, "use xarray before the graph"),
    "contrib.memory_stats": (_NOT_YET, "use tf.config.experimental.get_memory_info"),
    "contrib.meta_graph_transform": (
        "only its core, the Graph Transform Tool, is supplied",
        "give the graph_def to TransformGraph of tensorflow.tools.graph_transforms",
    ),
    "contrib.mixed_precision": (_NOT_YET, "use tf.train.experimental.enable_mixed_precision_graph_rewrite"),
    "contrib.optimizer_v2": (_NOT_YET, "use the optimizers of tf.train"),
    "contrib.proto": (_NOT_YET, "use tf.io.decode_proto and tf.io.encode_proto"),
    "contrib.quantization": (_NOT_YET, "use tf.quantization"),
    "contrib.recurrent": (_NOT_YET, "use tf.nn.dynamic_rnn"),
    "contrib.remote_fused_graph": ("its kernels are gone", "run the graph without it"),
    "contrib.rpc": ("its kernels are gone", "call gRPC in a tf.py_func"),
    "contrib.saved_model.load_keras_model": (_NOT_YET, "use tf.keras.models.load_model"),
    "contrib.saved_model.save_keras_model": (_NOT_YET, "use tf.keras.models.save_model"),
    "contrib.session_bundle": ("SavedModel replaced its format in 2017", "use tf.saved_model"),
    "contrib.slim.DataFrameColumn": ("it belonged to the data frames of tf.contrib.learn", "use tf.feature_column"),
    "contrib.slim.experimental": ("it only marked functions as experimental", "leave the decorator out"),
    "contrib.specs": (_NOT_YET, "use tf.contrib.slim"),
    "contrib.stat_summarizer": ("its binding is gone", "use tf.profiler"),
    "contrib.tensor_forest": (_TREES, _FOREST),
    "contrib.tensorrt": (
        "TensorFlow has dropped TensorRT",
        "save the model with tf.saved_model and convert it with tf2onnx and TensorRT",
    ),
    "contrib.testing": (_NOT_YET, "read the event file with tf.train.summary_iterator"),
    "contrib.tfprof": (_NOT_YET, "use tf.profiler"),
    "contrib.timeseries": (_NOT_YET, "use tf.nn.dynamic_rnn or statsmodels"),
    "contrib.tpu.AsyncCheckpointSaverHook": (_NOT_YET, "use tf.train.CheckpointSaverHook"),
    "contrib.tpu.TPUDistributionStrategy": (_TPU, _NO_TPU),
    "contrib.tpu.keras_to_tpu_model": (_TPU, "train the Keras model itself"),
    "data.Options.experimental_stats": (_STATISTICS, _PROFILE),
    "data.experimental.CheckpointInputPipelineHook": (
        _NOT_YET,
        "save tf.data.experimental.make_saveable_from_iterator() with a tf.train.Saver",
    ),
    "data.experimental.StatsAggregator": (_STATISTICS, _PROFILE),
    "data.experimental.StatsOptions": (_STATISTICS, _PROFILE),
    "data.experimental.bytes_produced_stats": (_STATISTICS, _PROFILE),
    "data.experimental.latency_stats": (_STATISTICS, _PROFILE),
    "estimator.BoostedTreesClassifier": (_TREES, _FOREST),
    "estimator.BoostedTreesEstimator": (_TREES, _FOREST),
    "estimator.BoostedTreesRegressor": (_TREES, _FOREST),
    "keras.experimental.export_saved_model": ("tf-keras has dropped it", "use tf.keras.models.save_model"),
    "keras.experimental.load_from_saved_model": ("tf-keras has dropped it", "use tf.keras.models.load_model"),
    "keras.mixed_precision.experimental": (
        "tf-keras has dropped it",
        "use tf.train.experimental.enable_mixed_precision_graph_rewrite",
    ),
    "keras.utils.multi_gpu_model": ("tf-keras has dropped it", "use tf.distribute.MirroredStrategy"),
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
