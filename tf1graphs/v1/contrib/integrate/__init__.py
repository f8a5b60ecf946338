"""``tf.contrib.integrate``: ordinary differential equations."""

from tf1graphs.v1.contrib.integrate._adaptive import odeint
from tf1graphs.v1.contrib.integrate._fixed import odeint_fixed

__all__ = ["odeint", "odeint_fixed"]
