"""What the values of event files are: TensorFlow 1 has a field for each kind, TensorFlow 2 tensors and plugins."""

from __future__ import annotations

import os
from typing import Any

from tf1graphs.inspect.reading.tensors import to_array

_BY_FIELD = {
    "simple_value": "scalar",
    "histo": "histogram",
    "obsolete_old_style_histogram": "histogram",
    "image": "image",
    "audio": "audio",
}
_BY_PLUGIN = {
    "scalars": "scalar",
    "histograms": "histogram",
    "images": "image",
    "audio": "audio",
    "text": "text",
    "hparams": "hparams",
    "graphs": "graph",
    "graph_keras_model": "graph",
    "graph_run_metadata": "run metadata",
    "graph_run_metadata_graph": "run metadata",
}
# Fields of events that are no summaries. They have no tag, but for the last.
OF_EVENTS = {
    "graph_def": "graph",
    "meta_graph_def": "meta graph",
    "tagged_run_metadata": "run metadata",
}


def kind_of(value: Any, plugin: str) -> str:
    """The kind of a ``Summary.Value``, whose tag was written by ``plugin``; ``"tensor"`` for one of other plugins."""
    return _BY_FIELD.get(value.WhichOneof("value")) or _BY_PLUGIN.get(plugin, "tensor")


def scalar_of(value: Any, path: str | os.PathLike[str]) -> float | None:
    """The number in a ``Summary.Value`` of the kind scalar; None if its tensor holds no single number.

    Raises:
        InvalidFile: the tensor is damaged.
    """
    if value.WhichOneof("value") == "simple_value":
        return float(value.simple_value)
    array = to_array(value.tensor, path)
    if array.size != 1 or array.dtype.kind not in "biuf" and array.dtype.name != "bfloat16":
        return None
    return float(array.item())


class Plugins:
    """Which plugin each tag of a run is of. Writers say it with the first value of a tag, and then no more."""

    def __init__(self) -> None:
        """Knows no tag."""
        self._of_tags: dict[str, str] = {}

    def of(self, value: Any) -> str:
        """The plugin of a ``Summary.Value``; empty if its tag has none."""
        return self._of_tags.setdefault(value.tag, value.metadata.plugin_data.plugin_name)
