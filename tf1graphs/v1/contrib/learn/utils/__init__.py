"""``tf.contrib.learn.utils``: what estimators of before ``tf.estimator`` are exported with."""

from __future__ import annotations

import importlib
from typing import Any

_MODULES = {
    "InputFnOps": "input_fn_utils",
    "build_default_serving_input_fn": "input_fn_utils",
    "build_parsing_serving_input_fn": "input_fn_utils",
    "export_estimator": "export",
    "make_export_strategy": "saved_model_export_utils",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'tensorflow.contrib.learn.utils' has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
