"""Classes and functions of 1.15's ``tf.keras`` that tf-keras has dropped."""

from __future__ import annotations

import collections
import gc
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.ops import array_ops
from tf_keras.api._v1.keras import wrappers
from tf_keras.src import backend
from tf_keras.src.layers.rnn import lstm_v1
from tf_keras.src.utils import data_utils

__all__ = [
    "HDF5Matrix",
    "PeepholeLSTMCell",
    "convert_all_kernels_in_model",
    "terminate_keras_multiprocessing_pools",
    "wrappers",
]


class PeepholeLSTMCell(lstm_v1.LSTMCell):  # type: ignore[misc]
    """An LSTM cell whose gates also see the cell state ``[batch, units]``.

    Source: Sak et al. 2014, https://research.google.com/pubs/archive/43905.pdf.
    """

    def build(self, input_shape: Any) -> None:
        """Creates the weights ``[units]`` with which the gates see the cell state, after those of the LSTM cell."""
        super().build(input_shape)
        weights = {"shape": (self.units,), "initializer": self.kernel_initializer}
        self.input_gate_peephole_weights = self.add_weight(name="input_gate_peephole_weights", **weights)
        self.forget_gate_peephole_weights = self.add_weight(name="forget_gate_peephole_weights", **weights)
        self.output_gate_peephole_weights = self.add_weight(name="output_gate_peephole_weights", **weights)

    def _compute_carry_and_output(self, x: Any, h_tm1: Any, c_tm1: Any) -> tuple[Any, Any]:
        recurrent = array_ops.split(self.recurrent_kernel, 4, axis=1)
        summed = [part + backend.dot(h, kernel) for part, h, kernel in zip(x, h_tm1, recurrent, strict=True)]
        return self._with_peepholes(summed, c_tm1)

    def _compute_carry_and_output_fused(self, z: Any, c_tm1: Any) -> tuple[Any, Any]:
        return self._with_peepholes(z, c_tm1)

    def _with_peepholes(self, summed: Any, state: Any) -> tuple[Any, Any]:
        of_input, of_forget, of_new, of_output = summed
        gate = self.recurrent_activation
        new = gate(of_input + self.input_gate_peephole_weights * state) * self.activation(of_new)
        kept = gate(of_forget + self.forget_gate_peephole_weights * state) * state
        return kept + new, gate(of_output + self.output_gate_peephole_weights * (kept + new))


class HDF5Matrix:
    """Rows ``start`` to ``end`` of a data set in an HDF5 file, read when they are indexed.

    Args:
        datapath: path of the file, which stays open.
        dataset: name of the data set in it.
        start: first row.
        end: row after the last; ``None`` for all.
        normalizer: function of the rows that are read.
    """

    # Every file is opened once.
    refs: dict[str, Any] = collections.defaultdict(int)

    def __init__(
        self,
        datapath: str,
        dataset: str,
        start: int = 0,
        end: int | None = None,
        normalizer: Callable[[Any], Any] | None = None,
    ) -> None:
        if datapath not in self.refs:
            import h5py

            self.refs[datapath] = h5py.File(datapath, "r")
        self.data = self.refs[datapath][dataset]
        self.start = start
        self.end = self.data.shape[0] if end is None else end
        self.normalizer = normalizer

    def __len__(self) -> int:
        return int(self.end - self.start)

    def __getitem__(self, key: Any) -> Any:
        index: Any
        if isinstance(key, slice):
            stop = len(self) if key.stop is None else key.stop
            index, last = slice((key.start or 0) + self.start, stop + self.start), stop - 1
        elif isinstance(key, (int, np.integer)):
            index, last = key + self.start, key
        else:
            index, last = [int(row) + self.start for row in key], max(key)
        if last >= len(self):
            raise IndexError(f"row {last} of {len(self)}")
        rows = self.data[index]
        return self.normalizer(rows) if self.normalizer else rows

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape ``(rows, ...)``."""
        return (len(self), *self.data.shape[1:])

    @property
    def dtype(self) -> Any:
        """NumPy type of the elements."""
        return self.data.dtype

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return int(self.data.ndim)

    @property
    def size(self) -> int:
        """Number of elements."""
        return int(np.prod(self.shape))


def convert_all_kernels_in_model(model: Any) -> None:
    """Turns the kernels of all convolutions around, from Theano's order to TensorFlow's or back."""
    for layer in model.layers:
        if type(layer).__name__ in ("Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose"):
            kernel = backend.get_value(layer.kernel)
            # The last two axes are those of the channels.
            backend.set_value(layer.kernel, np.flip(kernel, tuple(range(kernel.ndim - 2))))


def terminate_keras_multiprocessing_pools(grace_period: float = 0.1, use_sigkill: bool = False) -> list[str]:
    """Ends the worker processes that feed models from generators.

    Args:
        grace_period: seconds that the workers have to end.
        use_sigkill: whether those that have not are killed.

    Returns:
        What went wrong, in words.
    """
    gc.collect()
    workers = [worker for pool in data_utils._DATA_POOLS for worker in pool._pool]
    for pool in list(data_utils._DATA_POOLS):
        pool.close()
        pool.terminate()
    if workers:
        time.sleep(grace_period)
    for worker in workers:
        if use_sigkill and worker.is_alive():
            worker.kill()
            worker.join(grace_period)
    return [f"worker still alive: {worker.name}, pid={worker.pid}" for worker in workers if worker.is_alive()]
