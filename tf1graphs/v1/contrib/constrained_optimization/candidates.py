"""``contrib.constrained_optimization.candidates``: chooses among models by their objectives and constraints."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

__all__ = ["find_best_candidate_distribution", "find_best_candidate_index"]


def _check_shapes(objective_vector: Any, constraints_matrix: Any) -> tuple[int, int]:
    constraints, candidates = np.shape(constraints_matrix)
    if np.shape(objective_vector) != (candidates,):
        raise ValueError(
            "objective_vector must have shape (n,), and constraints_matrix (m, n), where n is the number of "
            "candidates, and m is the number of constraints"
        )
    return constraints, candidates


def _distribution(objective_vector: Any, constraints_matrix: Any, violation: float) -> Any:
    """Returns the best distribution that violates no constraint by more than ``violation``, None if there is none."""
    constraints, candidates = _check_shapes(objective_vector, constraints_matrix)
    optimize = importlib.import_module("scipy.optimize")
    result = optimize.linprog(
        objective_vector,
        A_ub=constraints_matrix,
        b_ub=np.full(constraints, violation),
        A_eq=np.ones((1, candidates)),
        b_eq=np.ones(1),
        bounds=(0, None),
    )
    return result.x if result.success else None


def find_best_candidate_distribution(objective_vector: Any, constraints_matrix: Any, epsilon: float = 0.0) -> Any:
    """Returns the distribution over candidates, ``[candidates]``, with the least objective that is feasible.

    If none is feasible, the violation is the least that a bisection finds.

    Args:
        objective_vector: ``[candidates]``.
        constraints_matrix: ``[constraints, candidates]``; what is not positive is feasible.
        epsilon: At which difference the bisection ends.

    Raises:
        ValueError: ``epsilon`` is negative, or shapes do not fit.
    """
    if epsilon < 0.0:
        raise ValueError("epsilon must be nonnegative")
    best = _distribution(objective_vector, constraints_matrix, 0.0)
    if best is not None:
        return best
    lower, upper = 0.0, np.min(np.amax(constraints_matrix, axis=0))
    best = _distribution(objective_vector, constraints_matrix, upper)
    assert best is not None
    while True:
        middle = 0.5 * (lower + upper)
        if middle - lower <= epsilon or upper - middle <= epsilon:
            return best
        found = _distribution(objective_vector, constraints_matrix, middle)
        if found is None:
            lower = middle
        else:
            best, upper = found, middle


def find_best_candidate_index(
    objective_vector: Any, constraints_matrix: Any, rank_objectives: bool = False
) -> int | None:
    """Returns the index of the candidate whose worst rank is best, by the objective where ranks are equal.

    Args:
        objective_vector: ``[candidates]``.
        constraints_matrix: ``[constraints, candidates]``; what is not positive is feasible.
        rank_objectives: Whether the rank by the objective counts too.

    Raises:
        ValueError: Shapes do not fit.
    """
    _, candidates = _check_shapes(objective_vector, constraints_matrix)
    stats = importlib.import_module("scipy.stats")
    ranked = [objective_vector] if rank_objectives else []
    ranked += [np.maximum(0.0, row) for row in np.asarray(constraints_matrix)]
    ranks = [np.zeros(candidates, dtype=np.int64), *(stats.rankdata(values, method="min") for values in ranked)]
    worst = np.max(ranks, axis=0)
    # Of equals the last one, as in 1.15.
    return min(reversed(range(candidates)), key=lambda i: (worst[i], objective_vector[i]), default=None)
