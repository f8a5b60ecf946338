"""Lets TensorFlow up to 2.20 write graphs as text with protobuf 7, which it allows to be installed beside it."""

from __future__ import annotations

import inspect
import types
from typing import Any


def restore() -> None:
    """Keeps an option from protobuf that protobuf 7 has dropped and TensorFlow's ``write_graph`` gives until 2.20.

    The option asked for as many digits as a number needs, which protobuf 7 always writes.
    """
    from google.protobuf import text_format
    from tensorflow.python.framework import graph_io

    if "float_format" in inspect.signature(text_format.MessageToString).parameters:
        return

    def message_to_string(message: Any, *, float_format: str = "", **options: Any) -> str:
        text: str = text_format.MessageToString(message, **options)
        return text

    graph_io.text_format = types.SimpleNamespace(**vars(text_format) | {"MessageToString": message_to_string})
