"""``tf.contrib.tfprof.model_analyzer``: the options of ``tf.profiler`` as dictionaries, and its functions."""

from __future__ import annotations

from typing import Any

from tensorflow.python.profiler import model_analyzer, tfprof_logger
from tensorflow.python.profiler.model_analyzer import ALL_ADVICE, Profiler

__all__ = [
    "ALL_ADVICE",
    "FLOAT_OPS_OPTIONS",
    "PRINT_ALL_TIMING_MEMORY",
    "Profiler",
    "TRAINABLE_VARS_PARAMS_STAT_OPTIONS",
    "advise",
    "print_model_analysis",
]

_EVERYTHING = {
    "max_depth": 10000,
    "min_bytes": 0,
    "min_micros": 0,
    "min_params": 0,
    "min_float_ops": 0,
    "order_by": "name",
    "account_type_regexes": [".*"],
    "start_name_regexes": [".*"],
    "trim_name_regexes": [],
    "show_name_regexes": [".*"],
    "hide_name_regexes": [],
    "account_displayed_op_only": True,
    "select": [],
    "output": "stdout",
    "dump_to_file": "",
}
TRAINABLE_VARS_PARAMS_STAT_OPTIONS: dict[str, Any] = {
    **_EVERYTHING,
    "account_type_regexes": [tfprof_logger.TRAINABLE_VARIABLES],
    "select": ["params"],
}
FLOAT_OPS_OPTIONS: dict[str, Any] = {
    **_EVERYTHING,
    "min_float_ops": 1,
    "order_by": "float_ops",
    "select": ["float_ops"],
}
PRINT_ALL_TIMING_MEMORY: dict[str, Any] = {
    **_EVERYTHING,
    "min_bytes": 1,
    "min_micros": 1,
    "select": ["micros", "bytes"],
}


def advise(graph: Any, run_meta: Any = None, tfprof_options: Any = 0) -> Any:
    """Returns what the profiler advises, an ``AdviceProto``; see ``tf.profiler.advise``."""
    return model_analyzer.advise(graph, run_meta, tfprof_options)


def print_model_analysis(
    graph: Any, run_meta: Any = None, op_log: Any = None, tfprof_cmd: str = "scope", tfprof_options: Any = 0
) -> Any:
    """Prints and returns what the profiler finds; see ``tf.profiler.profile``, whose ``cmd`` is ``tfprof_cmd``."""
    return model_analyzer.profile(graph, run_meta, op_log, tfprof_cmd, tfprof_options)
