"""``tf.contrib.model_pruning.python.pruning``: masks of weights, and when and how they are updated."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import (
    cond,
    control_flow_ops,
    init_ops,
    math_ops,
    nn_impl,
    state_ops,
    variable_scope,
    variables,
)
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.summary import summary
from tensorflow.python.training import training_util

from tf1graphs.v1.contrib.model_pruning import pruning_utils
from tf1graphs.v1.contrib.model_pruning._masks import new_mask
from tf1graphs.v1.contrib.model_pruning.layers import core_layers
from tf1graphs.v1.contrib.training import HParams

__all__ = [
    "Pruning",
    "apply_mask",
    "get_masked_weights",
    "get_masks",
    "get_pruning_hparams",
    "get_thresholds",
    "get_weight_sparsity",
    "get_weights",
]


def apply_mask(x: Any, scope: Any = "") -> Any:
    """Returns ``x`` times a new variable ``mask`` of the scope, which has a ``threshold`` too."""
    mask = pruning_utils.weight_mask_variable(x, scope)
    threshold = pruning_utils.weight_threshold_variable(x, scope)
    return core_layers.masked_once(mask, x, threshold)


def get_masked_weights() -> list[Any]:
    """Returns the masked weights of the default graph."""
    return list(ops.get_collection(core_layers.MASKED_WEIGHT_COLLECTION))


def get_masks() -> list[Any]:
    """Returns the masks of the default graph."""
    return list(ops.get_collection(core_layers.MASK_COLLECTION))


def get_thresholds() -> list[Any]:
    """Returns the thresholds of the default graph."""
    return list(ops.get_collection(core_layers.THRESHOLD_COLLECTION))


def get_weights() -> list[Any]:
    """Returns the weights of the default graph that have a mask, before it is applied."""
    return list(ops.get_collection(core_layers.WEIGHT_COLLECTION))


def get_weight_sparsity() -> list[Any]:
    """Returns the fraction of zeros in each mask of the default graph, float32 []."""
    return [nn_impl.zero_fraction(mask) for mask in get_masks()]


def get_pruning_hparams() -> Any:
    """Returns the ``HParams`` of ``Pruning`` with their defaults.

    From step ``sparsity_function_begin_step`` on, the sparsity goes from ``initial_sparsity`` to ``target_sparsity``
    along a power of the time left, ``sparsity_function_exponent``. Masks are updated every ``pruning_frequency`` steps
    from ``begin_pruning_step`` to ``end_pruning_step`` (-1 is never). ``weight_sparsity_map`` has entries
    ``"regex:sparsity"``, ``block_dims_map`` entries ``"regex:HxW"``, for the weights whose names match.
    """
    return HParams(
        name="model_pruning",
        begin_pruning_step=0,
        end_pruning_step=-1,
        weight_sparsity_map=[""],
        block_dims_map=[""],
        threshold_decay=0.0,
        pruning_frequency=10,
        nbins=256,
        block_height=1,
        block_width=1,
        block_pooling_function="AVG",
        initial_sparsity=0.0,
        target_sparsity=0.5,
        sparsity_function_begin_step=0,
        sparsity_function_end_step=100,
        sparsity_function_exponent=3.0,
        use_tpu=False,
    )


class Pruning:
    """Updates the masks of the default graph.

    Args:
        spec: The ``HParams`` of ``get_pruning_hparams``.
        global_step: The step, an integer []; without it that of the graph.
        sparsity: The sparsity, float32 []; without it that of ``spec`` at this step.

    Raises:
        ValueError: ``spec`` has a value out of its range.
    """

    def __init__(self, spec: Any = None, global_step: Any = None, sparsity: Any = None) -> None:
        self._spec = spec if spec else get_pruning_hparams()
        _validate(self._spec)
        step = training_util.get_global_step() if global_step is None else global_step
        self._global_step = math_ops.cast(step, dtypes.int32)
        self._sparsity = self._setup_sparsity() if sparsity is None else sparsity
        self._assign_ops: list[Any] = []
        self._last_update_step = self._setup_last_update_step()
        self._block_dims = [self._spec.block_height, self._spec.block_width]
        self._block_dims_map = {key: _block_dims(key, value) for key, value in _pairs(self._spec.block_dims_map)}
        self._weight_sparsity_map = {key: _sparsity(value) for key, value in _pairs(self._spec.weight_sparsity_map)}

    def _setup_sparsity(self) -> Any:
        spec = self._spec
        begin, end = spec.sparsity_function_begin_step, spec.sparsity_function_end_step
        with ops.name_scope(spec.name):
            passed = math_ops.div(math_ops.cast(self._global_step - begin, dtypes.float32), end - begin)
            passed = math_ops.minimum(1.0, math_ops.maximum(0.0, passed))
            left = math_ops.pow(1 - passed, spec.sparsity_function_exponent)
            change = math_ops.multiply(spec.initial_sparsity - spec.target_sparsity, left)
            return math_ops.add(change, spec.target_sparsity, name="sparsity")

    def _setup_last_update_step(self) -> Any:
        name = "last_mask_update_step"
        with variable_scope.variable_scope(self._spec.name, use_resource=self._spec.use_tpu) as scope:
            try:
                zeros = init_ops.zeros_initializer()
                return variable_scope.get_variable(name, [], initializer=zeros, trainable=False, dtype=dtypes.int32)
            except ValueError:
                scope.reuse_variables()
                return variable_scope.get_variable(name, dtype=dtypes.int32)

    def _sparsity_of(self, name: str) -> Any:
        target = _match(self._weight_sparsity_map, name, "weight_sparsity_map")
        if target is None:
            return self._sparsity
        return math_ops.multiply(self._sparsity, math_ops.div(target, self._spec.target_sparsity))

    def _setup_assign_ops(self) -> None:
        masks, weights, thresholds = get_masks(), get_weights(), get_thresholds()
        if len(masks) != len(thresholds):
            raise ValueError(f"Number of masks {len(masks)} and number of thresholds {len(thresholds)} mismatch")
        for mask, weight, threshold in zip(masks, weights, thresholds, strict=False):
            assign_mask: Callable[[Any, Any], Any] = pruning_utils.variable_assign
            if isinstance(weight, variables.PartitionedVariable):
                weight, assign_mask = weight.as_tensor(), pruning_utils.partitioned_variable_assign
            block_dims = _match(self._block_dims_map, weight.op.name, "block_dims_map")
            if block_dims is None:
                # A size of -1 is that of the first weights, for those after them too.
                block_dims = self._block_dims
            values = new_mask(weight, threshold, lambda name: self._sparsity_of(name), block_dims, self._spec)
            self._assign_ops.append(pruning_utils.variable_assign(threshold, values[0]))
            self._assign_ops.append(assign_mask(mask, values[1]))

    def mask_update_op(self) -> Any:
        """Returns an op that updates all thresholds and masks.

        Raises:
            ValueError: Masks and thresholds are not as many, or a name matches several entries of ``spec``.
        """
        with ops.name_scope(self._spec.name):
            if not self._assign_ops:
                self._setup_assign_ops()
            noted = state_ops.assign(self._last_update_step, self._global_step, name="last_mask_update_step_assign")
            with ops.control_dependencies([noted]), ops.control_dependencies(self._assign_ops):
                logging.info("Updating masks.")
                return control_flow_ops.no_op("mask_update")

    def conditional_mask_update_op(self) -> Any:
        """Returns an op that updates them in the steps in which they are due; it raises what the other raises."""
        spec = self._spec
        with ops.name_scope(spec.name):
            begun = math_ops.greater_equal(self._global_step, spec.begin_pruning_step)
            before_end = math_ops.less_equal(self._global_step, spec.end_pruning_step)
            endless = math_ops.less(spec.end_pruning_step, 0)
            in_range = math_ops.logical_and(begun, math_ops.logical_or(before_end, endless))
            next_step = math_ops.add(self._last_update_step, spec.pruning_frequency)
            due = math_ops.logical_and(in_range, math_ops.less_equal(next_step, self._global_step))
        return cond.cond(due, self.mask_update_op, control_flow_ops.no_op)

    def add_pruning_summaries(self) -> None:
        """Adds summaries of the sparsity, the last update, and each mask and threshold."""
        with ops.name_scope(f"{self._spec.name}_summaries"):
            summary.scalar("sparsity", self._sparsity)
            summary.scalar("last_mask_update_step", self._last_update_step)
            for mask, threshold in zip(get_masks(), get_thresholds(), strict=False):
                summary.scalar(f"{mask.op.name}/sparsity", nn_impl.zero_fraction(mask))
                summary.scalar(f"{threshold.op.name}/threshold", threshold)

    def print_hparams(self) -> None:
        """Logs the parameters."""
        logging.info(self._spec.to_json())


def _validate(spec: Any) -> None:
    if spec.begin_pruning_step < 0:
        raise ValueError("Illegal value for begin_pruning_step")
    if spec.begin_pruning_step >= spec.end_pruning_step and spec.end_pruning_step != -1:
        raise ValueError(
            f"Pruning must begin before it can end. begin_step={spec.begin_pruning_step}, "
            f"end_step={spec.end_pruning_step}.Set end_pruning_step to -1 if pruning is required till trainingstops"
        )
    if spec.sparsity_function_begin_step < 0:
        raise ValueError("Illegal value for sparsity_function_begin_step")
    if spec.sparsity_function_begin_step >= spec.sparsity_function_end_step:
        raise ValueError("Sparsity function requires begin_step < end_step")
    for name in ("threshold_decay", "initial_sparsity", "target_sparsity"):
        if not 0.0 <= getattr(spec, name) < 1.0:
            raise ValueError(f"{name} must be in range [0,1)")


def _pairs(entries: list[str]) -> list[tuple[Any, str]]:
    """Returns the entries ``"regex:value"``, compiled; empty ones are left out."""
    split = [entry.split(":") for entry in entries if entry]
    return [(re.compile(pattern), value) for pattern, value in split]


def _block_dims(pattern: Any, value: str) -> list[int]:
    parts = value.split("x")
    if len(parts) != 2:
        raise ValueError(f"Expected 2 values for block dim for {pattern.pattern}, got {parts}")
    return [int(part) for part in parts]


def _sparsity(value: str) -> float:
    if float(value) >= 1.0:
        raise ValueError("Weight sparsity can not exceed 1.0")
    return float(value)


def _match(entries: dict[Any, Any], name: str, of: str) -> Any:
    """Returns the value of the one pattern that is found in the name of weights, None if none is."""
    found = [value for pattern, value in entries.items() if pattern.search(name)]
    if len(found) > 1:
        raise ValueError(f"Multiple matches in {of} for weight {name}")
    return found[0] if found else None
