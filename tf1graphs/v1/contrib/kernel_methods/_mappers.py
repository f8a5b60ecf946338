"""Maps points to where a dot product approximates a kernel."""

from __future__ import annotations

import abc
import math
from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, dtypes
from tensorflow.python.ops import math_ops


class InvalidShapeError(Exception):
    """A tensor has another shape than expected."""


class DenseKernelMapper(abc.ABC):
    """The interface of maps from dense features to dense features."""

    @abc.abstractmethod
    def map(self, input_tensor: Any) -> Any:
        """Returns the mapped features."""
        raise NotImplementedError(f"map is not implemented for {self}.")

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """The name of the map."""

    @property
    @abc.abstractmethod
    def output_dim(self) -> int:
        """The number of mapped features."""


class RandomFourierFeatureMapper(DenseKernelMapper):
    """Approximates the Gaussian kernel ``exp(-|x - y|^2 / (2 stddev^2))``: ``sqrt(2 / D) cos(x omega + b)``.

    Source: Rahimi and Recht, "Random Features for Large-Scale Kernel Machines",
    https://people.eecs.berkeley.edu/~brecht/papers/07.rah.rec.nips.pdf.

    Args:
        input_dim: The number of features.
        output_dim: The number of mapped features, ``D``.
        stddev: The standard deviation of the kernel.
        seed: The seed of ``omega`` and ``b``; NumPy's random numbers are seeded with it at each ``map``.
        name: A name for the map.
    """

    def __init__(
        self, input_dim: int, output_dim: int, stddev: float = 1.0, seed: int = 1, name: str | None = None
    ) -> None:
        self._input_dim = input_dim
        self._output_dim = output_dim
        self._stddev = stddev
        self._seed = seed
        self._name = name

    @property
    def name(self) -> str:
        """The name, or the number of the object."""
        return self._name or str(id(self))

    @property
    def input_dim(self) -> int:
        """The number of features."""
        return self._input_dim

    @property
    def output_dim(self) -> int:
        """The number of mapped features."""
        return self._output_dim

    def map(self, input_tensor: Any) -> Any:
        """Returns the mapped features ``[batch, output_dim]``.

        Args:
            input_tensor: The features ``[batch, input_dim]``, float32.

        Raises:
            InvalidShapeError: They have another shape.
        """
        shape = input_tensor.get_shape()
        if len(shape) != 2:
            raise InvalidShapeError(f"The shape of the tensor should be 2. Got {len(shape)} instead.")
        if shape[1] != self._input_dim:
            raise InvalidShapeError(
                f"Invalid dimension: expected {self._input_dim} input features, got {shape[1]} instead."
            )
        np.random.seed(self._seed)
        omega = constant_op.constant(
            np.random.normal(scale=1.0 / self._stddev, size=[self._input_dim, self._output_dim]), dtypes.float32
        )
        bias = constant_op.constant(np.random.uniform(low=0.0, high=2 * np.pi, size=[self._output_dim]), dtypes.float32)
        angles = math_ops.add(math_ops.matmul(input_tensor, omega), bias)
        return math.sqrt(2.0 / self._output_dim) * math_ops.cos(angles)
