"""Where the modules that legacy programs import stand today. A row moves a module and everything below it."""

from __future__ import annotations

import importlib.util
import re
from importlib.machinery import ModuleSpec

from tf1graphs.v1 import _inner

_KERAS = "tf_keras.api._v1.keras"
_CELLS = "tf_keras.src.layers.rnn.legacy_cells"
_TRAINING = "tensorflow.python.training"
_PARTS_OF_KERAS_LAYERS = """advanced_activations convolutional convolutional_recurrent core cudnn_recurrent embeddings
    local merge noise normalization pooling recurrent wrappers"""
_OLD_PRECISION = "tensorflow.python.keras.mixed_precision.experimental"
_PRECISION = f"{_KERAS}.mixed_precision.experimental"
_PARTS_OF_STATISTICS = ("aggregator", "ops", "options")
_STATISTICS = "tf1graphs.v1._restored_statistics"
_LAYERS = "base convolutional core normalization pooling"
_PARTS_OF_KERAS_UTILS = """conv_utils data_utils generic_utils io_utils kernelized_utils layer_utils losses_utils
    metrics_utils mode_keys np_utils object_identity tf_utils vis_utils"""
_TPU = ("tensorflow.contrib.tpu.python.tpu", "tensorflow.python.tpu")
_TPU_ESTIMATOR = "tensorflow_estimator.python.estimator.tpu"
_PARTS_OF_TPU_ESTIMATOR = "error_handling tpu_config tpu_context tpu_estimator util"

MODULES = {
    "keras": _KERAS,
    "keras.backend.tensorflow_backend": f"{_KERAS}.backend",
    "keras.engine": "tf_keras.src.engine",
    "keras.engine.topology": f"{_KERAS}.layers",
    "keras.objectives": f"{_KERAS}.losses",
    **{f"keras.layers.{part}": f"{_KERAS}.layers" for part in _PARTS_OF_KERAS_LAYERS.split()},
    **{f"keras.utils.{part}": f"tf_keras.src.utils.{part}" for part in _PARTS_OF_KERAS_UTILS.split()},
    "keras.utils.multi_gpu_utils": "tf1graphs.v1._multi_gpu_model",
    "keras.utils.training_utils": "tf1graphs.v1._multi_gpu_model",
    "scipy.misc": "tf1graphs.run.scipy_misc",
    "scipy.sparse.linalg.eigen": "scipy.sparse.linalg",
    "scipy.sparse.linalg.eigen.arpack": "scipy.sparse.linalg",
    "tensorflow.compat.v1": "tf1graphs.v1",
    "tensorflow.contrib.learn.python.learn.basic_session_run_hooks": f"{_TRAINING}.basic_session_run_hooks",
    "tensorflow.contrib.learn.python.learn.learn_runner_lib": "tf1graphs.v1.contrib.learn.learn_runner",
    "tensorflow.contrib.learn.python.learn.monitored_session": f"{_TRAINING}.monitored_session",
    "tensorflow.contrib.learn.python.learn.session_run_hook": f"{_TRAINING}.session_run_hook",
    "tensorflow.contrib.keras": _KERAS,
    "tensorflow.contrib.keras.api": _KERAS,
    "tensorflow.contrib.keras.api.keras": _KERAS,
    "tensorflow.contrib.keras.python": _KERAS,
    "tensorflow.contrib.keras.python.keras": "tf_keras.src",
    "tensorflow.contrib.tpu.python.ops": "tensorflow.python.tpu.ops",
    "tensorflow.contrib.tpu.python.tpu": "tensorflow.python.tpu",
    **{f"{tpu}.{part}": f"{_TPU_ESTIMATOR}.{part}" for tpu in _TPU for part in _PARTS_OF_TPU_ESTIMATOR.split()},
    **{f"{tpu}.async_checkpoint": "tf1graphs.v1.contrib.tpu" for tpu in _TPU},
    "tensorflow.keras": _KERAS,
    "tensorflow.models.rnn.rnn": "tf1graphs.v1.nn",
    "tensorflow.models.rnn.rnn_cell": "tf1graphs.v1.contrib.rnn",
    "tensorflow.models.rnn.seq2seq": "tf1graphs.v1.contrib.legacy_seq2seq",
    **{f"tensorflow.python.data.experimental.ops.stats_{part}": _STATISTICS for part in _PARTS_OF_STATISTICS},
    "tensorflow.python.estimator": "tensorflow_estimator.python.estimator",
    "tensorflow.python.keras": "tf_keras.src",
    "tensorflow.python.keras._impl.keras": "tf_keras.src",
    "tensorflow.python.keras.api._v1.keras": _KERAS,
    "tensorflow.python.keras.api.keras": _KERAS,
    **{f"tensorflow.python.keras.layers.{part}": f"{_KERAS}.layers" for part in _PARTS_OF_KERAS_LAYERS.split()},
    **{f"{_OLD_PRECISION}.{part}": _PRECISION for part in ("loss_scale_optimizer", "policy")},
    "tensorflow.python.keras.preprocessing": f"{_KERAS}.preprocessing",
    "tensorflow.python.keras.utils": f"{_KERAS}.utils",
    "tensorflow.python.keras.utils.multi_gpu_utils": "tf1graphs.v1._multi_gpu_model",
    **{f"tensorflow.python.keras.utils.{part}": f"tf_keras.src.utils.{part}" for part in _PARTS_OF_KERAS_UTILS.split()},
    **{f"tensorflow.python.layers.{part}": f"tf_keras.src.legacy_tf_layers.{part}" for part in _LAYERS.split()},
    "tensorflow.python.layers.layers": "tf1graphs.v1.layers",
    "tensorflow.python.ops.distributions.transformed_distribution": "tf1graphs.v1.contrib.distributions",
    "tensorflow.python.ops.rnn_cell": "tf1graphs.v1.contrib.rnn",
    "tensorflow.python.ops.rnn_cell_impl": _CELLS,
    "tensorflow.python.ops.rnn_cell_wrapper_impl": "tf_keras.src.layers.rnn.legacy_cell_wrappers",
    "tensorflow.python.ops.seq2seq": "tf1graphs.v1.contrib.legacy_seq2seq",
    "tensorflow.python.profiler.profile_context": "tf1graphs.v1.contrib.tfprof",
    "tensorflow.python.training.training_ops": "tensorflow.python.ops.gen_training_ops",
    "tensorflow.python.training.tracking": "tensorflow.python.trackable",
    "tensorflow_core": "tensorflow",
}

