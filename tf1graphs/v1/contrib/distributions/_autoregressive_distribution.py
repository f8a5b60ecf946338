"""A distribution of vectors whose elements hang on those before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops.distributions import distribution, util


class Autoregressive(distribution.Distribution):  # type: ignore[misc]
    """The distribution of ``x`` with the density ``distribution_fn(x).prob(x)``, which is drawn from step by step.

    Args:
        distribution_fn: From ``x`` to a distribution whose element i hangs on elements of ``x`` before i.
        sample0: What the first step starts from, by default nothing: ``distribution_fn()``.
        num_steps: The number of steps, by default the size of an event.
        validate_args: Whether a run checks what cannot be checked before.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: ``num_steps`` is not above 0, or the size of an event is not known.
    """

    def __init__(
        self,
        distribution_fn: Callable[..., Any],
        sample0: Any = None,
        num_steps: int | None = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Autoregressive",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name) as scope:
            self.distribution_fn, self.sample0 = distribution_fn, sample0
            self.distribution0 = distribution_fn() if sample0 is None else distribution_fn(sample0)
            if num_steps is None:
                num_steps = self.distribution0.event_shape.num_elements()
                if num_steps is None:
                    raise ValueError("distribution_fn must generate a distribution with fully known `event_shape`.")
            if num_steps < 1:
                raise ValueError(f"num_steps ({num_steps}) must be at least 1.")
            self.num_steps = num_steps
        super().__init__(
            dtype=self.distribution0.dtype,
            reparameterization_type=self.distribution0.reparameterization_type,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=self.distribution0._graph_parents,
            name=scope,
        )

    def _batch_shape(self) -> Any:
        return self.distribution0.batch_shape

    def _batch_shape_tensor(self) -> Any:
        return self.distribution0.batch_shape_tensor()

    def _event_shape(self) -> Any:
        return self.distribution0.event_shape

    def _event_shape_tensor(self) -> Any:
        return self.distribution0.event_shape_tensor()

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        # The same seed at each step, so that elements that are right already stay as they are.
        if seed is None:
            seed = util.gen_new_seed(seed=np.random.randint(2**32 - 1), salt="autoregressive")
        samples = self.distribution0.sample(n, seed=seed)
        for _ in range(self.num_steps):
            samples = self.distribution_fn(samples).sample(seed=seed)
        return samples

    def _log_prob(self, value: Any) -> Any:
        return self.distribution_fn(value).log_prob(value)

    def _prob(self, value: Any) -> Any:
        return self.distribution_fn(value).prob(value)
