"""The graph of Gaussian mixtures, fitted by expectation maximization.

Source of the formulas: Bishop, "Pattern Recognition and Machine Learning", section 9.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, dtypes, ops, tensor
from tensorflow.python.ops import (
    array_ops,
    array_ops_stack,
    check_ops,
    cond,
    control_flow_ops,
    embedding_ops,
    linalg_ops,
    math_ops,
    random_ops,
    state_ops,
    variable_v1,
)

FULL_COVARIANCE, DIAG_COVARIANCE = "full", "diag"
_EPSILON = np.finfo(float).eps
# It is added to variances, so that covariances can be inverted.
_LEAST_VARIANCE = 1e-3


class GmmAlgorithm:
    """The variables of a mixture, with the ops that train and use it.

    Args:
        data: The points, a list of parts ``[number, depth]``, float32.
        num_classes: The number of Gaussians.
        initial_means: Their first means ``[num_classes, depth]``; by default points.
        params: What is trained: ``"w"`` weights, ``"m"`` means, ``"c"`` covariances.
        covariance_type: ``"full"`` or ``"diag"``.
        random_seed: The seed of the choice of points.

    Raises:
        Exception: There is no such kind of covariance.
    """

    CLUSTERS_WEIGHT = "alphas"
    CLUSTERS_VARIABLE = "clusters"
    CLUSTERS_COVS_VARIABLE = "clusters_covs"

    def __init__(
        self,
        data: Sequence[Any],
        num_classes: int,
        initial_means: Any = None,
        params: str = "wmc",
        covariance_type: str = FULL_COVARIANCE,
        random_seed: int = 0,
    ) -> None:
        if covariance_type not in (DIAG_COVARIANCE, FULL_COVARIANCE):
            raise Exception(f"programmer error: Invalid covariance type: {covariance_type}")
        self._params = params
        self._is_full = covariance_type == FULL_COVARIANCE
        self._num_classes = num_classes
        self._dimensions = array_ops.shape(data[0])[1]
        ones = array_ops.ones(array_ops_stack.stack([self._dimensions]))
        self._min_var = array_ops.diag(ones) * _LEAST_VARIANCE
        self._create_variables()
        self._init_ops = self._initialization(data, initial_means, random_seed)
        self._define_graph(data)

    def _create_variables(self) -> None:
        nothing = array_ops.constant([], dtype=dtypes.float32)
        make = variable_v1.VariableV1
        self._means = make(nothing, name=self.CLUSTERS_VARIABLE, validate_shape=False)
        self._covs = make(nothing, name=self.CLUSTERS_COVS_VARIABLE, validate_shape=False)
        weights = array_ops.tile([1.0 / self._num_classes], [self._num_classes])
        self._alpha = make(weights, name=self.CLUSTERS_WEIGHT, validate_shape=False)
        self._cluster_centers_initialized = make(False, dtype=dtypes.bool, name="initialized")

    def _initialization(self, data: Sequence[Any], initial_means: Any, seed: int) -> list[Any]:
        """Returns the ops that give means and covariances their first values, unless they have some."""
        start = _points(data, self._num_classes, seed) if initial_means is None else initial_means
        means = array_ops.expand_dims(start, 1)
        covariance = _covariance(data[0], self._is_full) + self._min_var
        if self._is_full:
            covs = array_ops.tile(array_ops.expand_dims(covariance, 0), [self._num_classes, 1, 1])
        else:
            covs = array_ops.tile(array_ops.expand_dims(array_ops.diag_part(covariance), 0), [self._num_classes, 1])
        with ops.colocate_with(self._cluster_centers_initialized):
            is_initialized = control_flow_ops.with_dependencies(
                [means, covs], array_ops.identity(self._cluster_centers_initialized)
            )
        return [self._assigned_once(is_initialized, *each) for each in ((self._means, means), (self._covs, covs))]

    def _assigned_once(self, is_initialized: Any, variable: Any, value: Any) -> Any:
        with ops.colocate_with(variable):
            assign = state_ops.assign(variable, value, validate_shape=False)
            done = state_ops.assign(self._cluster_centers_initialized, True)
            both = control_flow_ops.with_dependencies([assign], done)
            return cond.cond(is_initialized, control_flow_ops.no_op, lambda: both).op

    def init_ops(self) -> Any:
        """Returns the op that initializes the mixture from the points."""
        return control_flow_ops.group(*self._init_ops)

    def training_ops(self) -> Any:
        """Returns the op that does a step of training."""
        return control_flow_ops.group(*self._train_ops)

    def is_initialized(self) -> Any:
        """Returns the variable that says whether the mixture is initialized."""
        return self._cluster_centers_initialized

    def alphas(self) -> Any:
        """Returns the weights ``[num_classes]``."""
        return self._alpha

    def clusters(self) -> Any:
        """Returns the means ``[num_classes, 1, depth]``."""
        return self._means

    def covariances(self) -> Any:
        """Returns the covariances ``[num_classes, depth, depth]``, or their diagonals ``[num_classes, depth]``."""
        return self._covs

    def assignments(self) -> list[Any]:
        """Returns the most likely Gaussian of each point, ``[number]`` for each part of them."""
        return [math_ops.argmax(each, 1) for each in self._w]

    def scores(self) -> Any:
        """Returns the log likelihood of each point, ``[number, 1]``."""
        return self._scores

    def log_likelihood_op(self) -> Any:
        """Returns the log of the sum of the points' likelihoods, ``[]``."""
        return self._log_likelihood_op

    def _define_graph(self, data: Sequence[Any]) -> None:
        self._prior_probs: list[Any] = []
        # How far each point belongs to each Gaussian, [number, num_classes].
        self._w: list[Any] = []
        points_in_k: list[Any] = []
        sums: list[Any] = []
        squares: list[Any] = []
        for part in data:
            number = array_ops.shape(part)[0]
            expanded = array_ops.expand_dims(part, 0)
            probs = self._full_probs(expanded) if self._is_full else self._diagonal_probs(expanded)
            probs += math_ops.log(self._alpha)
            self._prior_probs.append(math_ops.reduce_logsumexp(probs, axis=1, keepdims=True))
            shares = math_ops.exp(array_ops.expand_dims(probs, 0) - self._prior_probs[-1])
            self._w.append(array_ops.reshape(shares, array_ops_stack.stack([number, self._num_classes])))
            points_in_k.append(math_ops.reduce_sum(self._w[-1], 0, keepdims=True))
            weighted = math_ops.matmul(self._w[-1], array_ops.squeeze(expanded, [0]), transpose_a=True)
            sums.append(array_ops.expand_dims(weighted, 1))
            squares.append(self._weighted_squares(expanded, self._w[-1]))
        self._train_ops = self._maximization(points_in_k, sums, squares)
        likelihoods = [math_ops.reduce_logsumexp(each) for each in self._prior_probs]
        self._log_likelihood_op = math_ops.reduce_logsumexp(likelihoods)
        scores = [prior + math_ops.log(w) for prior, w in zip(self._prior_probs, self._w, strict=True)]
        self._scores = array_ops.squeeze(math_ops.reduce_logsumexp(scores, axis=2, keepdims=True), axis=0)

    def _full_probs(self, points: Any) -> Any:
        """Returns the log density of each point ``[1, number, depth]`` in each Gaussian, ``[number, num_classes]``."""
        differences = points - self._means
        cholesky = linalg_ops.cholesky(self._covs + self._min_var)
        log_determinants = 2.0 * math_ops.reduce_sum(math_ops.log(array_ops.matrix_diag_part(cholesky)), 1)
        transposed = array_ops.transpose(differences, perm=[0, 2, 1])
        solved = math_ops.square(linalg_ops.matrix_triangular_solve(cholesky, transposed, lower=True))
        distances = array_ops.transpose(math_ops.reduce_sum(solved, 1))
        constant = math_ops.cast(self._dimensions, dtypes.float32) * math_ops.log(2 * np.pi)
        return -0.5 * (distances + constant + log_determinants)

    def _diagonal_probs(self, points: Any) -> Any:
        """Returns what ``_full_probs`` returns, for Gaussians without correlations."""
        log_determinants = math_ops.reduce_sum(math_ops.log(self._covs + _LEAST_VARIANCE), 1, keepdims=True)
        squares = math_ops.squared_difference(points, self._means)
        precisions = array_ops.expand_dims(1.0 / (self._covs + _LEAST_VARIANCE), 2)
        distances = array_ops.transpose(array_ops.squeeze(math_ops.matmul(squares, precisions), [2]))
        constant = math_ops.cast(self._dimensions, dtypes.float32) * math_ops.log(2.0 * np.pi)
        return -0.5 * (constant + array_ops.transpose(log_determinants) + distances)

    def _weighted_squares(self, points: Any, shares: Any) -> Any:
        """Returns the sum of outer products of points with themselves by Gaussian, ``[num_classes, depth, depth]``."""
        repeated = array_ops.concat([points for _ in range(self._num_classes)], 0)
        transposed = array_ops.transpose(repeated, perm=[0, 2, 1])
        weighted = [array_ops.expand_dims(transposed[k, :, :] * shares[:, k], 0) for k in range(self._num_classes)]
        return math_ops.matmul(array_ops.concat(weighted, 0), repeated)

    def _maximization(self, points_in_k: list[Any], sums: list[Any], squares: list[Any]) -> list[Any]:
        """Returns the ops that update weights, means and covariances."""
        with ops.control_dependencies(self._w):
            number = array_ops.squeeze(math_ops.add_n(points_in_k), axis=[0])
            updates = [self._update_weights(number / len(sums)) if "w" in self._params else control_flow_ops.no_op()]
            number = array_ops.reshape(number, [self._num_classes, 1, 1])
            if "m" in self._params:
                means = self._means.assign(math_ops.div(math_ops.add_n(sums), number + _EPSILON))
            else:
                means = control_flow_ops.no_op()
            with ops.control_dependencies([means]):
                covs = self._new_covariances(math_ops.add_n(squares) / (number + _EPSILON))
                if "c" in self._params:
                    with ops.control_dependencies([means, covs]):
                        updates.append(state_ops.assign(self._covs, covs, validate_shape=False))
        return updates

    def _update_weights(self, number: Any) -> Any:
        total = math_ops.cast(math_ops.reduce_sum(number), dtypes.float32)
        return self._alpha.assign(number / (total + _EPSILON))

    def _new_covariances(self, mean_squares: Any) -> Any:
        covs = []
        for k in range(self._num_classes):
            mean = self._means.value()[k, :, :]
            square = math_ops.matmul(mean, mean, transpose_a=True)
            cov = mean_squares[k, :, :] - square + self._min_var
            covs.append(array_ops.expand_dims(cov if self._is_full else array_ops.diag_part(cov), 0))
        return array_ops.concat(covs, 0)


