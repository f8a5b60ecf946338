"""``saved_model_export_utils``: the signatures, folders and strategies of exports."""

from tf1graphs.v1.contrib.learn.utils._best_model import BestModelSelector, make_best_model_export_strategy
from tf1graphs.v1.contrib.learn.utils._export_folders import (
    MAX_DIRECTORY_CREATION_ATTEMPTS,
    garbage_collect_exports,
    get_most_recent_export,
    get_temp_export_dir,
    get_timestamped_export_dir,
)
from tf1graphs.v1.contrib.learn.utils._signatures import (
    DEFAULT_INPUT_ALTERNATIVE_KEY,
    FEATURES_INPUT_ALTERNATIVE_KEY,
    build_all_signature_defs,
    build_standardized_signature_def,
    get_input_alternatives,
    get_output_alternatives,
)
from tf1graphs.v1.contrib.learn.utils._strategies import (
    extend_export_strategy,
    make_export_strategy,
    make_parsing_export_strategy,
)

__all__ = [
    "BestModelSelector",
    "DEFAULT_INPUT_ALTERNATIVE_KEY",
    "FEATURES_INPUT_ALTERNATIVE_KEY",
    "MAX_DIRECTORY_CREATION_ATTEMPTS",
    "build_all_signature_defs",
    "build_standardized_signature_def",
    "extend_export_strategy",
    "garbage_collect_exports",
    "get_input_alternatives",
    "get_most_recent_export",
    "get_output_alternatives",
    "get_temp_export_dir",
    "get_timestamped_export_dir",
    "make_best_model_export_strategy",
    "make_export_strategy",
    "make_parsing_export_strategy",
]
