"""``tf.contrib.learn.io``: what reads the data of the estimators of ``tf.contrib.learn``."""

from __future__ import annotations

from tf1graphs.v1 import _later

__getattr__ = _later.from_modules(
    __name__,
    {
        "dask_io": "HAS_DASK extract_dask_data extract_dask_labels",
        "generator_io": "generator_input_fn",
        "graph_io": """queue_parsed_features read_batch_examples read_batch_features read_batch_record_features
        read_keyed_batch_examples read_keyed_batch_examples_shared_queue read_keyed_batch_features
        read_keyed_batch_features_shared_queue""",
        "numpy_io": "numpy_input_fn",
        "pandas_io": "HAS_PANDAS extract_pandas_data extract_pandas_labels extract_pandas_matrix pandas_input_fn",
    },
)
