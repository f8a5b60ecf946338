"""``tf.contrib.learn``: estimators of before ``tf.estimator``, what runs them, their readers and data sets."""

from __future__ import annotations

import importlib
from typing import Any

from tf1graphs.v1 import _later
from tf1graphs.v1.contrib.learn import datasets, preprocessing
from tf1graphs.v1.contrib.learn._feeds import infer, run_feeds, run_n
from tf1graphs.v1.contrib.learn._mode_keys import ModeKeys

# Estimators and readers take long to import, and programs come here for the data sets alone: module below this
# package -> the names that are imported from it when they are first used.
_by_name = _later.from_modules(
    __name__,
    {
        "estimators": """BaseEstimator DNNClassifier DNNEstimator DNNLinearCombinedClassifier DNNLinearCombinedEstimator
        DNNLinearCombinedRegressor DNNRegressor DynamicRnnEstimator Estimator GraphRewriteSpec Head
        KMeansClustering LinearClassifier LinearEstimator LinearRegressor LogisticRegressor ModelFnOps
        NotFittedError PredictionKey ProblemType RunConfig SKCompat SVM TaskType binary_svm_head
        infer_real_valued_columns_from_input infer_real_valued_columns_from_input_fn loss_only_head
        multi_class_head multi_head multi_label_head no_op_train_fn poisson_regression_head regression_head""",
        "evaluable": "Evaluable",
        "experiment": "Experiment",
        "export_strategy": "ExportStrategy",
        "graph_actions": "evaluate train",
        "learn_io": """extract_dask_data extract_dask_labels extract_pandas_data extract_pandas_labels
        extract_pandas_matrix generator_input_fn numpy_input_fn pandas_input_fn read_batch_examples read_batch_features
        read_batch_record_features read_keyed_batch_examples read_keyed_batch_examples_shared_queue
        read_keyed_batch_features read_keyed_batch_features_shared_queue""",
        "metric_spec": "MetricSpec",
        "monitors": "NanLossDuringTrainingError",
        "trainable": "Trainable",
        "utils.input_fn_utils": "InputFnOps build_parsing_serving_input_fn",
        "utils.saved_model_export_utils": "make_export_strategy",
    },
)

__all__ = ["ModeKeys", "datasets", "infer", "preprocessing", "run_feeds", "run_n"]


def __getattr__(name: str) -> Any:
    return importlib.import_module(f"{__name__}.learn_io") if name == "io" else _by_name(name)
