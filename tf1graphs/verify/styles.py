"""In which of three styles a program is written, and what its process has to be like."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

LEGACY = "legacy"  # TensorFlow 1: runs under ``tf1graphs run``
V1 = "v1"  # graph mode by its own import of ``tf1graphs.v1``
NATIVE = "native"  # anything else: TensorFlow 2, or ``tf.compat.v1`` under its own name
STYLES = (LEGACY, V1, NATIVE)

# What only TensorFlow 1 has in its own name; ``tf.compat.v1.placeholder`` is not ``tf.placeholder``.
_OF_1 = frozenset(
    {
        "ConfigProto",
        "InteractiveSession",
        "Session",
        "add_to_collection",
        "app",
        "assign",
        "contrib",
        "enable_eager_execution",
        "flags",
        "get_collection",
        "get_default_graph",
        "get_variable",
        "gfile",
        "global_variables",
        "global_variables_initializer",
        "initialize_all_variables",
        "layers",
        "log",
        "logging",
        "placeholder",
        "placeholder_with_default",
        "random_normal",
        "random_uniform",
        "reset_default_graph",
        "set_random_seed",
        "to_float",
        "trainable_variables",
        "truncated_normal",
        "variable_scope",
    }
)


# What Keras 3 no longer has: methods, modules, and the keyword ``lr`` of its optimizers.
_OF_KERAS_2 = frozenset(
    {
        "evaluate_generator",
        "fit_generator",
        "np_utils",
        "predict_classes",
        "predict_generator",
        "predict_proba",
    }
)
_KERAS_2_MODULES = ("keras.layers.convolutional", "keras.layers.core", "keras.layers.recurrent", "keras.utils.np_utils")
_KERAS_OPTIMIZERS = frozenset({"Adadelta", "Adagrad", "Adam", "Adamax", "Nadam", "RMSprop", "SGD"})


def _is_of_keras_2(tree: ast.Module, imported: set[str]) -> bool:
    modules = {name.removeprefix("tensorflow.") for name in imported}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    if "keras" not in attributes and not any(name.split(".")[0] == "keras" for name in modules):
        return False
    with_lr = {
        _last_name(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and any(keyword.arg == "lr" for keyword in node.keywords)
    }
    return bool(
        attributes & _OF_KERAS_2
        or with_lr & _KERAS_OPTIMIZERS
        or any(name.startswith(_KERAS_2_MODULES) for name in modules)
    )


def _last_name(node: ast.expr) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def _tensorflow_aliases(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name == "tensorflow":
                    yield alias.asname or "tensorflow"


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def of(path: str) -> str:
    """Returns the style of the script at ``path``; one that cannot be read as Python 3 is legacy."""
    try:
        tree = ast.parse(Path(path).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return LEGACY
    imported = set(_imported(tree))
    if any(name.startswith("tf1graphs.v1") for name in imported):
        return V1
    if any(name.startswith(("tensorflow.contrib", "tensorflow.examples")) for name in imported):
        return LEGACY
    aliases = set(_tensorflow_aliases(tree))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases
    }
    return LEGACY if used & _OF_1 or _is_of_keras_2(tree, imported) else NATIVE
