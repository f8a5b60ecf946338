"""Values that several objects of a checkpoint hold, and that are saved and restored together."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.ops import control_flow_ops
from tensorflow.python.trackable import base
from tensorflow.python.training.saving import saveable_object

_Buffer = dict[str, Any]


class _Group:
    """The components of one split: they are filled by one function and consumed by another."""

    def __init__(self, size: int, fill: Callable[[_Buffer], Any], consume: Callable[[_Buffer], Any]) -> None:
        self._size, self._fill, self._consume = size, fill, consume
        self._to_save: _Buffer = {}
        self._restored: _Buffer = {}

    def save(self, name: str) -> Any:
        """Returns the component's value; the first to ask has all of them computed."""
        if name not in self._to_save:
            if self._to_save:
                raise AssertionError(
                    f"Split dependency {name} unsynchronized. Split dependencies must be saved together."
                )
            self._fill(self._to_save)
        return self._to_save.pop(name)

    def restore(self, name: str, tensor: Any) -> Any:
        """Returns an op that does nothing, or after the last component the op that restores all."""
        if name in self._restored:
            raise AssertionError(
                f"Split dependency {name} unsynchronized. Split dependencies must be restored together."
            )
        self._restored[name] = tensor
        if len(self._restored) < self._size:
            return control_flow_ops.no_op()
        restored, self._restored = self._restored, {}
        return self._consume(restored)


class _Saveable(saveable_object.SaveableObject):  # type: ignore[misc]
    """Saves and restores one component."""

    def __init__(self, name: str, group: _Group, component: str, dtype: Any, device: str) -> None:
        self._restore_component = functools.partial(group.restore, component)
        save = functools.partial(group.save, component)
        spec = saveable_object.SaveSpec(tensor=save, slice_spec="", name=name, dtype=dtype, device=device)
        super().__init__(save, [spec], name)

    def restore(self, restored_tensors: Sequence[Any], restored_shapes: Any) -> Any:
        """Restores the component from the only tensor that was saved."""
        return self._restore_component(restored_tensors[0])


class _Component(base.Trackable):  # type: ignore[misc]
    """Looks to a checkpoint like a variable."""

    def __init__(self, group: _Group, component: str, dtype: Any, device: str) -> None:
        self._saveable = functools.partial(_Saveable, group=group, component=component, dtype=dtype, device=device)

    def _gather_saveables_for_checkpoint(self) -> dict[str, Any]:
        return {base.VARIABLE_VALUE_KEY: self._saveable}


def split_dependency(
    component_names: Sequence[str],
    component_dtypes: Sequence[Any],
    fill_save_buffer_fn: Callable[[_Buffer], Any],
    consume_restore_buffer_fn: Callable[[_Buffer], Any],
    device: str,
) -> dict[str, Any]:
    """Returns an object to be tracked for each name; all of them are saved and restored together.

    Args:
        component_names: A name for each object.
        component_dtypes: The dtype of the tensor that each object saves.
        fill_save_buffer_fn: Puts a tensor for each name into the dictionary that it is given.
        consume_restore_buffer_fn: Gets a dictionary with the restored tensors, and returns an op that assigns them.
        device: Where to save and restore.
    """
    group = _Group(len(component_names), fill_save_buffer_fn, consume_restore_buffer_fn)
    return {
        name: _Component(group, name, dtype, device)
        for name, dtype in zip(component_names, component_dtypes, strict=False)
    }
