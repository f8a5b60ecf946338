"""``tf.contrib.solvers``: iterative solvers of linear equations and least squares, and Lanczos bidiagonalization."""

from tf1graphs.v1.contrib.solvers import lanczos, least_squares, linear_equations, util

__all__ = ["lanczos", "least_squares", "linear_equations", "util"]
