"""``tf.contrib.constrained_optimization``: minimizes a loss under constraints, as a game of two players."""

from tf1graphs.v1.contrib.constrained_optimization.candidates import (
    find_best_candidate_distribution,
    find_best_candidate_index,
)
from tf1graphs.v1.contrib.constrained_optimization.constrained_minimization_problem import (
    ConstrainedMinimizationProblem,
)
from tf1graphs.v1.contrib.constrained_optimization.constrained_optimizer import ConstrainedOptimizer
from tf1graphs.v1.contrib.constrained_optimization.external_regret_optimizer import AdditiveExternalRegretOptimizer
from tf1graphs.v1.contrib.constrained_optimization.swap_regret_optimizer import (
    AdditiveSwapRegretOptimizer,
    MultiplicativeSwapRegretOptimizer,
)

__all__ = [
    "AdditiveExternalRegretOptimizer",
    "AdditiveSwapRegretOptimizer",
    "ConstrainedMinimizationProblem",
    "ConstrainedOptimizer",
    "MultiplicativeSwapRegretOptimizer",
    "find_best_candidate_distribution",
    "find_best_candidate_index",
]
