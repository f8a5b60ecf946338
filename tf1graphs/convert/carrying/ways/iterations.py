"""The count of an optimizer's steps: Keras 3's ``iterations``, and the powers of ``AdamOptimizer``'s betas.

``beta1_power`` is multiplied by ``beta1`` once a step, in float32, and starts as ``beta1`` itself
(``tf.train.AdamOptimizer._finish``), so its rounded values tell the steps apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

# Adam makes no slots of these.
SLOT_SETTINGS = None


def _next(power: Any, beta: float) -> Any:
    """TensorFlow's kernels give zero for what would be denormal."""
    product = power * power.dtype.type(beta)
    return product if product >= np.finfo(product.dtype).tiny else product.dtype.type(0)


def _steps(power: Any, beta: float) -> int:
    """How many multiplications led from ``beta`` to ``power``.

    Raises:
        ValueError: the power is none of ``beta``, or so many that it has become zero.
    """
    value, steps = power.dtype.type(beta), 0
    while value > power > 0:
        value, steps = _next(value, beta), steps + 1
    if value == 0 or value != power:
        raise ValueError(f"{power} does not tell how many steps were made with beta {beta}; take global_step instead")
    return steps


def forward(arrays: Sequence[np.ndarray], beta1: float, beta2: float) -> list[np.ndarray]:
    """``beta1_power`` and ``beta2_power``, scalars, become ``iterations``, an int64 scalar.

    ``beta2_power`` tells: it comes to zero after some 87,000 steps with 0.999, the other after some 830 with 0.9.
    """
    power1, power2 = arrays
    steps = _steps(power2[()], beta2)
    expected = backward([np.array(steps)], beta1, beta2)[0]
    if not 0 <= beta1 < 1 or expected.astype(power1.dtype) != power1:
        raise ValueError(f"after {steps} steps beta1_power is {expected} with beta1 {beta1}, not {power1}")
    return [np.array(steps, np.int64)]


def backward(arrays: Sequence[np.ndarray], beta1: float, beta2: float) -> list[np.ndarray]:
    """The inverse, to the byte, float32."""
    (iterations,) = arrays
    powers = []
    for beta in (beta1, beta2):
        power = np.float32(beta)
        for _ in range(int(iterations)):
            if power == 0:
                break
            power = np.float32(_next(power, beta))
        powers.append(np.array(power))
    return powers
