"""Keras's MNIST without a network: what ``tf1graphs run`` gives to ``read_data_sets``, unless Keras has a copy."""

from __future__ import annotations

import functools
import io
import os
import sys
from types import ModuleType
from typing import Any

import numpy as np

from . import after_import

_READERS = ("keras.src.datasets.mnist", "tf_keras.src.datasets.mnist")


def install() -> None:
    """Changes the readers of Keras 2 and 3, imported already or not."""
    for name in _READERS:
        if name in sys.modules:
            _change(sys.modules[name])
    after_import.call(_change, _READERS)


def _change(reader: ModuleType) -> None:
    get_file = reader.get_file

    @functools.wraps(get_file)
    def get_copy(fname: str, *rest: Any, **options: Any) -> Any:
        home = options.get("cache_dir") or os.environ.get("KERAS_HOME") or os.path.join("~", ".keras")
        path = os.path.join(os.path.expanduser(home), "datasets", fname)
        if os.path.exists(path):
            return get_file(fname, *rest, **options)
        # The package is not there where TensorFlow 1.15 is recorded.
        from tf1graphs import datasets

        sets = datasets.raw_mnist()
        sys.stderr.write("tf1graphs: there is no %s; read from %s\n" % (path, sets.source))
        return _archive(sets)

    reader.get_file = get_copy  # type: ignore[attr-defined]


def _archive(sets: Any) -> io.BytesIO:
    """Returns the file that Keras would have downloaded."""
    file = io.BytesIO()
    np.savez(
        file, x_train=sets.train_images, y_train=sets.train_labels, x_test=sets.test_images, y_test=sets.test_labels
    )
    file.seek(0)
    return file
