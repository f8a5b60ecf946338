"""A linear model with the ops that train it, kept by tensorflow_estimator; 1.15 named and bounded some of it otherwise.

Source of the method: Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent Methods for Regularized Loss
Minimization", https://arxiv.org/abs/1209.1873.
"""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from collections import defaultdict
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, control_flow_ops, gen_sdca_ops, math_ops, variable_v1, variables
from tensorflow.python.summary import summary
from tensorflow_estimator.python.estimator.canned.linear_optimizer.python.utils import sdca_ops

_LEAST_L2 = 1.0
_LOSSES = ("logistic_loss", "squared_loss", "hinge_loss", "smooth_hinge_loss", "poisson_loss")
_LABELS = ("example_labels", "example_weights", "example_ids")
_FEATURES = ("sparse_features", "dense_features")
_PENALTIES = ("symmetric_l1_regularization", "symmetric_l2_regularization")
_WEIGHTS = ("sparse_features_weights", "dense_features_weights")


class SdcaModel(sdca_ops._SDCAModel):  # type: ignore[misc]
    """A linear model that is trained by stochastic dual coordinate ascent.

    Args:
        examples: ``sparse_features``, a list of ``SparseFeatureColumn``; ``dense_features``, a list of float32
            ``[examples, width]``; ``example_labels`` and ``example_weights``, float32 ``[examples]``; ``example_ids``,
            string ``[examples]``.
        variables: The weights: ``sparse_features_weights``, a list of ``[features]``, and ``dense_features_weights``, a
            list of ``[width]``; each may be a list of its partitions.
        options: ``loss_type``, one of ``logistic_loss``, ``squared_loss``, ``hinge_loss``, ``smooth_hinge_loss`` and
            ``poisson_loss``; ``symmetric_l1_regularization``; ``symmetric_l2_regularization``, which training takes
            for at least 1; ``num_loss_partitions``, the number of those that train at a time, ``num_table_shards`` and
            ``adaptive``, if they are not 1, 1 and True.

    Raises:
        ValueError: Something is missing, there is no such loss, or a regularization is negative.
    """

    def __init__(self, examples: Any, variables: Any, options: Any) -> None:
        if not examples or not variables or not options:
            raise ValueError("examples, variables and options must all be specified.")
        if options["loss_type"] not in _LOSSES:
            raise ValueError("Unsupported loss_type: ", options["loss_type"])
        self._assert_specified([*_LABELS, *_FEATURES], examples)
        self._assert_list(_FEATURES, examples)
        self._assert_specified(_WEIGHTS, variables)
        self._assert_list(_WEIGHTS, variables)
        self._assert_specified(_PENALTIES, options)
        for name in _PENALTIES:
            if options[name] < 0.0:
                raise ValueError(f"{name} should be non-negative. Found ({options[name]:f})")
        self._examples = examples
        self._variables = variables
        self._options = options
        self._create_slots()
        # The fingerprint of an example is neither 0 nor 1.
        self._hashtable = sdca_ops._ShardedMutableDenseHashTable(
            key_dtype=dtypes.int64,
            value_dtype=dtypes.float32,
            num_shards=self._num_table_shards(),
            default_value=[0.0, 0.0, 0.0, 0.0],
            empty_key=[0, 0],
            deleted_key=[1, 1],
        )
        summary.scalar("approximate_duality_gap", self.approximate_duality_gap())
        summary.scalar("examples_seen", self._hashtable.size())

    def _symmetric_l2_regularization(self) -> float:
        return max(float(self._options["symmetric_l2_regularization"]), _LEAST_L2)

    def _create_slots(self) -> None:
        self._slots = defaultdict(list)
        for name in _WEIGHTS:
            # The ops of the base class look for the slots by these keys.
            self._slots[f"unshrunk_{name}"] = [self._slot(weights) for weights in self._variables[name]]

    def _slot(self, weights: Any) -> Any:
        if isinstance(weights, (list, variables.PartitionedVariable)):
            slots = []
            for part in weights:
                with ops.colocate_with(part):
                    slots.append(_zeros_like(part))
            return slots
        with ops.device(weights.device):
            return _zeros_like(weights)

    def _linear_predictions(self, examples: Any) -> Any:
        with ops.name_scope("sdca/prediction"):
            sparse: Any = 0.0
            weights = self._convert_n_to_tensor(self._variables["sparse_features_weights"])
            for column, each in zip(examples["sparse_features"], weights, strict=False):
                products = math_ops.multiply(array_ops.gather(each, column.feature_indices), column.feature_values)
                sparse += math_ops.segment_sum(products, column.example_indices)
            dense: Any = 0.0
            features = self._convert_n_to_tensor(examples["dense_features"])
            weights = self._convert_n_to_tensor(self._variables["dense_features_weights"])
            for feature, each in zip(features, weights, strict=False):
                dense += math_ops.matmul(feature, array_ops.expand_dims(each, -1))
        return array_ops.reshape(dense, [-1]) + sparse

    def update_weights(self, train_op: Any) -> Any:
        """Returns the op that gives the weights what has been learned, shrunk by the l1 regularization.

        Args:
            train_op: What ``minimize`` has returned.
        """
        with ops.control_dependencies([train_op]):
            copies = [
                part.assign(slot)
                for name in _WEIGHTS
                for weights, slots in zip(self._variables[name], self._slots[f"unshrunk_{name}"], strict=True)
                for part, slot in zip(self._var_to_list(weights), self._var_to_list(slots), strict=True)
            ]
        with ops.control_dependencies(copies):
            shrunk = [
                self._shrink(part)
                for name in _WEIGHTS
                for each in self._variables[name]
                for part in self._var_to_list(each)
            ]
            return control_flow_ops.group(*shrunk)

    def _shrink(self, weights: Any) -> Any:
        with ops.device(weights.device):
            return gen_sdca_ops.sdca_shrink_l1(
                self._convert_n_to_tensor([weights], as_ref=True),
                l1=self._symmetric_l1_regularization(),
                l2=self._symmetric_l2_regularization(),
            )

    def regularized_loss(self, examples: Any) -> Any:
        """Returns the mean loss of examples with the regularization, float64 ``[]``.

        Args:
            examples: As for the class, without ``example_ids``.

        Raises:
            ValueError: Something is missing.
        """
        self._assert_specified([*_LABELS[:2], *_FEATURES], examples)
        self._assert_list(_FEATURES, examples)
        with ops.name_scope("sdca/regularized_loss"):
            weights = ops.convert_to_tensor(examples["example_weights"])
            penalty = self._l1_loss() + self._l2_loss(self._options["symmetric_l2_regularization"])
            number = math_ops.reduce_sum(math_ops.cast(weights, dtypes.float64))
            return penalty / number + self.unregularized_loss(examples)

    def _l2_loss(self, l2: float | None = None) -> Any:
        l2 = self._symmetric_l2_regularization() if l2 is None else l2
        with ops.name_scope("sdca/l2_loss"):
            sums = []
            for each in (part for name in _WEIGHTS for w in self._variables[name] for part in self._var_to_list(w)):
                weights = ops.convert_to_tensor(each)
                with ops.device(weights.device):
                    sums.append(math_ops.reduce_sum(math_ops.square(math_ops.cast(weights, dtypes.float64))))
            return l2 * math_ops.add_n(sums) / 2.0


def _zeros_like(weights: Any) -> Any:
    start = array_ops.zeros_like(weights.initialized_value(), dtypes.float32)
    return variable_v1.VariableV1(start, name=f"{weights.op.name}_unshrinked/SDCAOptimizer")
