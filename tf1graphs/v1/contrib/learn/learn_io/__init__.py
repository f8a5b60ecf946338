"""``tf.contrib.learn.io``: what reads the data of the estimators of ``tf.contrib.learn``."""

from __future__ import annotations

import importlib
from typing import Any

# Module below this package -> the names that are imported from it when they are first used.
_LATER = {
    "dask_io": "HAS_DASK extract_dask_data extract_dask_labels",
    "generator_io": "generator_input_fn",
    "graph_io": """queue_parsed_features read_batch_examples read_batch_features read_batch_record_features
        read_keyed_batch_examples read_keyed_batch_examples_shared_queue read_keyed_batch_features
        read_keyed_batch_features_shared_queue""",
    "numpy_io": "numpy_input_fn",
    "pandas_io": "HAS_PANDAS extract_pandas_data extract_pandas_labels extract_pandas_matrix pandas_input_fn",
}
_MODULES = {name: module for module, names in _LATER.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'tensorflow.contrib.learn.learn_io' has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
