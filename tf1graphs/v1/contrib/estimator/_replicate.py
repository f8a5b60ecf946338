"""``replicate_model_fn``: a model function on several devices of one machine, each with a part of the batch."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.core.framework import node_def_pb2
from tensorflow.python.client import device_lib
from tensorflow.python.framework import device as device_spec
from tensorflow.python.framework import ops, sparse_tensor
from tensorflow.python.ops import array_ops, sparse_ops, variable_scope
from tensorflow.python.ops.losses.losses_impl import Reduction
from tensorflow.python.util import function_utils
from tensorflow_estimator.python.estimator.model_fn import EstimatorSpec, ModeKeys

from tf1graphs.v1.contrib.estimator import _towers
from tf1graphs.v1.contrib.estimator._tower_specs import eval_spec, predict_spec, replaced, train_spec

_VARIABLES = ("Variable", "VariableV2", "VarHandleOp")


def replicate_model_fn(
    model_fn: Callable[..., Any],
    loss_reduction: str = Reduction.SUM_BY_NONZERO_WEIGHTS,
    devices: Sequence[str] | None = None,
) -> Callable[..., Any]:
    """Returns a model function that runs ``model_fn`` once for each device, on its part of the batch.

    The first dimension of features and labels is divided among the devices; variables are shared. Losses and
    gradients are averaged, or added up if ``loss_reduction`` is ``SUM``, predictions are concatenated, and the metrics
    of all devices counted together.

    Args:
        model_fn: A model function of an estimator, which wraps its optimizers in ``TowerOptimizer``.
        loss_reduction: How ``model_fn`` reduces losses over its batch.
        devices: The devices; all GPUs by default, or the CPU where there is none.

    Raises:
        ValueError: ``loss_reduction`` is ``NONE``. The returned function raises it if an optimizer is not wrapped, or
            if the batch cannot be divided among the devices.
    """
    if loss_reduction == Reduction.NONE:
        raise ValueError(f"Tower losses need to be reduced in some way, yet {loss_reduction} reduction is specified.")
    devices = devices or _local_devices("GPU") or _local_devices("CPU")
    one_gpu = len(devices) == 1 and "GPU" in devices[0].upper()
    shared = devices[0] if one_gpu else "/CPU:0"

    def single(features: Any, labels: Any, mode: str, params: Any = None, config: Any = None) -> EstimatorSpec:
        towers = _Towers(model_fn, devices, shared, loss_reduction)
        return towers.specs([features], [labels], mode, params, config)[0]

    def replicated(features: Any, labels: Any, mode: str, params: Any = None, config: Any = None) -> EstimatorSpec:
        towers = _Towers(model_fn, devices, shared, loss_reduction)
        with ops.name_scope("split_inputs"), ops.device(shared):
            features, labels = _split(features, len(devices)), _split(labels, len(devices))
        specs = towers.specs(features, labels, mode, params, config)
        return {ModeKeys.TRAIN: train_spec, ModeKeys.EVAL: eval_spec, ModeKeys.PREDICT: predict_spec}[mode](
            specs, shared
        )

    return single if len(devices) == 1 else replicated


def _local_devices(kind: str) -> list[str]:
    return [device.name for device in device_lib.list_local_devices() if device.device_type == kind]


def _split(value: Any, parts: int) -> list[Any]:
    """Returns the parts of features or labels along the first dimension."""
    if value is None:
        return [None] * parts
    if isinstance(value, dict):
        split = {name: _split(each, parts) for name, each in value.items()}
        return [{name: each[part] for name, each in split.items()} for part in range(parts)]
    if isinstance(value, sparse_tensor.SparseTensor):
        return list(sparse_ops.sparse_split(sp_input=value, num_split=parts, axis=0))
    batch = ops.convert_to_tensor(value).get_shape()[0]
    if batch % parts != 0:
        raise ValueError(f"Batch size {batch} needs to be divisible by the number of GPUs, which is {parts}.")
    return list(array_ops.split(value, parts))


class _Towers:
    """A model function, once for each device: with variables of the first, and names with ``tower_N`` in the others."""

    def __init__(self, model_fn: Callable[..., Any], devices: Sequence[str], shared: str, loss_reduction: str) -> None:
        self._model_fn = model_fn
        self._devices = devices
        self._shared = shared
        self._loss_reduction = loss_reduction

    def specs(
        self, features: Sequence[Any], labels: Sequence[Any], mode: str, params: Any, config: Any
    ) -> list[EstimatorSpec]:
        """Returns what the model function returns in each tower, with its part of the loss."""
        taken = function_utils.fn_args(self._model_fn)
        given = {"params": params, "config": config}
        options = {name: copy.deepcopy(value) for name, value in given.items() if name in taken}
        state = _towers.state()
        state.loss_reduction, state.number_of_towers = self._loss_reduction, len(self._devices)
        specs = []
        for tower, device in enumerate(self._devices):
            prefix = f"tower_{tower}" if tower else ""
            with (
                variable_scope.variable_scope("", reuse=tower > 0) as variables,
                ops.name_scope(prefix) as names,
                state.tower(tower, (variables, names)),
                ops.device(_placed(device, self._shared)),
            ):
                spec = self._model_fn(features=features[tower], labels=labels[tower], mode=mode, **options)
                specs.append(self._with_part_of_loss(spec))
        if not state.calls_are_equal:
            raise ValueError("Each invocation of model_fn was supposed to make the same optimizer calls.")
        _towers.forget()
        return specs

    def _with_part_of_loss(self, spec: EstimatorSpec) -> EstimatorSpec:
        several = len(self._devices) > 1
        if spec.train_op is not None and several and not _towers.TowerOptimizer.has_been_used():
            raise ValueError(
                "Please wrap optimizers with TowerOptimizer in order to use replicate_model_fn with multiple `devices`."
            )
        if spec.loss is None:
            return spec
        return replaced(spec, loss=_towers.scaled(spec.loss, self._loss_reduction, len(self._devices)))


def _placed(device: str, shared: str) -> Callable[[Any], str]:
    """Returns a device function: variables on ``shared``, all else on ``device``."""

    def place(op: Any) -> str:
        node = op if isinstance(op, node_def_pb2.NodeDef) else op.node_def
        chosen = device_spec.DeviceSpec.from_string(shared if node.op in _VARIABLES else device)
        current = device_spec.DeviceSpec.from_string(op.device or "")
        return str(chosen.make_merged_spec(current).to_string())

    return place
