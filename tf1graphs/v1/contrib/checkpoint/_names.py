"""Names of dependencies that are made unique."""

from __future__ import annotations

import itertools
from typing import Any

from tensorflow.python.trackable import base, data_structures


class UniqueNameTracker(data_structures.TrackableDataStructure):  # type: ignore[misc]
    """Tracks objects for a checkpoint under a name, or under the name with the first number that is free."""

    def __init__(self) -> None:
        super().__init__()
        self._maybe_initialize_trackable()

    @property
    def _values(self) -> list[Any]:
        return list(self._trackable_children().values())

    def track(self, trackable: Any, base_name: str) -> Any:
        """Returns ``trackable``, which is from now on tracked; raises ``ValueError`` if it cannot be."""
        if not isinstance(trackable, base.Trackable):
            raise ValueError(f"Expected a trackable value, got {trackable} which does not inherit from tf.Trackable.")
        numbered = (f"{base_name}_{number}" for number in itertools.count(1))
        names = itertools.chain([base_name], numbered)
        name = next(name for name in names if self._lookup_dependency(name) is None)
        self._track_trackable(self._track_value(trackable, name), name)
        return trackable
