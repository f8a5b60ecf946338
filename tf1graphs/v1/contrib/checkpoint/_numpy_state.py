"""NumPy arrays in a ``tf.train.Checkpoint``."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from tensorflow.python.trackable import base, python_state


class _Array(python_state.PythonState):  # type: ignore[misc]
    """One array."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def serialize(self) -> bytes:
        """Returns the array as a ``.npy`` file."""
        file = io.BytesIO()
        np.save(file, self.array, allow_pickle=False)
        return file.getvalue()

    def deserialize(self, string_value: bytes) -> None:
        """Replaces the array by that of a ``.npy`` file."""
        self.array = np.load(io.BytesIO(string_value), allow_pickle=False)


class NumpyState(base.Trackable):  # type: ignore[misc]
    """An object whose attributes are NumPy arrays that a checkpoint saves and restores.

    Restoring makes the attributes that were saved, and needs no op of the graph to run.

    Raises:
        NotImplementedError: An attribute is set that is no NumPy array.
    """

    def _lookup_dependency(self, name: str, cached_dependencies: Any = None) -> Any:
        # A checkpoint being restored asks for the attribute by name: that is what makes it.
        found = super()._lookup_dependency(name, cached_dependencies)
        if found is None:
            found = self._track_array(name, np.array([]))
        return found

    def _track_array(self, name: str, array: Any) -> _Array:
        wrapper = _Array(array)
        self._maybe_initialize_trackable()
        reference = base.TrackableReference(name=name, ref=wrapper)
        self._self_unconditional_checkpoint_dependencies.append(reference)
        self._self_unconditional_dependency_names[name] = wrapper
        super().__setattr__(name, wrapper)
        self._handle_deferred_dependencies(name=name, trackable=wrapper)
        return wrapper

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        return value.array if isinstance(value, _Array) else value

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, (np.ndarray, np.generic)):
            if isinstance(vars(self).get(name), _Array):
                vars(self)[name].array = value
            else:
                self._track_array(name, value)
        elif name.startswith("_self_") or hasattr(base.Trackable, name):
            super().__setattr__(name, value)
        else:
            raise NotImplementedError(
                f"Assigned {value} to the {name} property of {self}, which is not a NumPy array. Currently mixing "
                "NumPy arrays and other trackable objects is not supported."
            )
