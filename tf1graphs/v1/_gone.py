"""What of TensorFlow 1.15 cannot be had on today's TensorFlow: it can be imported and refuses on use.

A row is a public name of 1.15 (with everything below it), why it is gone, and what to use instead.
"""

from __future__ import annotations

from typing import Any, NoReturn


class UnsupportedError(RuntimeError):
    """A part of TensorFlow 1.15 was used that today's TensorFlow cannot do; the message names it and an alternative."""


_NOT_YET = "it is not yet part of tf1graphs"
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

_ESTIMATORS_OF_LEARN = """
    BaseEstimator DNNClassifier DNNEstimator DNNLinearCombinedClassifier DNNLinearCombinedEstimator
    DNNLinearCombinedRegressor DNNRegressor DynamicRnnEstimator Estimator Evaluable Experiment ExportStrategy Head
    InputFnOps KMeansClustering LinearClassifier LinearEstimator LinearRegressor LogisticRegressor MetricSpec ModelFnOps
    NanLossDuringTrainingError NotFittedError PredictionKey ProblemType RunConfig SKCompat SVM TaskType Trainable
    binary_svm_head build_parsing_serving_input_fn infer_real_valued_columns_from_input
    infer_real_valued_columns_from_input_fn make_export_strategy multi_class_head multi_head multi_label_head
    no_op_train_fn poisson_regression_head regression_head
"""
_READERS_OF_LEARN = """
    extract_dask_data extract_dask_labels extract_pandas_data extract_pandas_labels extract_pandas_matrix
    read_batch_examples read_batch_features read_batch_record_features read_keyed_batch_examples
    read_keyed_batch_examples_shared_queue read_keyed_batch_features read_keyed_batch_features_shared_queue
"""
_RNN_MODEL = "use tf.nn.dynamic_rnn in the model_fn of a tf.estimator.Estimator"
_WALS = "the kernel WALSComputePartialLhsAndRhs is gone"
_ALTERNATE = "alternate least squares with tf.linalg.lstsq"
_MIXTURES = "use scikit-learn's GaussianMixture"
_SEQUENCE_STATES = "keep the states between batches with tf.nn.dynamic_rnn's initial_state"

