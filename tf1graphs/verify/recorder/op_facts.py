"""Notes which ops a program uses, in graphs and eagerly: an activation is an op, however it was asked for."""

from __future__ import annotations

import functools
from typing import Any, Callable

from tensorflow.python.framework import ops

from . import settings
from .run import Run

_Function = Callable[..., Any]


def install(run: Run) -> None:
    """Watches every op made or executed from now on."""
    ops.Graph._create_op_internal = _noting_made(run, ops.Graph._create_op_internal)
    try:
        from tensorflow.python import pywrap_tfe
    except ImportError:  # TensorFlow 1.15, whose programs make graphs
        return
    pywrap_tfe.TFE_Py_FastPathExecute = _noting_executed(run, pywrap_tfe.TFE_Py_FastPathExecute)


def _plain(value: Any) -> Any:
    value = value.decode() if isinstance(value, bytes) else value
    return float("%.6g" % value) if isinstance(value, (bool, int, float)) else value


def _noting_made(run: Run, original: _Function) -> _Function:
    @functools.wraps(original)
    def create(graph: Any, op_type: str, *arguments: Any, **options: Any) -> Any:
        op = original(graph, op_type, *arguments, **options)
        known = settings.OPS.get(op_type)
        if known:
            run.fact(known.topic, known.name, **{name: _plain(op.get_attr(name)) for name in known.settings})
        return op

    return create


def _noting_executed(run: Run, original: _Function) -> _Function:
    @functools.wraps(original)
    def execute(context: Any, op_type: str, *arguments: Any) -> Any:
        known = settings.OPS.get(op_type)
        if known:
            # Attributes follow the inputs, each after its name.
            given = {name: arguments[i + 1] for i, name in enumerate(arguments[:-1]) if isinstance(name, str)}
            run.fact(known.topic, known.name, **{k: _plain(given[k]) for k in known.settings if k in given})
        return original(context, op_type, *arguments)

    return execute
