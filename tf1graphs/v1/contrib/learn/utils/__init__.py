"""``tf.contrib.learn.utils``: what estimators of before ``tf.estimator`` are exported with."""

from __future__ import annotations

from tf1graphs.v1 import _later

__getattr__ = _later.from_modules(
    __name__,
    {
        "export": "export_estimator",
        "input_fn_utils": "InputFnOps build_default_serving_input_fn build_parsing_serving_input_fn",
        "saved_model_export_utils": "make_export_strategy",
    },
)
