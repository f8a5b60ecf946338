"""Checkpoints by variable name in eager execution."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.framework import errors, ops
from tensorflow.python.ops import resource_variable_ops
from tensorflow.python.training import checkpoint_utils, saver


class Saver:
    """``tf.train.Saver`` without a session."""

    def __init__(self, var_list: Any) -> None:
        """Takes a list of variables, or a dictionary of names and variables.

        Raises:
            RuntimeError: eager execution is not enabled.
        """
        if not context.executing_eagerly():
            raise RuntimeError("tfe.Saver needs eager execution; in a graph use tf.train.Saver")
        self._saver = saver.Saver(var_list=var_list)

    def save(self, file_prefix: str, global_step: Any = None) -> Any:
        """Writes the variables; returns the prefix of the files, with the step in it if one is given."""
        with ops.device("/device:CPU:0"):
            return self._saver.save(None, file_prefix, write_meta_graph=False, global_step=global_step)

    def restore(self, file_prefix: str) -> None:
        """Sets the variables to what a checkpoint holds."""
        with ops.device("/device:CPU:0"):
            self._saver.restore(None, file_prefix)


def get_optimizer_variables(optimizer: Any) -> Any:
    """Returns the variables that an optimizer has created."""
    return optimizer.variables()


@contextmanager
def restore_variables_on_create(save_path: str | None, map_func: Callable[[str], str] | None = None) -> Iterator[None]:
    """Lets the variables that are created inside the ``with`` start from a checkpoint.

    Args:
        save_path: prefix of the checkpoint; ``None`` for no checkpoint, which changes nothing.
        map_func: gives for the name of a variable its name in the checkpoint; by default the same.

    Raises:
        ValueError: eager execution is not enabled, or ``map_func`` is not callable.
        tf.errors.NotFoundError: the checkpoint lacks a variable.
    """
    if not context.executing_eagerly():
        raise ValueError("restore_variables_on_create needs eager execution")
    if not save_path:
        yield
        return
    if map_func is not None and not callable(map_func):
        raise ValueError("map_func must be callable")
    reader = checkpoint_utils.load_checkpoint(save_path)
    waiting = {name: reader.get_tensor(name) for name, _ in checkpoint_utils.list_variables(save_path)}
    restored = set()
    initialize = resource_variable_ops.ResourceVariable._init_from_args

    def initialize_and_restore(self: Any, *arguments: Any, **options: Any) -> None:
        initialize(self, *arguments, **options)
        name = map_func(self._shared_name) if map_func else self._shared_name
        if name not in waiting:
            raise errors.NotFoundError(None, None, f"{name} not found in checkpoint {save_path}")
        # A second variable of the name keeps its own initial value.
        if name not in restored:
            restored.add(name)
            self.assign(waiting[name])

    resource_variable_ops.ResourceVariable._init_from_args = initialize_and_restore
    try:
        yield
    finally:
        resource_variable_ops.ResourceVariable._init_from_args = initialize
