"""Variables that each worker of a cluster has for itself, beside those that all workers share."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import variables
from tensorflow.python.training import session_run_hook

GLOBAL_VARIABLE_NAME = "global_center_variable"


def make_local(getter: Any, name: str, device: Any, *args: Any, **kwargs: Any) -> Any:
    """Returns a trainable variable of the worker alone."""
    with ops.device(device):
        return getter(name, *args, trainable=True, collections=[ops.GraphKeys.LOCAL_VARIABLES], **kwargs)


def make_companion(getter: Any, prefix: str, name: str, collection: str, *args: Any, **kwargs: Any) -> Any:
    """Returns a variable like ``name`` that is not trained."""
    return getter(*args, name=f"{prefix}/{name}", trainable=False, collections=[collection], **kwargs)


def pair(local: Any, companion: Any, is_partitioned: bool) -> dict[Any, Any]:
    """Returns variable -> companion; of partitioned ones, part -> part."""
    return dict(zip(local, companion, strict=True)) if is_partitioned else {local: companion}


def get_untrained(getter: Any, name: str, device: Any, *args: Any, **kwargs: Any) -> Any:
    """Returns a variable as it was asked for, on the worker if it is local."""
    if ops.GraphKeys.LOCAL_VARIABLES not in kwargs["collections"]:
        return getter(name, *args, **kwargs)
    with ops.device(device):
        return getter(name, *args, **kwargs)


class InitializeWorkerHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Copies the shared variables to the worker when its session is there.

    Args:
        make_init_op: Makes the op that copies them.
        is_chief: Whether the worker initializes the shared variables.
    """

    def __init__(self, make_init_op: Any, is_chief: bool) -> None:
        self._make_init_op = make_init_op
        self._is_chief = is_chief

    def begin(self) -> None:
        """Makes the ops."""
        self._local_init_op = variables.local_variables_initializer()
        self._global_init_op = variables.global_variables_initializer() if self._is_chief else None
        self._variable_init_op = self._make_init_op()

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Copies the shared variables."""
        session.run(self._variable_init_op)
