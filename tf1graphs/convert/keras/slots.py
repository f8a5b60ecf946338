"""The state of an optimizer: slots of TensorFlow 1's and the variables of Keras 3's that mean the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tf1graphs.convert.carrying import carrier
from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.keras import sources, targets
from tf1graphs.convert.keras.names import number_in
from tf1graphs.convert.keras.report import Match
from tf1graphs.convert.keras.tensors import HasShape

# By Keras's optimizer and the number of slots that TensorFlow 1's makes for a variable: what Keras calls them, in the
# order in which TensorFlow 1 makes them (``_create_slots`` of the optimizers in ``tensorflow/python/training``).
_SLOTS = {
    ("Adam", 2): ("momentum", "velocity"),
    ("SGD", 1): ("momentum",),
    ("RMSprop", 2): ("velocity", "momentum"),
    ("RMSprop", 3): ("velocity", "average_gradient", "momentum"),
    ("Adagrad", 1): ("accumulator",),
    ("Adadelta", 2): ("accumulated_grad", "accumulated_delta_var"),
}
# How the slots' names begin in TensorFlow 1, by Keras's optimizer.
_BEGINNINGS = {
    "Adam": "Adam",
    "SGD": "Momentum",
    "RMSprop": "RMSProp",
    "Adagrad": "Adagrad",
    "Adadelta": "Adadelta",
}
_ITERATION = "iteration"
_POWERS = ("beta1_power", "beta2_power")


def _slots_by_variable(entries: Mapping[str, HasShape], beginning: str) -> dict[str, list[str]]:
    """The slots of each variable in the order in which they were made."""
    found: dict[str, list[str]] = {}
    for name in entries:
        if number_in(name.rpartition("/")[2])[0] == beginning:
            variable = sources.variable_of_slot(name, entries)
            if variable:
                found.setdefault(variable, []).append(name)
    return {variable: sorted(names, key=lambda name: number_in(name)[1] or 0) for variable, names in found.items()}


def _named(entries: Mapping[str, HasShape], last: str) -> str | None:
    """The only tensor whose name ends so; several come from several optimizers, of which one would be a guess."""
    found = [name for name in entries if name.rpartition("/")[2] == last]
    return found[0] if len(found) == 1 else None


class _Optimizer:
    """Keras's optimizer and what its variables are called."""

    def __init__(self, optimizer: Any) -> None:
        self.kind = type(optimizer).__name__
        self._paths: dict[str, str] = {
            variable.path.rpartition("/")[2]: variable.path for variable in optimizer.variables
        }
        self._optimizer = optimizer

    @property
    def iterations(self) -> str:
        """The path of the count of steps."""
        return self._paths[_ITERATION]

    def slot(self, variable: str, slot: str) -> str | None:
        """The path of a variable's slot; None if this optimizer has none."""
        return self._paths.get(f"{variable.replace('/', '_')}_{slot}")

    @property
    def learning_rate(self) -> float | None:
        """None where a schedule gives it."""
        given = self._optimizer.get_config()["learning_rate"]
        return given if isinstance(given, float) else None

    def steps(self, entries: Mapping[str, HasShape]) -> Row | None:
        """How the count of steps is carried: from Adam's powers, else from ``global_step``."""
        powers = [_named(entries, power) for power in _POWERS]
        if self.kind == "Adam" and all(powers):
            betas = {"beta1": float(self._optimizer.beta_1), "beta2": float(self._optimizer.beta_2)}
            return Row(tuple(power for power in powers if power), (self.iterations,), "iterations", betas)
        step = _named(entries, "global_step")
        return Row((step,), (self.iterations,)) if step else None


def _carried(optimizer: _Optimizer, row: Row) -> tuple[str, dict[str, Any]] | str:
    """The way and settings of the slots of the variables in ``row``; a string says why there are none."""
    changed = carrier(row.carry).slot_settings
    if changed is None:
        return f"the optimizer's slots of a variable that is carried by {row.carry} have no counterpart"
    if optimizer.kind != "SGD":
        return row.carry, {**row.settings, **changed}
    if row.carry != "as_it_is":
        return f"momentum of a variable that is carried by {row.carry} is not carried"
    if optimizer.learning_rate is None:
        return "Keras's momentum holds the learning rate, which a schedule gives"
    return "scaled", {"factor": -optimizer.learning_rate}


def _row(
    optimizer: _Optimizer, row: Row, slots: Sequence[Sequence[str]], number: int, keras_name: str
) -> Row | str | None:
    """The row of one slot of all variables in ``row``; None if Keras's optimizer, as it is set, has no such slot."""
    paths = [optimizer.slot(path, keras_name) for path in row.targets]
    carried = _carried(optimizer, row)
    if isinstance(carried, str):
        return carried
    if not all(paths):
        return None
    names = tuple(names[number] for names in slots)
    return Row(names, tuple(path for path in paths if path), *carried)


def matches_of(
    model: Any, entries: Mapping[str, HasShape], matches: Sequence[Match]
) -> tuple[list[Match], dict[str, str]]:
    """The rows of the slots of all variables in ``matches``, and reasons by name for slots that are not carried."""
    built = targets.optimizer_of(model)
    if built is None:
        return [], {}
    optimizer = _Optimizer(built)
    by_variable = _slots_by_variable(entries, _BEGINNINGS.get(optimizer.kind, optimizer.kind))
    taken = {path for match in matches for path in match.row.targets}
    rows: list[Row] = []
    reasons: dict[str, str] = {}
    for match in matches:
        slots = [by_variable.get(name, []) for name in match.row.sources]
        counts = {len(names) for names in slots}
        keras_names = _SLOTS.get((optimizer.kind, counts.pop()), ()) if len(counts) == 1 else ()
        for number, keras_name in enumerate(keras_names):
            made = _row(optimizer, match.row, slots, number, keras_name)
            if isinstance(made, Row) and not taken.intersection(made.targets):
                rows.append(made)
            elif isinstance(made, str):
                reasons.update({names[number]: made for names in slots})
    steps = optimizer.steps(entries)
    # Without the slots, the count alone would have Adam correct moments that are zero as if they were not.
    if steps and (rows or optimizer.kind == "SGD") and optimizer.iterations not in taken:
        rows.append(steps)
    return [Match(row, "optimizer") for row in rows], reasons