# A module of 1.15's internals, with everything below it -> the part of the public API that has the names it has lost.
PUBLIC_NAMES = {
    "tensorflow.python": "",
    "tensorflow.python.data.experimental.ops": "data.experimental",
    "tensorflow.python.data.ops": "data",
    "tensorflow.python.framework": "",
    "tensorflow.python.framework.graph_util": "graph_util",
    "tensorflow.python.framework.graph_util_impl": "graph_util",
    "tensorflow.python.ops": "",
    "tensorflow.python.ops.nn_impl": "nn",
    "tensorflow.python.pywrap_tensorflow": "train",
    "tensorflow.python.saved_model": "saved_model",
    "tensorflow.python.training": "train",
}

# Names inside 1.15 that stand elsewhere, or under another name: module and name -> those of today, below the same root.
MOVED_NAMES = {
    "framework.ops.IndexedSlicesValue": "framework.indexed_slices.IndexedSlicesValue",
    "framework.ops._default_session_stack": "framework.stack._default_session_stack",
    "framework.ops.convert_n_to_tensor_or_indexed_slices": (
        "framework.indexed_slices.convert_n_to_tensor_or_indexed_slices"
    ),
    "framework.ops.convert_to_tensor_v2": "framework.tensor_conversion.convert_to_tensor_v2",
    "framework.ops.internal_convert_n_to_tensor_or_indexed_slices": (
        "framework.indexed_slices.internal_convert_n_to_tensor_or_indexed_slices"
    ),
    "framework.ops.internal_convert_to_tensor_or_indexed_slices": (
        "framework.indexed_slices.internal_convert_to_tensor_or_indexed_slices"
    ),
    "framework.tensor_util.maybe_set_static_shape": "ops.shape_util.maybe_set_static_shape",
    "framework.tensor_util.shape_tensor": "ops.shape_util.shape_tensor",
    "ops.array_ops._slice_helper": "ops.tensor_getitem_override._slice_helper",
    "ops.control_flow_ops.case_v2": "ops.control_flow_case.case_v2",
    "ops.control_flow_ops.while_loop_v2": "ops.while_loop.while_loop_v2",
    "ops.math_ops.bessel_i0e": "ops.special_math_ops.bessel_i0e",
    "ops.math_ops.bessel_i1e": "ops.special_math_ops.bessel_i1e",
    "ops.variables.RefVariable": "ops.ref_variable.RefVariable",
    "ops.variables.VariableV1": "ops.variable_v1.VariableV1",
    "util.nest.is_sequence": "util.nest.is_nested",
}

# Modules inside contrib that left it before 1.15, and that programs of the releases before import.
_EARLIER = """
    boosted_trees.estimator_batch.custom_export_strategy boosted_trees.estimator_batch.custom_loss_head
    boosted_trees.estimator_batch.dnn_tree_combined_estimator boosted_trees.estimator_batch.estimator
    boosted_trees.estimator_batch.estimator_utils boosted_trees.estimator_batch.model
    boosted_trees.estimator_batch.trainer_hooks boosted_trees.proto.learner_pb2 boosted_trees.proto.quantiles_pb2
    boosted_trees.proto.split_info_pb2 boosted_trees.proto.tree_config_pb2
    boosted_trees.python.training.functions.gbdt_batch
    data.python.ops.dataset_ops distributions.python.ops.bernoulli distributions.python.ops.beta
    distributions.python.ops.categorical distributions.python.ops.dirichlet
    distributions.python.ops.dirichlet_multinomial distributions.python.ops.distribution
    distributions.python.ops.exponential distributions.python.ops.gamma distributions.python.ops.kullback_leibler
    distributions.python.ops.laplace distributions.python.ops.multinomial distributions.python.ops.normal
    distributions.python.ops.student_t distributions.python.ops.uniform rnn.python.ops.core_rnn
    rnn.python.ops.core_rnn_cell_impl seq2seq.python.ops.decoder_fn seq2seq.python.ops.dynamic_attention_wrapper
"""
_EARLIER_MODULES = frozenset(f"contrib.{module}" for module in _EARLIER.split())
_DEEP_CONTRIB = re.compile(r"(tensorflow\.contrib\.[\w.]+?)\.python(?:\.([\w.]+))?$")


