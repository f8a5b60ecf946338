"""``tfe.save_network_checkpoint`` and ``tfe.restore_network_checkpoint``: by names without the network's prefix."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.framework import ops
from tensorflow.python.training import checkpoint_utils, saver, training_util

from tf1graphs.v1.contrib.eager._network import Network


@dataclasses.dataclass
class _Names:
    """What variables of a network are called in a checkpoint, and what they are.

    ``chosen`` is the function that the program gave; by default the prefix of the network is taken off.
    """

    network: Network
    chosen: Callable[[str], str] | None
    variables: dict[str, Any] = dataclasses.field(default_factory=dict)

    def of(self, name: str) -> str:
        """Returns the name in the checkpoint."""
        prefix = f"{self.network.scope_name}/"
        return self.chosen(name) if self.chosen else name.removeprefix(prefix)

    def add(self, variable: Any) -> None:
        """Adds a variable; ``ValueError`` if another one has its name in the checkpoint."""
        name = self.of(variable._shared_name)
        other = self.variables.setdefault(name, variable)
        if other is variable:
            return
        how = "The map_func passed" if self.chosen else "The default checkpoint variable name mapping strategy"
        raise ValueError(
            f"{how} for Network '{self.network.name}' resulted in two variables named '{name}' (originally "
            f"'{other._shared_name}' and '{variable._shared_name}'). Variables of layers that were first added to "
            f"another Network have its prefix instead of '{self.network.scope_name}'; pass a map_func that keeps them "
            "apart to save and restore."
        )


@dataclasses.dataclass
class _Restoration:
    """Values of a checkpoint for variables that are not there yet."""

    names: _Names
    values: dict[str, Any]
    session: Any


def _path(network: Network, save_path: str) -> str:
    return os.path.join(save_path, network.name.replace("/", "_")) if os.path.isdir(save_path) else save_path


def _session() -> Any:
    return None if context.executing_eagerly() else ops.get_default_session()


def save_network_checkpoint(
    network: Network, save_path: str, global_step: Any = None, map_func: Callable[[str], str] | None = None
) -> str:
    """Saves the variables of a network and returns the path of the checkpoint.

    Args:
        network: the network.
        save_path: the path, or a folder, in which the checkpoint is called as the network.
        global_step: a number at the end of the path; by default the global step, if there is one.
        map_func: from the name of a variable to that in the checkpoint; by default the network's prefix is taken off.

    Raises:
        ValueError: the network has not been called, or two variables have one name in the checkpoint.
    """
    if not network.built:
        raise ValueError(
            "Attempt to save the Network before it was first called. This means variables have not yet been created, "
            "so there is nothing to save."
        )
    network._set_scope()
    names = _Names(network, map_func)
    for variable in network.variables:
        names.add(variable)
    return str(
        saver.Saver(names.variables).save(
            sess=_session(),
            save_path=_path(network, save_path),
            write_meta_graph=False,
            global_step=training_util.get_global_step() if global_step is None else global_step,
        )
    )


def restore_network_checkpoint(network: Network, save_path: str, map_func: Callable[[str], str] | None = None) -> None:
    """Restores the variables of a network, those that are not there yet when they are created.

    A variable that is created later has the value of the last checkpoint that was to be restored and has it.

    Args:
        network: the network.
        save_path: the path of the checkpoint, or the folder that it was saved to.
        map_func: what ``save_network_checkpoint`` was given.

    Raises:
        ValueError: two variables have one name in the checkpoint.
    """
    network._finalize_name(None)
    network._set_scope()
    save_path = _path(network, save_path)
    names = _Names(network, map_func)
    for variable in network.variables:
        names.add(variable)
    if names.variables:
        saver.Saver(names.variables).restore(sess=_session(), save_path=save_path)
    reader = checkpoint_utils.load_checkpoint(save_path)
    saved = [name for name, _ in checkpoint_utils.list_variables(save_path)]
    values = {name: reader.get_tensor(name) for name in saved if name not in names.variables}
    if values:
        _restore_when_created(network, _Restoration(names, values, _session()))


def _restore_when_created(layer: Any, restoration: _Restoration) -> None:
    """Lets the scope of a layer, and of those in it, look for values in a restoration before it looks in older ones."""
    if not hasattr(layer, "_restorations"):
        layer._restorations = []
        layer._restoring_getter = _getter(layer._restorations)
    # Unlike an argument of a scope, this getter does not call those of the scopes around it, which have it too.
    layer._scope.set_custom_getter(layer._restoring_getter)
    layer._restorations.append(restoration)
    for each in layer.layers if isinstance(layer, Network) else ():
        if isinstance(each, Network):
            each._set_scope()
        else:
            layer._set_scope_of(each)
        _restore_when_created(each, restoration)


def _getter(restorations: list[_Restoration]) -> Callable[..., Any]:
    def get(
        getter: Callable[..., Any],
        name: str,
        shape: Any = None,
        dtype: Any = None,
        initializer: Any = None,
        *arguments: Any,
        **options: Any,
    ) -> Any:
        found = [each for each in restorations if each.names.of(name) in each.values]
        if not found:
            return getter(name, shape, dtype, initializer, *arguments, **options)
        names, values, session = found[-1].names, found[-1].values, found[-1].session
        # Later variables of this name are no other variables, or refused below.
        value, values[names.of(name)] = values[names.of(name)], None
        if value is not None:
            shape, initializer = None, value
        variable = getter(name, shape, dtype, initializer, *arguments, **options)
        if value is not None and session is not None:
            session.run(variable.initializer)
        names.add(variable)
        return variable

    return get
