"""``Cudnn*Saveable``: what a checkpoint has of a network, which is the variables of cells that compute the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.ops import array_ops, state_ops, variable_scope
from tensorflow.python.trackable import autotrackable
from tensorflow.python.training.saving import saveable_object

from tf1graphs.v1.contrib.checkpoint import split_dependency
from tf1graphs.v1.contrib.cudnn_rnn._converters import (
    CudnnParamsFormatConverter,
    CudnnParamsFormatConverterGRU,
    CudnnParamsFormatConverterLSTM,
    CudnnParamsFormatConverterRelu,
    CudnnParamsFormatConverterTanh,
)
from tf1graphs.v1.contrib.cudnn_rnn._network import CUDNN_INPUT_LINEAR_MODE, CUDNN_RNN_UNIDIRECTION


class CudnnOpaqueParamsSaveable(saveable_object.SaveableObject):  # type: ignore[misc]
    """Saves opaque parameters as the kernels, then the biases, of all cells: by layer, forward before backward.

    Args:
        opaque_params: the variable.
        num_layers: the number of layers.
        num_units: the number of units.
        input_size: the size of the inputs.
        input_mode: ``"linear_input"``, ``"skip_input"`` or ``"auto_select"``.
        direction: ``"unidirectional"`` or ``"bidirectional"``.
        scope: the variable scope of the cells, or its name.
        name: the name of the saveable.
    """

    _format_converter_cls: Callable[..., CudnnParamsFormatConverter]
    _rnn_cell_name: str
    # Below the cell: kernels, and biases.
    _variable_names: tuple[tuple[str, ...], tuple[str, ...]] = ("kernel",), ("bias",)

    def __init__(
        self,
        opaque_params: Any,
        num_layers: int,
        num_units: int,
        input_size: int,
        input_mode: str = CUDNN_INPUT_LINEAR_MODE,
        direction: str = CUDNN_RNN_UNIDIRECTION,
        scope: Any = None,
        name: str = "cudnn_rnn_saveable",
    ) -> None:
        self.format_converter = self._format_converter_cls(
            num_layers, num_units, input_size, input_mode=input_mode, direction=direction
        )
        self._variables = opaque_params
        prefixes = _cell_scopes(num_layers, direction)
        self._weight_names, self._bias_names = (
            [f"{prefix}/{self._rnn_cell_name}/{name}" for prefix in prefixes for name in names]
            for names in self._variable_names
        )
        self._param_names = self._weight_names + self._bias_names
        scope_name = scope.name if isinstance(scope, variable_scope.VariableScope) else scope
        weights, biases = self.format_converter.opaque_to_tf_canonical(opaque_params)
        specs = [
            saveable_object.SaveSpec(param, "", f"{scope_name}/{param_name}" if scope_name else param_name)
            for param, param_name in zip(weights + biases, self._param_names, strict=True)
        ]
        super().__init__(array_ops.identity(opaque_params), specs, name)

    def restore(self, restored_tensors: Sequence[Any], restored_shapes: Any) -> Any:
        """Returns an op that assigns the opaque parameters of the restored kernels and biases."""
        opaque_params = self.format_converter.tf_canonical_to_opaque(restored_tensors)
        return state_ops.assign(self._variables, opaque_params, validate_shape=False)

    def _trackable_save(self, save_buffer: dict[str, Any]) -> None:
        weights, biases = self.format_converter.opaque_to_tf_canonical(self._variables)
        for name, tensor in zip(self._param_names, weights + biases, strict=True):
            save_buffer[name] = array_ops.identity(tensor)

    def _trackable_restore(self, restore_buffer: dict[str, Any]) -> Any:
        return self.restore([array_ops.identity(restore_buffer[name]) for name in self._param_names], None)

    def _add_trackable_dependencies(self, trackable: Any, dtype: Any) -> None:
        """Lets ``trackable``, the layer, have what a cell with the same parameters depends on."""
        components = split_dependency(
            component_names=self._param_names,
            component_dtypes=(dtype,) * len(self._param_names),
            fill_save_buffer_fn=self._trackable_save,
            consume_restore_buffer_fn=self._trackable_restore,
            device=self._variables[0].device,
        )
        self._track_components(trackable, components)

    def _track_components(self, trackable: Any, components: dict[str, Any]) -> None:
        """Tracks kernel and bias of each layer as those of a cell; a single layer may also be replaced by a cell."""
        pairs = [
            (components[kernel], components[bias])
            for kernel, bias in zip(self._weight_names, self._bias_names, strict=True)
        ]
        if len(pairs) == 1:
            for name, component in zip(("kernel", "bias"), pairs[0], strict=True):
                trackable._track_trackable(component, name=name)
        for number, (kernel, bias) in enumerate(pairs):
            cell = autotrackable.AutoTrackable()
            trackable._track_trackable(cell, name=f"cell-{number}")
            cell.bias, cell.kernel = bias, kernel


def _cell_scopes(num_layers: int, direction: str) -> list[str]:
    """Returns the scopes in which ``dynamic_rnn`` and ``stack_bidirectional_dynamic_rnn`` have the cells of layers."""
    if direction == CUDNN_RNN_UNIDIRECTION:
        return [f"rnn/multi_rnn_cell/cell_{layer}" for layer in range(num_layers)]
    stack = "stack_bidirectional_rnn/cell_{}/bidirectional_rnn/{}"
    return [stack.format(layer, way) for layer in range(num_layers) for way in ("fw", "bw")]


class CudnnLSTMSaveable(CudnnOpaqueParamsSaveable):
    """Saves a ``CudnnLSTM`` as ``CudnnCompatibleLSTMCell``s; see the base class for the arguments."""

    _format_converter_cls = CudnnParamsFormatConverterLSTM
    _rnn_cell_name = "cudnn_compatible_lstm_cell"


class CudnnGRUSaveable(CudnnOpaqueParamsSaveable):
    """Saves a ``CudnnGRU`` as ``CudnnCompatibleGRUCell``s; see the base class for the arguments."""

    _format_converter_cls = CudnnParamsFormatConverterGRU
    _rnn_cell_name = "cudnn_compatible_gru_cell"
    _variable_names = (
        ("gates/kernel", "candidate/input_projection/kernel", "candidate/hidden_projection/kernel"),
        ("gates/bias", "candidate/input_projection/bias", "candidate/hidden_projection/bias"),
    )

    def _track_components(self, trackable: Any, components: dict[str, Any]) -> None:
        """Tracks nothing: the layer refuses to be saved by objects."""


class CudnnRNNTanhSaveable(CudnnOpaqueParamsSaveable):
    """Saves a ``CudnnRNNTanh`` as ``BasicRNNCell``s; see the base class for the arguments."""

    _format_converter_cls = CudnnParamsFormatConverterTanh
    _rnn_cell_name = "basic_rnn_cell"


class CudnnRNNReluSaveable(CudnnOpaqueParamsSaveable):
    """Saves a ``CudnnRNNRelu`` as ``BasicRNNCell``s; see the base class for the arguments."""

    _format_converter_cls = CudnnParamsFormatConverterRelu
    _rnn_cell_name = "basic_rnn_cell"
