"""``RNNClassifier`` and ``RNNEstimator``: a recurrent network over columns of sequences, and a head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tensorflow.python.feature_column import feature_column
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, init_ops, math_ops, partitioned_variables, rnn, variable_scope
from tensorflow.python.ops.losses.losses_impl import Reduction
from tensorflow.python.summary import summary
from tensorflow.python.training import optimizer as optimizer_lib
from tensorflow.python.training import training_util
from tensorflow_estimator.python.estimator.canned import head as heads
from tensorflow_estimator.python.estimator.canned import optimizers
from tensorflow_estimator.python.estimator.estimator import Estimator
from tensorflow_estimator.python.estimator.head.sequential_head import _SequentialHead
from tf_keras.src.layers.rnn.legacy_cells import BasicLSTMCell, BasicRNNCell, GRUCell, MultiRNNCell, RNNCell
from tf_keras.src.legacy_tf_layers import core

from tf1graphs.v1.contrib.estimator._optimizers import clip_gradients_by_norm
from tf1graphs.v1.contrib.feature_column import concatenate_context_input, sequence_input_layer

# What 1.15 gave an optimizer that is named by a string.
_LEARNING_RATE = 0.05
_CLIP_NORM = 5.0
_CELL_TYPES = {"basic_rnn": BasicRNNCell, "lstm": BasicLSTMCell, "gru": GRUCell}
# What stands for a cell type that was not given: giving one beside ``rnn_cell_fn`` is an error.
USE_DEFAULT = object()

_CellFn = Callable[[str], Any]


class RNNClassifier(Estimator):  # type: ignore[misc]
    """A recurrent network that classifies sequences by its last output.

    Features are the sparse tensors of the sequence columns and the tensors of the context columns, by key; labels are
    [batch, 1].

    Args:
        sequence_feature_columns: Columns of sequences, or embedding or indicator columns of such.
        context_feature_columns: Dense columns that every step gets beside its own.
        num_units: The number of units of each layer.
        cell_type: ``'basic_rnn'`` (the default), ``'lstm'``, ``'gru'`` or a class of cells.
        rnn_cell_fn: Returns the cell for a mode, in place of ``num_units`` and ``cell_type``.
        model_dir: The folder of the checkpoints.
        n_classes: The number of classes.
        weight_column: The key of the weights of examples, or a numeric column.
        label_vocabulary: The classes, if the labels are strings.
        optimizer: An optimizer, or the name of one, which gets a learning rate of 0.05 and gradients clipped to 5.
        loss_reduction: One of ``tf.losses.Reduction`` but ``NONE``.
        input_layer_partitioner: Partitions the variables of the columns.
        config: A ``tf.estimator.RunConfig``.

    Raises:
        ValueError: ``rnn_cell_fn`` was given together with ``num_units`` or ``cell_type``, or the cell type is none.
    """

    def __init__(
        self,
        sequence_feature_columns: Iterable[Any],
        context_feature_columns: Iterable[Any] | None = None,
        num_units: Sequence[int] | None = None,
        cell_type: Any = USE_DEFAULT,
        rnn_cell_fn: _CellFn | None = None,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        optimizer: Any = "Adagrad",
        loss_reduction: str = Reduction.SUM_OVER_BATCH_SIZE,
        input_layer_partitioner: Any = None,
        config: Any = None,
    ) -> None:
        head = heads._binary_logistic_or_multi_class_head(n_classes, weight_column, label_vocabulary, loss_reduction)
        network = _Network(
            _cell_fn(rnn_cell_fn, num_units, cell_type),
            sequence_feature_columns,
            context_feature_columns,
            input_layer_partitioner,
        )
        super().__init__(_model_fn(network, head, optimizer), model_dir=model_dir, config=config)


class RNNEstimator(Estimator):  # type: ignore[misc]
    """A recurrent network with a head of one's own; the other arguments are those of ``RNNClassifier``.

    Args:
        head: What the logits mean.
        return_sequences: Whether the head gets the outputs of all steps; it is then a sequential head.

    Raises:
        ValueError: As for ``RNNClassifier``, or the head is not sequential and is to get sequences.
    """

    def __init__(
        self,
        head: Any,
        sequence_feature_columns: Iterable[Any],
        context_feature_columns: Iterable[Any] | None = None,
        num_units: Sequence[int] | None = None,
        cell_type: Any = USE_DEFAULT,
        rnn_cell_fn: _CellFn | None = None,
        return_sequences: bool = False,
        model_dir: str | None = None,
        optimizer: Any = "Adagrad",
        input_layer_partitioner: Any = None,
        config: Any = None,
    ) -> None:
        cell_fn = _cell_fn(rnn_cell_fn, num_units, cell_type)
        if return_sequences and not isinstance(head, _SequentialHead):
            raise ValueError("Provided head must be a `_SequentialHead` object when `return_sequences` is set to True.")
        network = _Network(
            cell_fn, sequence_feature_columns, context_feature_columns, input_layer_partitioner, return_sequences
        )
        super().__init__(_model_fn(network, head, optimizer), model_dir=model_dir, config=config)


def _cell_fn(cell_fn: _CellFn | None, num_units: Sequence[int] | None, cell_type: Any) -> _CellFn:
    if cell_fn:
        if num_units or cell_type != USE_DEFAULT:
            raise ValueError("num_units and cell_type must not be specified when using rnn_cell_fn")
        return cell_fn
    kind = "basic_rnn" if cell_type == USE_DEFAULT else cell_type

    def cells_of(mode: str) -> Any:
        cells = [_cell(units, kind) for units in num_units or ()]
        return cells[0] if len(cells) == 1 else MultiRNNCell(cells)

    return cells_of


def _cell(units: int, kind: Any) -> Any:
    cell_class = _CELL_TYPES.get(kind, kind)
    if not cell_class or not issubclass(cell_class, RNNCell):
        raise ValueError(f"Supported cell types are {list(_CELL_TYPES)}; got {cell_class}")
    return cell_class(num_units=units)


class _Network:
    """The variables of the estimator: input layer, cells and logits."""

    def __init__(
        self,
        cell_fn: _CellFn,
        sequence_columns: Iterable[Any] | None,
        context_columns: Iterable[Any] | None,
        partitioner: Any,
        return_sequences: bool = False,
    ) -> None:
        self.cell_fn = cell_fn
        self.sequence_columns = tuple(sequence_columns or ())
        self.context_columns = tuple(context_columns or ())
        self.partitioner = partitioner
        self.return_sequences = return_sequences

    def logits(self, features: dict[str, Any], mode: str, units: int, partitions: int) -> tuple[Any, Any]:
        """Returns logits [batch, units] (of sequences [batch, time, units]), and the mask [batch, time] of steps."""
        partitioner = self.partitioner or _partitioner(partitions, min_slice_size=64 << 20)
        with variable_scope.variable_scope(
            "sequence_input_layer", values=tuple(features.values()), partitioner=partitioner
        ):
            inputs, lengths = self._inputs(features)
        outputs, _ = rnn.dynamic_rnn(self.cell_fn(mode), inputs, sequence_length=lengths, dtype="float32")
        if not self.return_sequences:
            outputs = _last(outputs, lengths)
        with variable_scope.variable_scope("logits", values=(outputs,)):
            logits = core.dense(outputs, units, kernel_initializer=init_ops.glorot_uniform_initializer())
        return logits, array_ops.sequence_mask(lengths)

    def _inputs(self, features: dict[str, Any]) -> tuple[Any, Any]:
        inputs, lengths = sequence_input_layer(features, self.sequence_columns)
        summary.histogram("sequence_length", lengths)
        if self.context_columns:
            context = feature_column.input_layer(features, self.context_columns)
            inputs = concatenate_context_input(context, inputs)
        return inputs, lengths


def _partitioner(partitions: int, **options: Any) -> Any:
    return partitioned_variables.min_max_variable_partitioner(max_partitions=partitions, **options)


def _last(outputs: Any, lengths: Any) -> Any:
    """Returns from outputs [batch, time, depth] those of the last step of each sequence, [batch, depth]."""
    with ops.name_scope("select_last_activations", values=[outputs, lengths]):
        shape = array_ops.shape(outputs)
        batch, time, depth = shape[0], shape[1], shape[2]
        first = math_ops.cast(math_ops.range(batch) * time, dtypes.int64)
        flat = array_ops.reshape(outputs, [batch * time, depth])
        last = array_ops.gather(flat, first + lengths - 1)
        last.set_shape([outputs.shape[0], outputs.shape[2]])
        return last


def _model_fn(network: _Network, head: Any, optimizer: Any) -> Callable[..., Any]:
    def model_fn(features: Any, labels: Any, mode: str, config: Any) -> Any:
        if not isinstance(features, dict):
            raise ValueError(f"features should be a dictionary of `Tensor`s. Given type: {type(features)}")
        chosen = _optimizer(optimizer)
        partitions = config.num_ps_replicas if config else 0
        with variable_scope.variable_scope(
            "rnn", values=tuple(features.values()), partitioner=_partitioner(partitions)
        ):
            logits, mask = network.logits(features, mode, head.logits_dimension, partitions)
            if network.return_sequences and head.input_sequence_mask_key not in features:
                features[head.input_sequence_mask_key] = mask
            return head.create_estimator_spec(
                features=features,
                mode=mode,
                labels=labels,
                train_op_fn=lambda loss: chosen.minimize(loss, global_step=training_util.get_global_step()),
                logits=logits,
            )

    return model_fn


def _optimizer(optimizer: Any) -> Any:
    if isinstance(optimizer, optimizer_lib.Optimizer):
        return optimizer
    named = optimizers.get_optimizer_instance(optimizer, learning_rate=_LEARNING_RATE)
    return clip_gradients_by_norm(named, _CLIP_NORM)
