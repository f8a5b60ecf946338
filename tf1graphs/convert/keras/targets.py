"""The variables of a Keras 3 model: those of its layers, and those of its optimizer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert


@dataclass(frozen=True)
class TargetGroup:
    """The variables of one layer or cell.

    Attributes:
        scope: the layer's path, such as ``"lstm/lstm_cell"``.
        shapes: by the variables' names in it, such as ``"recurrent_kernel"``.
    """

    scope: str
    shapes: dict[str, tuple[int, ...]]

    def path(self, name: str) -> str:
        """The path of one of the variables."""
        return f"{self.scope}/{name}" if self.scope else name


def optimizer_of(model: Any) -> Any | None:
    """The optimizer that a model was compiled with, built; None without one."""
    optimizer = getattr(model, "optimizer", None)
    if optimizer is not None and not optimizer.built:
        optimizer.build(model.trainable_variables)
    return optimizer


def learning_rates(model: Any) -> set[str]:
    """The paths of the optimizer's variables that are no state, but what the model was compiled with."""
    optimizer = optimizer_of(model)
    paths = [variable.path for variable in optimizer.variables] if optimizer else []
    return {path for path in paths if path.rpartition("/")[2] == "learning_rate"}


def variables_of(model: Any) -> dict[str, Any]:
    """The variables by path, layers' first, in the order of the model.

    Raises:
        CouldNotConvert: the model has not been built, or two variables have one path.
    """
    if not model.built:
        raise CouldNotConvert("the model has no variables before it is built: give it an Input, or call it once")
    optimizer = optimizer_of(model)
    variables = [*model.weights, *(optimizer.variables if optimizer else ())]
    by_path = {variable.path: variable for variable in variables}
    if len(by_path) < len(variables):
        twice = sorted({each.path for each in variables if by_path[each.path] is not each})
        raise CouldNotConvert(
            f"two variables of the model have the path {twice[0]}: give its layers names of their own"
        )
    return by_path


def groups_of(model: Any) -> list[TargetGroup]:
    """The layers' variables by layer, in the order of the model."""
    groups: dict[str, TargetGroup] = {}
    for weight in model.weights:
        scope, _, name = weight.path.rpartition("/")
        groups.setdefault(scope, TargetGroup(scope, {})).shapes[name] = tuple(weight.shape)
    return list(groups.values())
