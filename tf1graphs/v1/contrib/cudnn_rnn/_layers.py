"""``CudnnLSTM``, ``CudnnGRU``, ``CudnnRNNTanh`` and ``CudnnRNNRelu``: layers with one variable, the opaque parameters.

Their checkpoints have the variables of cells that compute the same, see ``_saveables.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, init_ops, variable_scope
from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1._tf_keras import keras
from tf1graphs.v1.contrib.cudnn_rnn import _network, _ops, _saveables
from tf1graphs.v1.contrib.cudnn_rnn._converters import on_kernels_device
from tf1graphs.v1.contrib.cudnn_rnn._network import CUDNN_INPUT_LINEAR_MODE, CUDNN_RNN_UNIDIRECTION, Network

_Layer: Any = keras.__internal__.legacy.layers.Layer


class _CudnnRNN(_Layer):  # type: ignore[misc]
    """A network of layers.

    Args:
        num_layers: the number of layers.
        num_units: the number of units in each direction of a layer.
        input_mode: whether matrices project the inputs (``"linear_input"``) or they go to every gate of the first layer
            as they are (``"skip_input"``, which the canonical weights of a layer cannot describe); ``"auto_select"``.
        direction: ``"unidirectional"`` or ``"bidirectional"``.
        dropout: the share of elements dropped between layers.
        seed: of the dropout and of the default initializer.
        dtype: float16, float32 or float64.
        kernel_initializer: of each matrix; ``glorot_uniform_initializer`` by default.
        bias_initializer: of each bias; zeros by default.
        name: of the layer.

    Raises:
        ValueError: ``direction``, ``input_mode`` or ``dtype`` is none of these.
    """

    built: bool
    _rnn_mode: str
    _saveable_cls: Callable[..., _saveables.CudnnOpaqueParamsSaveable]

    def __init__(
        self,
        num_layers: int,
        num_units: int,
        input_mode: str = CUDNN_INPUT_LINEAR_MODE,
        direction: str = CUDNN_RNN_UNIDIRECTION,
        dropout: float = 0.0,
        seed: int | None = None,
        dtype: Any = dtypes.float32,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        name: str | None = None,
    ) -> None:
        super().__init__(dtype=dtype, name=name)
        _network.check_direction(direction)
        _network.check_input_mode(input_mode)
        if dtype not in [dtypes.float16, dtypes.float32, dtypes.float64]:
            raise ValueError(f"Only support float16, float32, float64, provided {dtype}")
        self._plain_dtype = dtype
        self._num_layers = num_layers
        self._num_units = num_units
        self._input_mode = input_mode
        self._direction = direction
        self._dropout = dropout
        self._seed = seed
        self._kernel_initializer = kernel_initializer
        self._bias_initializer = bias_initializer
        self._input_size: int | None = None
        self._saveable: Any = None

    @property
    def num_layers(self) -> int:
        """The number of layers."""
        return self._num_layers

    @property
    def num_units(self) -> int:
        """The number of units in each direction of a layer."""
        return self._num_units

    @property
    def input_mode(self) -> str:
        """``"linear_input"``, ``"skip_input"`` or ``"auto_select"``."""
        return self._input_mode

    @property
    def input_size(self) -> int:
        """The size of the inputs; ``ValueError`` before the layer is built."""
        if not self._input_size:
            raise ValueError("'input_size' is unknown since layer has not been built.")
        return self._input_size

    @property
    def rnn_mode(self) -> str:
        """``"lstm"``, ``"gru"``, ``"rnn_relu"`` or ``"rnn_tanh"``."""
        return self._rnn_mode

    @property
    def direction(self) -> str:
        """``"unidirectional"`` or ``"bidirectional"``."""
        return self._direction

    @property
    def num_dirs(self) -> int:
        """1 or 2."""
        return 1 if self._direction == CUDNN_RNN_UNIDIRECTION else 2

    @property
    def saveable(self) -> Any:
        """What checkpoints have of the layer; None before it is built."""
        return self._saveable

    def _canonical(self, asked: str) -> Network:
        """Returns the network whose matrices and biases the initializers make: that of projected inputs."""
        if not self._input_size:
            raise RuntimeError(f"{type(self).__name__}.{asked} invoked before input shape is known")
        sizes = self._num_layers, self._num_units, self._input_size
        return Network(self._rnn_mode, *sizes, direction=self._direction)

    @property
    def canonical_weight_shapes(self) -> list[tuple[int, int]]:
        """The shapes of the matrices in cuDNN's order; ``RuntimeError`` before the layer is built."""
        return self._canonical("canonical_weight_shapes").weight_shapes

    @property
    def canonical_bias_shapes(self) -> list[list[int]]:
        """The shapes of the biases in cuDNN's order."""
        number = _network.PARAMS_PER_LAYER[self._rnn_mode] * self._num_layers * self.num_dirs
        return [[self._num_units]] * number

    def _update_trainable_weights(self, getter: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Gets a variable and lets the layer know it."""
        variable = getter(*args, **kwargs)
        known = self._trainable_weights if kwargs.get("trainable", True) else self._non_trainable_weights
        if not any(variable is each for each in known):
            known.append(variable)
        return variable

    def build(self, input_shape: Any) -> None:
        """Creates the variable ``opaque_kernel``, of unknown static shape, and the saveable.

        Raises:
            ValueError: the inputs are not of rank 3, their last dimension is unknown, or are skipped.
        """
        if self.built:
            return
        input_shape = tensor_shape.TensorShape(input_shape)
        if input_shape.ndims != 3:
            raise ValueError(f"Expecting input_shape with 3 dims, got {input_shape.ndims}")
        self._input_size = tensor_shape.dimension_value(input_shape[-1])
        if self._input_size is None:
            raise ValueError("The last dimension of the inputs to `CudnnRNN` should be defined. Found `None`.")
        self.input_spec = keras.layers.InputSpec(ndim=3, axes={-1: self._input_size})
        self._set_scope(None)
        getter = self._update_trainable_weights
        with variable_scope.variable_scope(self._scope, reuse=self.built, custom_getter=getter):
            initial_value = self._initial_value()
            if variable_scope.get_variable_scope().partitioner is not None:
                logging.warn("Partitioner is not supported for Cudnn RNN layer variables.")
            self.kernel = variable_scope.get_variable(
                "opaque_kernel", dtype=self._plain_dtype, initializer=initial_value, validate_shape=False
            )
        # In the scope outside, where cells that read the checkpoint are called.
        if variable_scope.get_variable_scope().reuse is not True:
            self._create_saveable()
        self.built = True

    def _initial_value(self) -> Any:
        dtype = self._plain_dtype
        if self._kernel_initializer is None:
            self._kernel_initializer = init_ops.glorot_uniform_initializer(seed=self._seed, dtype=dtype)
        if self._bias_initializer is None:
            self._bias_initializer = init_ops.constant_initializer(0.0, dtype=dtype)
        weights = [self._kernel_initializer(shape, dtype=dtype) for shape in self.canonical_weight_shapes]
        biases = [self._bias_initializer(shape, dtype=dtype) for shape in self.canonical_bias_shapes]
        return self._canonical_to_opaque(weights, biases)

    def _canonical_to_opaque(self, cu_weights: Sequence[Any], cu_biases: Sequence[Any]) -> Any:
        with on_kernels_device():
            return _ops.cudnn_rnn_canonical_to_opaque_params(
                self._rnn_mode,
                self._num_layers,
                self._num_units,
                self.input_size,
                cu_weights,
                cu_biases,
                self._input_mode,
                self._direction,
                self._dropout,
                self._seed,
            )

    def _create_saveable(self) -> None:
        variable = self.trainable_variables[0]
        self._saveable = self._saveable_cls(
            opaque_params=variable,
            num_layers=self.num_layers,
            num_units=self.num_units,
            input_size=self.input_size,
            input_mode=self.input_mode,
            direction=self.direction,
            scope=variable_scope.get_variable_scope(),
            name=f"{variable.op.name}_saveable",
        )
        self._saveable._add_trackable_dependencies(trackable=self, dtype=self._plain_dtype)
        ops.add_to_collection(ops.GraphKeys.SAVEABLE_OBJECTS, self._saveable)

    def _gather_saveables_for_checkpoint(self) -> dict[str, Any]:
        raise NotImplementedError("This cell does not yet support object-based saving.")

    def call(
        self,
        inputs: Any,
        initial_state: tuple[Any, ...] | None = None,
        sequence_lengths: Any = None,
        time_major: bool = True,
        training: bool = True,
    ) -> tuple[Any, tuple[Any, ...]]:
        """Returns ``(outputs, output_states)``, which are shaped as inputs and initial state.

        Args:
            inputs: [time, batch, input size], or [batch, time, input size] unless ``time_major``.
            initial_state: ``(h, c)`` for an LSTM, else ``(h,)``; each [layers * directions, batch, units], or with the
                batch first unless ``time_major``; zeros by default.
            sequence_lengths: int32, [batch]; outputs after the end of a sequence are zero.
            time_major: which dimension is first.
            training: whether there is dropout, and a gradient.

        Raises:
            TypeError: ``initial_state`` is not a tuple.
        """
        if initial_state is not None and not isinstance(initial_state, tuple):
            raise TypeError(f"Invalid initial_state type: {initial_state}, expecting tuple.")
        inputs = ops.convert_to_tensor(inputs, dtype=self.dtype)
        batch_size = array_ops.shape(inputs)[1 if time_major else 0]
        if initial_state is None:
            initial_state = self._zero_state(batch_size, time_major)
        state = tuple(ops.convert_to_tensor(part, dtype=self.dtype) for part in initial_state)
        # Other networks than LSTMs have no c; the kernel takes an empty tensor for it.
        h, c = state if len(self.state_shape(0)) == 2 else (*state, constant_op.constant([], dtype=self.dtype))
        options: dict[str, Any] = {
            "input_mode": self._input_mode,
            "direction": self._direction,
            "dropout": self._dropout,
        }
        lengths: dict[str, Any] = {"sequence_lengths": sequence_lengths, "time_major": time_major, "seed": self._seed}
        outputs, *states = _ops.cudnn_rnn(inputs, h, c, self.kernel, training, self._rnn_mode, **lengths, **options)
        return outputs, tuple(states[: len(state)])

    def state_shape(self, batch_size: Any) -> tuple[list[Any], ...]:
        """Returns the shape of each part of the state: [layers * directions, batch, units]."""
        return ([self.num_layers * self.num_dirs, batch_size, self.num_units],)

    def _zero_state(self, batch_size: Any, time_major: bool) -> tuple[Any, ...]:
        shapes = self.state_shape(batch_size)
        if not time_major:
            shapes = tuple([batch, parts, units] for parts, batch, units in shapes)
        return tuple(array_ops.zeros(shape, dtype=self.dtype) for shape in shapes)


class CudnnLSTM(_CudnnRNN):
    """LSTMs; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_LSTM
    _saveable_cls = _saveables.CudnnLSTMSaveable

    def state_shape(self, batch_size: Any) -> tuple[list[Any], ...]:
        """Returns the shapes of h and c: [layers * directions, batch, units]."""
        return super().state_shape(batch_size) * 2

    @property
    def _gather_saveables_for_checkpoint(self) -> Any:
        if self._direction != CUDNN_RNN_UNIDIRECTION:
            raise NotImplementedError("Object-based saving does not currently support bidirectional LSTM cells.")
        # That of a layer, which only the other networks refuse.
        return super(_CudnnRNN, self)._gather_saveables_for_checkpoint


class CudnnGRU(_CudnnRNN):
    """GRUs, as cuDNN has them; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_GRU
    _saveable_cls = _saveables.CudnnGRUSaveable


class CudnnRNNTanh(_CudnnRNN):
    """RNNs with tanh; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_RNN_TANH
    _saveable_cls = _saveables.CudnnRNNTanhSaveable


class CudnnRNNRelu(_CudnnRNN):
    """RNNs with ReLU; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_RNN_RELU
    _saveable_cls = _saveables.CudnnRNNReluSaveable
