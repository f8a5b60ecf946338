"""Roles in name-based checkpoints, which say them by names alone.

TensorFlow 1 calls a slot by its variable and the optimizer's name, numbered from the second on (``w/Adam``,
``w/Adam_1``), in the variable scope that the optimizer is used in (``train/w/Adam``). Keras puts the optimizer first
and the slot last (``training/Adam/w/m``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tf1graphs.inspect.checkpoints.roles import BOOKKEEPING, SLOT, STATE, STEP, Role
from tf1graphs.inspect.reading.checkpoints import OBJECT_GRAPH, Entry

# The names that optimizers of TensorFlow, contrib and of well-known programs (BERT, Tensor2Tensor) have by default.
_OPTIMIZERS = {
    *("Adadelta", "Adafactor", "Adagrad", "AdagradDA", "Adam", "AdaMax", "AdamW", "AddSign", "adam", "Ftrl", "GGT"),
    *("Lamb", "lamb", "LARSOptimizer", "LAMBOptimizer", "Lion", "Momentum", "MomentumW", "MovingAverage", "Nadam"),
    *("PowerSign", "ProximalAdagrad", "RMSProp", "SGD", "Shampoo", "ExponentialMovingAverage"),
}
_KERAS_SLOTS = {
    *("m", "v", "vhat", "u", "momentum", "rms", "mg", "accumulator", "accum_grad", "accum_var", "linear", "average"),
}
_KERAS_STATE = {"decay", "learning_rate", "beta_1", "beta_2", "rho", "momentum"}
_POWER = re.compile(r"beta[12]_power(_\d+)?")
_NUMBERED = re.compile(r"(?P<name>.+?)(_[mv])?(_\d+)?")
_PART = re.compile(r"(.*/)?part_\d+")
# What a moving average keeps beside itself to be unbiased.
_OF_AVERAGES = {"biased", "local_step"}
_STEPS = {"global_step"}
_KERAS_STEPS = {"iter", "iterations"}


def role_of(name: str, entries: Mapping[str, Entry]) -> Role:
    """The role of a tensor of a name-based checkpoint."""
    scope, _, last = name.rpartition("/")
    if name == OBJECT_GRAPH:
        return Role(BOOKKEEPING)
    if last in _OF_AVERAGES and scope in entries:
        return Role(SLOT, "ExponentialMovingAverage", role_of(scope, entries).variable or scope)
    return _slot(name, entries) or _state(name, entries) or Role()


def _slot(name: str, entries: Mapping[str, Entry]) -> Role | None:
    parts = name.split("/")
    optimizer = _optimizer_of(parts[-1])
    is_known = optimizer in _OPTIMIZERS
    shape = entries[name].shape
    for size in range(len(parts) - 1, 0, -1):
        variable, between = "/".join(parts[:size]), "/".join(parts[size:-1])
        if variable not in entries or between and not _PART.fullmatch(between):
            continue
        if is_known or entries[variable].shape == shape:
            return Role(SLOT, optimizer, variable)
    if not is_known and parts[-1] not in _KERAS_SLOTS:
        return None
    for start in range(1, len(parts) - 1):
        variable = "/".join(parts[start:-1])
        if variable in entries and entries[variable].shape == shape:
            return Role(SLOT, optimizer if is_known else parts[start - 1], variable)
    return Role(SLOT, optimizer, "/".join(parts[:-1])) if is_known and len(parts) > 1 else None


def _optimizer_of(last: str) -> str:
    found = _NUMBERED.fullmatch(last)
    return found["name"] if found else last


def _state(name: str, entries: Mapping[str, Entry]) -> Role | None:
    scope, _, last = name.rpartition("/")
    optimizer = scope.rpartition("/")[2]
    is_keras = _optimizer_of(optimizer) in _OPTIMIZERS
    if entries[name].shape != ():
        return None
    if last in _STEPS or is_keras and last in _KERAS_STEPS:
        return Role(STEP)
    if _POWER.fullmatch(last):
        return Role(STATE, "Adam")
    return Role(STATE, optimizer) if is_keras and last in _KERAS_STATE else None