def _spec(name: str) -> ModuleSpec | None:
    try:
        return importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return None


def exists(name: str) -> bool:
    """Whether a module can be imported, or is."""
    return _spec(name) is not None


def _moved(name: str) -> str | None:
    # "from keras.utils import np_utils" asks for it below the module that keras.utils is today.
    name = name.replace(_KERAS, "keras", 1)
    for moved in sorted(MODULES, key=len, reverse=True):
        if name == moved or name.startswith(f"{moved}."):
            return MODULES[moved] + name[len(moved) :]
    return None


def _api(name: str) -> str:
    return name.replace("tensorflow", "tf1graphs.v1", 1)


def moved_name(module: str, name: str) -> tuple[str, str] | None:
    """Returns the module and the name by which TensorFlow has today what a module inside 1.15 had by ``name``."""
    root = "tensorflow.python."
    moved = MOVED_NAMES.get(f"{module.removeprefix(root)}.{name}") if module.startswith(root) else None
    if moved is None:
        return None
    home, _, own = moved.rpartition(".")
    return root + home, own


def stood_earlier(path: str) -> bool:
    """Whether contrib had a module at the path below ``tensorflow`` in a release before 1.15, and no more in 1.15."""
    return not _inner.is_module(path) and any(f"{earlier}.".startswith(f"{path}.") for earlier in _EARLIER_MODULES)


def _stood_in_contrib(name: str) -> bool:
    path = name.partition(".")[2]
    return _inner.is_module(path) or stood_earlier(path)


def _package_of(package: str, parts: list[str]) -> str | None:
    """Returns the package below another whose path is the longest tail of ``parts``, such as its ``bijectors``."""
    for start in range(len(parts)):
        spec = _spec(".".join([package, *parts[start:]]))
        if spec and spec.submodule_search_locations:
            return spec.name
    return None


def _public_contrib(name: str) -> str | None:
    """Returns the public module that has the names of a module inside a contrib package, None if there was no such.

    It is the longest tail of the path below ``python`` that exists below the package, or one without its last part
    where that is a package, or the package itself.
    """
    deep = _DEEP_CONTRIB.match(name)
    package, inner = (_api(deep[1]), deep[2] or "") if deep else (_api(name).rpartition(".")[0], "")
    parts = inner.split(".")
    tails = (".".join([package, *parts[start:]]) for start in range(len(parts)))
    found = next(filter(exists, tails), None)
    if not found and _stood_in_contrib(name) and len(parts) > 1:
        found = _package_of(package, parts[:-1])
    while not found and not exists(package):
        package = package.rpartition(".")[0]
    return found or (package if _stood_in_contrib(name) else None)


def home(name: str) -> str | None:
    """Returns the module that supplies the module ``name`` of TensorFlow 1.15, or None if it still stands there."""
    moved = _moved(name)
    if moved:
        return moved if moved != name else None
    if not name.startswith("tensorflow.") or name.startswith("tensorflow.compat.v2"):
        return None
    if exists(_api(name)):
        return _api(name)
    return _public_contrib(name) if name.startswith("tensorflow.contrib.") else None


def is_deep_contrib(name: str) -> bool:
    """Whether a module stands inside a contrib package, such as ``tensorflow.contrib.rnn.python.ops.rnn``."""
    return name.startswith("tensorflow.contrib.") and not _moved(name) and not exists(_api(name))


def has_parts(name: str) -> bool:
    """Whether only modules below ``name`` have a home, as below ``tensorflow.models``."""
    return name.startswith("tensorflow.models") and any(moved.startswith(f"{name}.") for moved in MODULES)


def _with_public_names(module: str) -> str:
    while module and module not in PUBLIC_NAMES:
        module = module.rpartition(".")[0]
    return module


def has_lost_names(module: str) -> bool:
    """Whether the public API has names that ``module``, one of TensorFlow's internals, had in 1.15."""
    return bool(_with_public_names(module))


def public_module(module: str) -> str:
    """Returns the module of the public API that has the names which an internal module has lost."""
    return f"tf1graphs.v1.{PUBLIC_NAMES[_with_public_names(module)]}".rstrip(".")


def is_internal(module: str) -> bool:
    """Whether a module below ``tensorflow`` is none of the public API, contrib and examples."""
    return module.split(".")[1:2] in (["python"], ["core"], ["models"], ["compiler"], ["tools"])
