"""Makes strategies to export: of the inputs to serve with, of columns, or of another strategy."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.platform import gfile
from tensorflow.python.util import compat
from tensorflow_estimator.python.estimator.estimator import Estimator
from tensorflow_estimator.python.estimator.export import export as core_export

from tf1graphs.v1.contrib.layers._column_parsing import create_feature_spec_for_parsing
from tf1graphs.v1.contrib.learn.export_strategy import ExportStrategy
from tf1graphs.v1.contrib.learn.utils import input_fn_utils
from tf1graphs.v1.contrib.learn.utils._export_folders import garbage_collect_exports


def make_export_strategy(
    serving_input_fn: Callable[[], Any],
    default_output_alternative_key: Any = None,
    assets_extra: dict[str, str] | None = None,
    as_text: bool = False,
    exports_to_keep: int | None = 5,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """Returns the strategy ``Servo``, which exports a SavedModel.

    Args:
        serving_input_fn: Returns the inputs to serve with: ``InputFnOps``, or for a ``tf.estimator.Estimator`` a
            ``tf.estimator.export.ServingInputReceiver``.
        default_output_alternative_key: The outputs to serve, where a model has several; None for a
            ``tf.estimator.Estimator``.
        assets_extra: Path below ``assets.extra`` -> file to copy there.
        as_text: Whether to write the model as text.
        exports_to_keep: The number of exports to keep; None for all.
        strip_default_attrs: Whether attributes that have their default are left out of the graph.

    Raises:
        ValueError: At the export: a ``tf.estimator.Estimator`` is given with ``default_output_alternative_key``.
    """

    def export_fn(
        estimator: Any,
        export_dir_base: Any,
        checkpoint_path: str | None = None,
        strip_default_attrs: bool | None = False,
    ) -> Any:
        options = {"default_output_alternative_key": default_output_alternative_key}
        if isinstance(estimator, Estimator) and options.pop("default_output_alternative_key") is not None:
            raise ValueError(
                "default_output_alternative_key is not supported in core Estimator. Given: "
                f"{default_output_alternative_key}"
            )
        exported = estimator.export_savedmodel(
            export_dir_base,
            serving_input_fn,
            assets_extra=assets_extra,
            as_text=as_text,
            checkpoint_path=checkpoint_path,
            strip_default_attrs=strip_default_attrs,
            **options,
        )
        garbage_collect_exports(export_dir_base, exports_to_keep)
        return exported

    return ExportStrategy("Servo", export_fn, strip_default_attrs)


def make_parsing_export_strategy(
    feature_columns: Iterable[Any],
    default_output_alternative_key: Any = None,
    assets_extra: dict[str, str] | None = None,
    as_text: bool = False,
    exports_to_keep: int | None = 5,
    target_core: bool = False,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """Returns a strategy that exports a SavedModel which parses ``tf.train.Example``s by columns.

    Args:
        feature_columns: Columns of ``tf.contrib.layers``.
        default_output_alternative_key: For this and the rest see ``make_export_strategy``.
        assets_extra: Files to copy.
        as_text: Whether to write the model as text.
        exports_to_keep: The number of exports to keep.
        target_core: Whether it is for a ``tf.estimator.Estimator``.
        strip_default_attrs: Whether attributes that have their default are left out of the graph.
    """
    spec = create_feature_spec_for_parsing(feature_columns)
    if target_core:
        serving_input_fn = core_export.build_parsing_serving_input_receiver_fn(spec)
    else:
        serving_input_fn = input_fn_utils.build_parsing_serving_input_fn(spec)
    return make_export_strategy(
        serving_input_fn, default_output_alternative_key, assets_extra, as_text, exports_to_keep, strip_default_attrs
    )


def extend_export_strategy(
    base_export_strategy: ExportStrategy,
    post_export_fn: Callable[[Any, Any], Any],
    post_export_name: str | None = None,
) -> ExportStrategy:
    """Returns a strategy that does something with what another one has exported.

    Args:
        base_export_strategy: The other strategy.
        post_export_fn: Exports again, for the path of the export and the folder to export to; returns a path in it.
        post_export_name: The name of the strategy; by default that of the other.

    Raises:
        ValueError: At the export: ``post_export_fn`` gives a path elsewhere.
        RuntimeError: At the export: there is a folder of this name.
    """

    def export_fn(estimator: Any, export_dir_base: Any, checkpoint_path: str | None = None) -> Any:
        first = _new_folder(export_dir_base, "base")
        exported = compat.as_bytes(base_export_strategy.export(estimator, first, checkpoint_path))
        second = _new_folder(export_dir_base, "post")
        changed = compat.as_bytes(post_export_fn(exported, second))
        if not changed.startswith(second):
            raise ValueError(f"post_export_fn must return a sub-directory of {second!r}")
        final = os.path.join(compat.as_bytes(export_dir_base), os.path.relpath(changed, second))
        if gfile.Exists(final):
            raise RuntimeError("Failed to obtain final export directory")
        gfile.Rename(changed, final)
        for folder in (first, second):
            gfile.DeleteRecursively(folder)
        return final

    return ExportStrategy(post_export_name or base_export_strategy.name, export_fn)


def _new_folder(export_dir_base: Any, kind: str) -> bytes:
    name = f"temp-{kind}-export-{int(time.time())}"
    folder = os.path.join(compat.as_bytes(export_dir_base), name.encode())
    if gfile.Exists(folder):
        raise RuntimeError(f"Failed to obtain {kind} export directory")
    gfile.MakeDirs(folder)
    return folder
