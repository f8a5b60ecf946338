"""The estimators of ``tf.contrib.learn``, of before ``tf.estimator``."""

from tf1graphs.v1 import _tf_slim  # noqa: F401 (it prepares tf_slim)
from tf1graphs.v1.contrib.learn.estimators._sklearn import NotFittedError
from tf1graphs.v1.contrib.learn.estimators.constants import ProblemType
from tf1graphs.v1.contrib.learn.estimators.dnn import DNNClassifier, DNNEstimator, DNNRegressor
from tf1graphs.v1.contrib.learn.estimators.dnn_linear_combined import (
    DNNLinearCombinedClassifier,
    DNNLinearCombinedEstimator,
    DNNLinearCombinedRegressor,
)
from tf1graphs.v1.contrib.learn.estimators.dynamic_rnn_estimator import DynamicRnnEstimator, PredictionType
from tf1graphs.v1.contrib.learn.estimators.estimator import (
    BaseEstimator,
    Estimator,
    GraphRewriteSpec,
    SKCompat,
    infer_real_valued_columns_from_input,
    infer_real_valued_columns_from_input_fn,
)
from tf1graphs.v1.contrib.learn.estimators.head import (
    Head,
    binary_svm_head,
    loss_only_head,
    multi_class_head,
    multi_head,
    multi_label_head,
    no_op_train_fn,
    poisson_regression_head,
    regression_head,
)
from tf1graphs.v1.contrib.learn.estimators.kmeans import KMeansClustering
from tf1graphs.v1.contrib.learn.estimators.linear import LinearClassifier, LinearEstimator, LinearRegressor
from tf1graphs.v1.contrib.learn.estimators.logistic_regressor import LogisticRegressor
from tf1graphs.v1.contrib.learn.estimators.metric_key import MetricKey
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModeKeys, ModelFnOps
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey
from tf1graphs.v1.contrib.learn.estimators.run_config import ClusterConfig, Environment, RunConfig, TaskType
from tf1graphs.v1.contrib.learn.estimators.svm import SVM

__all__ = [
    "BaseEstimator",
    "ClusterConfig",
    "DNNClassifier",
    "DNNEstimator",
    "DNNLinearCombinedClassifier",
    "DNNLinearCombinedEstimator",
    "DNNLinearCombinedRegressor",
    "DNNRegressor",
    "DynamicRnnEstimator",
    "Environment",
    "Estimator",
    "GraphRewriteSpec",
    "Head",
    "KMeansClustering",
    "LinearClassifier",
    "LinearEstimator",
    "LinearRegressor",
    "LogisticRegressor",
    "MetricKey",
    "ModeKeys",
    "ModelFnOps",
    "NotFittedError",
    "PredictionKey",
    "PredictionType",
    "ProblemType",
    "RunConfig",
    "SKCompat",
    "SVM",
    "TaskType",
    "binary_svm_head",
    "infer_real_valued_columns_from_input",
    "infer_real_valued_columns_from_input_fn",
    "loss_only_head",
    "multi_class_head",
    "multi_head",
    "multi_label_head",
    "no_op_train_fn",
    "poisson_regression_head",
    "regression_head",
]
