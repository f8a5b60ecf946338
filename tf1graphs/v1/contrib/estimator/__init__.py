"""``tf.contrib.estimator``: heads, and functions that extend estimators; most of it is now in ``tf.estimator``."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow_estimator.python.estimator.canned.dnn import dnn_logit_fn_builder
from tensorflow_estimator.python.estimator.canned.linear import linear_logit_fn_builder
from tensorflow_estimator.python.estimator.canned.saved_model_estimator import SavedModelEstimator
from tensorflow_estimator.python.estimator.early_stopping import (
    make_early_stopping_hook,
    read_eval_metrics,
    stop_if_higher_hook,
    stop_if_lower_hook,
    stop_if_no_decrease_hook,
    stop_if_no_increase_hook,
)
from tensorflow_estimator.python.estimator.export.export import (
    build_raw_supervised_input_receiver_fn,
    build_supervised_input_receiver_fn_from_input_fn,
)
from tensorflow_estimator.python.estimator.hooks.hooks import (
    InMemoryEvaluatorHook,
    make_stop_at_checkpoint_step_hook,
)
from tensorflow_estimator.python.estimator.model_fn import call_logit_fn

from tf1graphs.v1.contrib.estimator._export import export_all_saved_models, export_saved_model_for_mode
from tf1graphs.v1.contrib.estimator._extenders import add_metrics, forward_features
from tf1graphs.v1.contrib.estimator._heads import (
    binary_classification_head,
    logistic_regression_head,
    multi_class_head,
    poisson_regression_head,
    regression_head,
)
from tf1graphs.v1.contrib.estimator._layer_annotations import (
    DNNClassifierWithLayerAnnotations,
    DNNRegressorWithLayerAnnotations,
)
from tf1graphs.v1.contrib.estimator._multi_head import multi_head
from tf1graphs.v1.contrib.estimator._multi_label_head import multi_label_head
from tf1graphs.v1.contrib.estimator._optimizers import clip_gradients_by_norm
from tf1graphs.v1.contrib.estimator._replicate import replicate_model_fn
from tf1graphs.v1.contrib.estimator._rnn import RNNClassifier, RNNEstimator
from tf1graphs.v1.contrib.estimator._towers import TowerOptimizer

__all__ = [
    "DNNClassifierWithLayerAnnotations",
    "DNNRegressorWithLayerAnnotations",
    "InMemoryEvaluatorHook",
    "RNNClassifier",
    "RNNEstimator",
    "SavedModelEstimator",
    "TowerOptimizer",
    "add_metrics",
    "binary_classification_head",
    "build_raw_supervised_input_receiver_fn",
    "build_supervised_input_receiver_fn_from_input_fn",
    "call_logit_fn",
    "clip_gradients_by_norm",
    "dnn_logit_fn_builder",
    "export_all_saved_models",
    "export_saved_model_for_mode",
    "forward_features",
    "linear_logit_fn_builder",
    "logistic_regression_head",
    "make_early_stopping_hook",
    "make_stop_at_checkpoint_step_hook",
    "multi_class_head",
    "multi_head",
    "multi_label_head",
    "poisson_regression_head",
    "read_eval_metrics",
    "regression_head",
    "replicate_model_fn",
    "stop_if_higher_hook",
    "stop_if_lower_hook",
    "stop_if_no_decrease_hook",
    "stop_if_no_increase_hook",
]
