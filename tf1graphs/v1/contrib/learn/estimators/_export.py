"""Writes the model of an estimator as a SavedModel."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping, Sequence
from typing import Any

from tensorflow.python.client import session as session_lib
from tensorflow.python.framework import ops
from tensorflow.python.ops import control_flow_ops, lookup_ops, resources, variables
from tensorflow.python.platform import gfile
from tensorflow.python.saved_model.builder_impl import SavedModelBuilder
from tensorflow.python.training import saver, training_util
from tensorflow.python.util import compat

from tf1graphs.v1.contrib.learn.estimators._checkpoint_runs import latest_checkpoint
from tf1graphs.v1.contrib.learn.estimators.constants import COLLECTION_DEF_KEY_FOR_INPUT_FEATURE_KEYS
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModeKeys
from tf1graphs.v1.contrib.learn.utils import saved_model_export_utils as utils


def export_savedmodel(
    estimator: Any,
    export_dir_base: str,
    serving_input_fn: Any,
    default_output_alternative_key: Any,
    assets_extra: Mapping[str, str],
    as_text: bool,
    checkpoint_path: str | None,
    graph_rewrite_specs: Sequence[Any],
    strip_default_attrs: bool,
) -> bytes:
    """Returns the folder of the SavedModel; see ``tf.contrib.learn.Estimator.export_savedmodel``."""
    if serving_input_fn is None:
        raise ValueError("serving_input_fn must be defined.")
    checkpoint_path = checkpoint_path or latest_checkpoint(estimator._model_dir)
    export_dir: bytes = utils.get_timestamped_export_dir(export_dir_base)
    # The folder gets its name when all is written: who watches for it finds a whole model.
    temporary = utils.get_temp_export_dir(export_dir)
    builder = SavedModelBuilder(temporary)
    with ops.Graph().as_default() as graph:
        training_util.create_global_step(graph)
        received = serving_input_fn()
        inputs, features = utils.get_input_alternatives(received)
        for key in received.features:
            ops.add_to_collection(COLLECTION_DEF_KEY_FOR_INPUT_FEATURE_KEYS, key)
        model = estimator._call_model_fn(features, None, ModeKeys.INFER)
        outputs, default_key = utils.get_output_alternatives(model, default_output_alternative_key)
        main_op = _main_op()
        signatures = utils.build_all_signature_defs(inputs, outputs, default_key)
        with session_lib.Session("") as session:
            _saver(model.scaffold).restore(session, checkpoint_path)
            if not graph_rewrite_specs or graph_rewrite_specs[0].transforms:
                raise ValueError("The first element of graph_rewrite_specs must specify no transforms.")
            builder.add_meta_graph_and_variables(
                session,
                graph_rewrite_specs[0].tags,
                signature_def_map=signatures,
                assets_collection=ops.get_collection(ops.GraphKeys.ASSET_FILEPATHS),
                main_op=main_op,
                strip_default_attrs=strip_default_attrs,
            )
    names = [_names(inputs.values()), _names(tensors for _, tensors in outputs.values())]
    _add_rewritten(builder._saved_model, graph_rewrite_specs[1:], *names)
    _copy_assets(assets_extra, temporary)
    builder.save(as_text)
    gfile.Rename(temporary, export_dir)
    return export_dir


def _main_op() -> Any:
    return control_flow_ops.group(
        variables.local_variables_initializer(),
        resources.initialize_resources(resources.shared_resources()),
        lookup_ops.tables_initializer(),
    )


def _saver(scaffold: Any) -> Any:
    if scaffold is not None and scaffold.saver is not None:
        return scaffold.saver
    return saver.Saver(variables._all_saveable_objects(), sharded=True)


def _names(alternatives: Any) -> list[str]:
    return [tensor.name for tensors in alternatives for tensor in tensors.values()]


def _add_rewritten(saved_model: Any, specs: Sequence[Any], inputs: list[str], outputs: list[str]) -> None:
    base = saved_model.meta_graphs[0]
    if not specs:
        return
    transform = importlib.import_module("tf1graphs.v1.contrib").meta_graph_transform.meta_graph_transform
    for spec in specs:
        rewritten = transform.meta_graph_transform(base, inputs, outputs, spec.transforms, spec.tags)
        saved_model.meta_graphs.add().CopyFrom(rewritten)


def _copy_assets(assets: Mapping[str, str], folder: bytes) -> None:
    for relative, source in assets.items():
        target = os.path.join(folder, b"assets.extra", compat.as_bytes(relative))
        gfile.MakeDirs(os.path.dirname(target))
        gfile.Copy(source, target)
