"""Optimizers that one of TensorFlow's kernels does the work of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.ops import gen_training_ops

from tf1graphs.v1.contrib.optimizer_v2._state import State
from tf1graphs.v1.contrib.optimizer_v2.optimizer_v2 import OptimizerV2


class KernelOptimizer(OptimizerV2):
    """Updates with the kernels ``Apply*``, ``SparseApply*``, ``ResourceApply*`` and ``ResourceSparseApply*``."""

    # The end of the kernels' names; the inputs that are slots -> names of these; those that are hyperparameters.
    _kernel: str
    _slot_inputs: dict[str, str]
    _hyper_inputs: dict[str, str]
    _gradient_input = "grad"
    # What else the kernels are given.
    _attributes: dict[str, Any]

    def _run(self, kind: str, var: Any, grad: Any, state: State, indices: Sequence[Any] = ()) -> Any:
        is_resource = kind.startswith("resource")
        dtype = grad.dtype.base_dtype if is_resource else var.dtype.base_dtype
        slots = {name: state.get_slot(var, slot) for name, slot in self._slot_inputs.items()}
        inputs = {"var": var, **slots}
        if is_resource:
            inputs = {name: each.handle for name, each in inputs.items()}
        hyper = {name: state.get_hyper(each, dtype) for name, each in self._hyper_inputs.items()}
        if indices:
            hyper["indices"] = indices[0]
        kernel = getattr(gen_training_ops, f"{kind}_{self._kernel}")
        return kernel(
            **inputs, **hyper, **{self._gradient_input: grad}, use_locking=self._use_locking, **self._attributes
        )

    def _apply_dense(self, grad: Any, var: Any, state: State) -> Any:
        return self._run("apply", var, grad, state)

    def _apply_sparse(self, grad: Any, var: Any, state: State) -> Any:
        return self._run("sparse_apply", var, grad.values, state, [grad.indices])

    def _resource_apply_dense(self, grad: Any, handle: Any, state: State) -> Any:
        return self._run("resource_apply", handle, grad, state)

    def _resource_apply_sparse(self, grad: Any, handle: Any, indices: Any, state: State) -> Any:
        return self._run("resource_sparse_apply", handle, grad, state, [indices])
