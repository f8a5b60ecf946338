"""``gc``: which exports to keep. A filter is a function from a list of paths to the sorted list of those it takes."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow_estimator.python.estimator import gc

__all__ = [
    "Path",
    "get_paths",
    "largest_export_versions",
    "mod_export_version",
    "negation",
    "one_of_every_n_export_versions",
    "union",
]

Path = gc.Path
get_paths = gc._get_paths
largest_export_versions = gc._largest_export_versions
mod_export_version = gc._mod_export_version
negation = gc._negation
one_of_every_n_export_versions = gc._one_of_every_n_export_versions
union = gc._union