def _covariance(points: Any, is_full: bool) -> Any:
    """Returns the covariance ``[depth, depth]`` of points, or the variances ``[1, depth]``."""
    number = math_ops.cast(array_ops.shape(points)[0], dtypes.float32)
    points -= math_ops.reduce_mean(points, 0, keepdims=True)
    if is_full:
        return math_ops.matmul(points, points, transpose_a=True) / (number - 1)
    return math_ops.reduce_sum(math_ops.square(points), 0, keepdims=True) / (number - 1)


def _points(data: Sequence[Any], number: int, seed: int) -> Any:
    """Returns some of the points ``[number, depth]``."""
    total = math_ops.add_n([array_ops.shape(part)[0] for part in data])
    with ops.control_dependencies([check_ops.assert_less_equal(number, total)]):
        most = math_ops.cast(total, dtypes.int64)
        indices = random_ops.random_uniform([number], minval=0, maxval=most, seed=seed, dtype=dtypes.int64)
    indices %= math_ops.cast(total, dtypes.int64)
    return embedding_ops.embedding_lookup(data, indices, partition_strategy="div")


def gmm(
    inp: Any,
    initial_clusters: Any,
    num_clusters: int,
    random_seed: int,
    covariance_type: str = FULL_COVARIANCE,
    params: str = "wmc",
) -> tuple[Any, ...]:
    """Returns what a mixture is trained with.

    These are the log likelihood, the scores of the points, a list of the list of assignments, the op of a training
    step, the op that initializes the mixture, and whether that is done.

    Args:
        inp: The points ``[number, depth]``, or a list of such parts.
        initial_clusters: The first means, or ``"random"``.
        num_clusters: The number of Gaussians.
        random_seed: The seed of the choice of points for ``"random"``.
        covariance_type: ``"full"`` or ``"diag"``.
        params: What is trained: ``"w"`` weights, ``"m"`` means, ``"c"`` covariances.
    """
    means = None
    # A tensor too goes for "random", as in 1.15.
    if not isinstance(initial_clusters, (str, tensor.Tensor)):
        means = constant_op.constant(initial_clusters, dtype=dtypes.float32)
    data = inp if isinstance(inp, list) else [inp]
    mixture = GmmAlgorithm(data, num_clusters, means, params, covariance_type, random_seed)
    assignments, scores = mixture.assignments(), mixture.scores()
    train, initialize = mixture.training_ops(), mixture.init_ops()
    return mixture.log_likelihood_op(), scores, [assignments], train, initialize, mixture.is_initialized()
