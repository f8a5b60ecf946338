"""TensorFlow 1.x behaviour for this process, and clear refusals where TF2 code cannot run beside it."""

from __future__ import annotations

import types
from typing import Any

_OWN_PROCESS = "run the TensorFlow 2 code in a process of its own"


class GraphModeError(RuntimeError):
    """TensorFlow 2 code was used in a process that ``tf1graphs.v1`` has put into graph mode, or before it."""


class _TensorFlowBesideV1(types.ModuleType):
    """TF2's ``tensorflow`` module in a graph-mode process: everything but Keras 3."""

    def __getattr__(self, name: str) -> Any:
        if name == "keras":
            raise GraphModeError(
                "tensorflow.keras is Keras 3, which needs eager execution, but tf1graphs.v1 has turned graph mode on "
                f"in this process: use tf1graphs.v1.keras (Keras 2), or {_OWN_PROCESS}"
            )
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")


def refuse_keras_3(tensorflow: types.ModuleType) -> None:
    """Makes ``tensorflow.keras`` raise ``GraphModeError``."""
    vars(tensorflow).pop("keras", None)
    tensorflow.__class__ = _TensorFlowBesideV1


def refuse_after_eager_use() -> None:
    """Raises ``GraphModeError`` if ops have already run eagerly here: their tensors would mix with graph tensors."""
    from tensorflow.python.eager import context

    used = context.context_safe()
    if used is not None and used._context_handle is not None and used.executing_eagerly():
        raise GraphModeError(
            "tf1graphs.v1 turns graph mode on, but TensorFlow 2 operations have already run eagerly in this process: "
            f"import tf1graphs.v1 before them, or {_OWN_PROCESS}"
        )


def _explain_missing_values() -> None:
    """Makes ``tensor.numpy()`` say why a graph tensor has no value; it stays an ``AttributeError`` for ``hasattr``."""
    from tensorflow.python.framework import tensor

    def explain(self: Any) -> Any:
        raise AttributeError(
            f"tensor {self.name!r} has no value before it is run: tf1graphs.v1 has turned graph mode on in this "
            f"process. Use tf.Session().run(tensor), or {_OWN_PROCESS}"
        )

    tensor.Tensor.numpy = property(explain)


def _answer_sessions() -> None:
    """Lets tensors answer at once what every step of a session asks them; else an error is raised and caught."""
    from tensorflow.python.framework import tensor

    tensor.Tensor._as_graph_element = None


def turn_on() -> None:
    """Gives this process TF 1.15's behaviour: graphs, reference variables, ``Dimension`` shapes, identity equality.

    Raises:
        GraphModeError: TensorFlow 2 operations have already run eagerly in this process.
    """
    import tensorflow
    from tensorflow.python.compat import v2_compat

    refuse_after_eager_use()
    v2_compat.disable_v2_behavior()
    _explain_missing_values()
    _answer_sessions()
    if "keras" in vars(tensorflow):
        refuse_keras_3(tensorflow)
