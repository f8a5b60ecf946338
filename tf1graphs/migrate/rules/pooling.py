"""Pooling: of ``tf.layers`` as functions and classes, and of ``tf.contrib.layers``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.keras_layers import Layer, create, later, unsupported
from tf1graphs.migrate.rules import rule

_KINDS = {"max": "Max", "average": "Average"}
_FUNCTIONS = {"max": "max_pool", "average": "avg_pool"}
# As ``tf.nn`` calls them, by the rank of the window.
_CHANNELS_FIRST = {1: "NCW", 2: "NCHW", 3: "NCDHW"}
_CHANNELS_LAST = ("channels_last", "NHWC", "NDHWC", None)


def _pool(kind: str, rank: int, call: Call, window: str, strides: str, padding: str) -> Outcome:
    refusal = unsupported(call) or later(call, window, strides)
    if refusal:
        return refusal
    filling = call.value("padding", padding)
    order = call.value("data_format")
    if filling is ... or order is ...:
        return Refuse("padding and data_format must be literals", "write them as strings")
    inner = [call.text("inputs"), call.text(window), call.text(strides, "2"), f'"{filling.upper()}"']
    if order not in _CHANNELS_LAST:
        inner.append(f'data_format="{_CHANNELS_FIRST[rank]}"')
    return Replace(f"{call.tf}.nn.{_FUNCTIONS[kind]}{rank}d({', '.join(inner)})")


def _layers_function(kind: str, rank: int, call: Call) -> Outcome:
    return _pool(kind, rank, call, "pool_size", "strides", "valid")


def _layers_class(kind: str, rank: int, call: Call) -> Outcome:
    layer = Layer(f"{kind}_pooling{rank}d", f"tf.keras.layers.{_KINDS[kind]}Pooling{rank}D", ("pool_size", "strides"))
    # Without variables it needs no name.
    return create(replace(call, graph_name=None), layer)


def _contrib(kind: str, rank: int, call: Call) -> Outcome:
    return _pool(kind, rank, call, "kernel_size", "stride", "VALID")


for _kind, _class in _KINDS.items():
    for _rank in (1, 2, 3):
        rule(
            f"tf.layers.{_kind}_pooling{_rank}d",
            signature="inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None",
            becomes=f"`tf.nn.{_FUNCTIONS[_kind]}{_rank}d`",
        )(partial(_layers_function, _kind, _rank))
        rule(
            f"tf.layers.{_class}Pooling{_rank}D",
            signature="pool_size, strides, padding='valid', data_format='channels_last', name=None",
            becomes=f"`tf.keras.layers.{_class}Pooling{_rank}D`",
        )(partial(_layers_class, _kind, _rank))
    for _rank in (2, 3):
        rule(
            *(f"tf.contrib.{_module}.{_FUNCTIONS[_kind]}{_rank}d" for _module in ("layers", "slim")),
            signature="inputs, kernel_size, stride=2, padding='VALID', data_format='NHWC', outputs_collections=None, "
            "scope=None",
            becomes=f"`tf.nn.{_FUNCTIONS[_kind]}{_rank}d`",
        )(partial(_contrib, _kind, _rank))