# Name below tf -> (reason, alternative).
GONE: dict[str, tuple[str, str]] = {
    "Operation.traceback_with_start_lines": (
        "the binary no longer records where functions start",
        "use Operation.traceback",
    ),
    "contrib.bayesflow": (_NOT_YET, "use TensorFlow Probability"),
    "contrib.bigtable": (_NOT_YET, "read the table with google-cloud-bigtable and tf.data.Dataset.from_generator"),
    "contrib.boosted_trees": (_TREES, _FOREST),
    "contrib.cloud": (_NOT_YET, "read files with tf.gfile, which knows gs:// paths"),
    "contrib.constrained_optimization": (_NOT_YET, "use the package tensorflow-constrained-optimization"),
    "contrib.data.LMDBDataset": ("its kernel is gone", "use tf.data.Dataset.from_generator with the package lmdb"),
    "contrib.decision_trees": (_TREES, _FOREST),
    "contrib.distribute": (_NOT_YET, "use tf.distribute"),
    **{f"contrib.distributions.{name}": (_NOT_YET, "use TensorFlow Probability") for name in _DISTRIBUTIONS.split()},
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
    "contrib.factorization.GMM": (_NOT_YET, _MIXTURES),
    "contrib.factorization.GmmAlgorithm": (_NOT_YET, _MIXTURES),
    "contrib.factorization.WALSMatrixFactorization": (_WALS, _ALTERNATE),
    "contrib.factorization.WALSModel": (_WALS, _ALTERNATE),
    "contrib.factorization.gmm": (_NOT_YET, _MIXTURES),
    "contrib.ffmpeg": (_NOT_YET, "use tf.audio.decode_wav"),
    "contrib.fused_conv": ("its kernels are gone", "use tf.nn.conv2d, tf.nn.bias_add and tf.nn.relu"),
    "contrib.hadoop": (_NOT_YET, "use the package tensorflow-io"),
    "contrib.ignite": (_NOT_YET, "use the package tensorflow-io"),
    "contrib.image.single_image_random_dot_stereograms": ("its kernel is gone", "draw them with NumPy"),
    "contrib.input_pipeline": ("its kernels are gone", "use tf.data"),
    "contrib.kafka": (_NOT_YET, "use the package tensorflow-io"),
    "contrib.kernel_methods": (_NOT_YET, "use tf.keras.layers.experimental or scikit-learn's RBFSampler"),
    "contrib.kinesis": (_NOT_YET, "use the package tensorflow-io"),
    "contrib.labeled_tensor": (_NOT_YET, "use xarray before the graph"),
    **{f"contrib.learn.{name}": (_NOT_YET, "use tf.estimator") for name in _ESTIMATORS_OF_LEARN.split()},
    **{f"contrib.learn.{name}": (_NOT_YET, "use tf.data") for name in _READERS_OF_LEARN.split()},
    "contrib.learn.evaluate": (_NOT_YET, "use tf.contrib.training.evaluate_once"),
    "contrib.learn.train": (_NOT_YET, "use tf.contrib.training.train"),
    "contrib.libsvm": ("its kernel is gone", "read the file with sklearn.datasets.load_svmlight_file"),
    "contrib.linear_optimizer": (_NOT_YET, "use tf.train.FtrlOptimizer"),
    "contrib.memory_stats": ("its kernels are gone", "use tf.config.experimental.get_memory_info"),
    "contrib.meta_graph_transform": (_NOT_YET, "use tf.graph_util"),
    "contrib.model_pruning": (_NOT_YET, "use the package tensorflow-model-optimization"),
    "contrib.nearest_neighbor": ("its kernels are gone", "use scikit-learn's NearestNeighbors"),
    "contrib.periodic_resample": ("its kernel is gone", "use tf.depth_to_space"),
    "contrib.predictor.from_contrib_estimator": (_NOT_YET, "use tf.contrib.predictor.from_estimator"),
    "contrib.quantize": (_NOT_YET, "use the package tensorflow-model-optimization"),
    "contrib.receptive_field": (_NOT_YET, "use the package receptive-field"),
    "contrib.reduce_slice_ops": ("its kernels are gone", "use tf.math.segment_sum and the like"),
    "contrib.remote_fused_graph": ("its kernels are gone", "run the graph without it"),
    "contrib.resampler": ("its kernel is gone", "use tensorflow_graphics or tf.gather_nd"),
    "contrib.rpc": ("its kernels are gone", "call gRPC in a tf.py_func"),
    "contrib.saved_model.load_keras_model": (_NOT_YET, "use tf.keras.models.load_model"),
    "contrib.saved_model.save_keras_model": (_NOT_YET, "use tf.keras.models.save_model"),
    "contrib.session_bundle": (_NOT_YET, "use tf.saved_model"),
    "contrib.slim.DataFrameColumn": ("it belonged to the data frames of tf.contrib.learn", "use tf.feature_column"),
    "contrib.slim.experimental": ("it only marked functions as experimental", "leave the decorator out"),
    "contrib.solvers": (_NOT_YET, "use tf.linalg"),
    "contrib.specs": (_NOT_YET, "use tf.contrib.slim"),
    "contrib.stat_summarizer": ("its binding is gone", "use tf.profiler"),
    "contrib.tensor_forest": (_TREES, _FOREST),
    "contrib.tensorrt": (_NOT_YET, "use NVIDIA's converter on a SavedModel"),
    "contrib.text": (_NOT_YET, "make the pairs in Python, or use TensorFlow Text"),
    "contrib.tfprof.ProfileContext": ("TensorFlow has dropped it", "use tf.train.ProfilerHook or tf.profiler.Profiler"),
    "contrib.timeseries": (_NOT_YET, "use tf.nn.dynamic_rnn or statsmodels"),
    "contrib.tpu.AsyncCheckpointSaverHook": (_NOT_YET, "use tf.train.CheckpointSaverHook"),
    "contrib.tpu.TPUDistributionStrategy": (_TPU, _NO_TPU),
    "contrib.tpu.keras_to_tpu_model": (_TPU, "train the Keras model itself"),
    "contrib.training.NextQueuedSequenceBatch": (_NOT_YET, _SEQUENCE_STATES),
    "contrib.training.SequenceQueueingStateSaver": (_NOT_YET, _SEQUENCE_STATES),
    "contrib.training.batch_sequences_with_states": (_NOT_YET, _SEQUENCE_STATES),
    "data.Options.experimental_stats": (_STATISTICS, _PROFILE),
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
    "raw_ops.CompareAndBitpack": ("its kernel is gone", "use tf.greater and arithmetic on the bits"),
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
