"""``tf.contrib.bayesflow``: expectations by sampling."""

from tf1graphs.v1.contrib.bayesflow import monte_carlo

__all__ = ["monte_carlo"]
