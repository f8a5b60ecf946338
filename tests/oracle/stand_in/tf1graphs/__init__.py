"""What the tutorials import of tf1graphs, on CPython 3.7.

TensorFlow 1.15 itself stands for ``tf1graphs.v1``. The options and the data are the package's own modules. Figures,
progress bars and downloads are none of what is recorded.
"""

import contextlib
import gzip
import sys
import types
from pathlib import Path

import numpy as np
import tensorflow

__path__.append(str(Path(__file__).resolve().parents[4] / "tf1graphs"))


class _Subscriptable(type):
    def __getitem__(cls, parameters):
        return cls


def _read_idx(path, item_shape):
    """Returns the items of a gzipped IDX file; the package's own reader is written for a later Python."""
    with gzip.open(str(path)) as file:
        items = np.frombuffer(file.read()[8 + 4 * len(item_shape) :], np.uint8)
    return items.reshape((-1,) + item_shape)


def _no_figure(path, *arguments, **options):
    """Stands for each function that draws."""


def _module(name, **contents):
    module = types.ModuleType(name)
    vars(module).update(contents)
    sys.modules[name] = module
    return module


v1 = sys.modules["tf1graphs.v1"] = tensorflow
figures = _module("tf1graphs.figures", __getattr__=lambda name: _no_figure)
# The package's own is written for a later Python; what a recording writes goes with its folder.
_module("tf1graphs.replacing", replacing=contextlib.nullcontext)
_module("numpy.typing", NDArray=_Subscriptable("NDArray", (), {}))
_module("tf1graphs.datasets.idx", read_idx=_read_idx)

from tf1graphs import tutorial  # noqa: E402 what it imports has just been made
from tf1graphs.datasets import digits, mnist_sets, pretrained  # noqa: E402

mnist_sets.raw_mnist = lambda directory=None: digits.load()
pretrained.weights = lambda network: None
tutorial.progress = lambda items, *arguments, **options: items
