"""The tensors of a checkpoint as layers, cells and optimizer slots see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras.spellings import CELL_TARGETS, CELLS, SAME, CellForm
from tf1graphs.convert.keras.targets import TargetGroup
from tf1graphs.convert.keras.tensors import HasShape


def variable_of_slot(name: str, names: Mapping[str, HasShape]) -> str | None:
    """The variable that ``name`` is an optimizer's slot or a moving average of, such as ``w`` for ``w/Adam_1``.

    Where the optimizer was made in a scope, that scope stands before the variable's name.
    """
    variable = name.rpartition("/")[0]
    if variable in names:
        return variable
    while variable:
        variable = variable.partition("/")[2]
        if variable in names and names[variable].shape == names[name].shape:
            return variable
    return None


@dataclass(frozen=True)
class SourceGroup:
    """The variables of one layer or cell of TensorFlow 1.

    Attributes:
        scope: what their names begin with, without the last slash.
        names: below the scope.
    """

    scope: str
    names: tuple[str, ...]

    def name(self, local: str) -> str:
        """The full name of one of them."""
        return f"{self.scope}/{local}" if self.scope else local


def _below(scope: str, names: Mapping[str, HasShape]) -> list[str]:
    return [name.removeprefix(f"{scope}/") for name in names if name.startswith(f"{scope}/")]


def groups_of(variables: Mapping[str, HasShape]) -> Iterator[SourceGroup]:
    """Layers, whose variables are directly below a scope, and cells, to which all below a scope belongs."""
    layers: dict[str, list[str]] = {}
    for name in variables:
        scope, _, local = name.rpartition("/")
        layers.setdefault(scope, []).append(local)
    for scope, locals_ in layers.items():
        yield SourceGroup(scope, tuple(locals_))
    inner = [f"/{form.sources[0]}" for form in CELLS if "/" in form.sources[0]]
    nested = {name.removesuffix(end) for end in inner for name in variables if name.endswith(end)}
    for scope in sorted(nested - set(layers)):
        yield SourceGroup(scope, tuple(_below(scope, variables)))


class Candidates:
    """Finds which groups of variables can become those of a Keras layer, by names of variables and shapes."""

    def __init__(self, variables: Mapping[str, HasShape]) -> None:
        self._variables = variables
        self.groups = list(groups_of(variables))
        self._below = {group.scope: set(_below(group.scope, variables)) for group in self.groups if group.scope}

    def row(self, source: SourceGroup, target: TargetGroup) -> Row | None:
        """How ``source`` becomes ``target``; None if it cannot."""
        if set(CELL_TARGETS) <= set(target.shapes):
            return self._row_of_cell(source, target)
        return self._row_of_layer(source, target)

    def _row_of_layer(self, source: SourceGroup, target: TargetGroup) -> Row | None:
        """Every variable has one counterpart: a layer without the other's bias would compute something else."""
        found = []
        for name, shape in target.shapes.items():
            spelled = [local for local in source.names if local in SAME.get(name, (name,))]
            if len(spelled) != 1 or self._variables[source.name(spelled[0])].shape != shape:
                return None
            found.append(source.name(spelled[0]))
        if len(set(found)) != len(source.names):
            return None
        return Row(tuple(found), tuple(map(target.path, target.shapes)))

    def _row_of_cell(self, source: SourceGroup, target: TargetGroup) -> Row | None:
        below = self._below.get(source.scope, set(source.names))
        for form in CELLS:
            if below == set(form.sources) and source.scope.rpartition("/")[2].startswith(form.scope):
                row = self._if_it_fits(form, source, target)
                if row:
                    return row
        return None

    def _if_it_fits(self, form: CellForm, source: SourceGroup, target: TargetGroup) -> Row | None:
        row = Row(
            tuple(map(source.name, form.sources)), tuple(map(target.path, CELL_TARGETS)), form.carry, {**form.settings}
        )
        try:
            made = row.forward([np.broadcast_to(np.float32(0), self._variables[name].shape) for name in row.sources])
        except CouldNotConvert:
            return None
        return row if [array.shape for array in made] == [target.shapes[name] for name in CELL_TARGETS] else None
