"""``tf.contrib.rnn``: the cells of ``tf.nn.rnn_cell``, further cells and wrappers, and RNNs of them."""

from tensorflow.python.ops.rnn import (  # noqa: I001 (tf_keras comes last, once _cells has made it quiet)
    _best_effort_input_batch_size as best_effort_input_batch_size,
)
from tensorflow.python.ops.rnn import _transpose_batch_time as transpose_batch_time
from tensorflow.python.ops.rnn import static_bidirectional_rnn, static_rnn, static_state_saving_rnn

from tf1graphs.v1.contrib.rnn._attention import AttentionCellWrapper
from tf1graphs.v1.contrib.rnn._bidirectional import stack_bidirectional_dynamic_rnn, stack_bidirectional_rnn
from tf1graphs.v1.contrib.rnn._block import GRUBlockCell, GRUBlockCellV2, LSTMBlockCell
from tf1graphs.v1.contrib.rnn._block_fused import LSTMBlockFusedCell, LSTMBlockWrapper
from tf1graphs.v1.contrib.rnn._cells import LayerRNNCell, LSTMStateTuple, RNNCell
from tf1graphs.v1.contrib.rnn._convolutional import Conv1DLSTMCell, Conv2DLSTMCell, Conv3DLSTMCell, ConvLSTMCell
from tf1graphs.v1.contrib.rnn._coupled import CoupledInputForgetGateLSTMCell
from tf1graphs.v1.contrib.rnn._frequency import TimeFreqLSTMCell
from tf1graphs.v1.contrib.rnn._fused import FusedRNNCell, FusedRNNCellAdaptor, TimeReversedFusedRNN
from tf1graphs.v1.contrib.rnn._gated import IntersectionRNNCell, SRUCell, UGRNNCell
from tf1graphs.v1.contrib.rnn._grid import BidirectionalGridLSTMCell, GridLSTMCell
from tf1graphs.v1.contrib.rnn._grouped import GLSTMCell
from tf1graphs.v1.contrib.rnn._independent import IndRNNCell, IndyGRUCell, IndyLSTMCell
from tf1graphs.v1.contrib.rnn._layer_norm import LayerNormBasicLSTMCell
from tf1graphs.v1.contrib.rnn._nas import NASCell
from tf1graphs.v1.contrib.rnn._phased import PhasedLSTMCell
from tf1graphs.v1.contrib.rnn._projection_wrappers import (
    EmbeddingWrapper,
    InputProjectionWrapper,
    OutputProjectionWrapper,
)
from tf1graphs.v1.contrib.rnn._weights import Linear as _Linear
from tf1graphs.v1.contrib.rnn._weights import linear as _linear
from tf1graphs.v1.contrib.rnn._wrappers import CompiledWrapper, HighwayWrapper
from tf_keras.src.layers.rnn.legacy_cells import (
    BasicLSTMCell,
    BasicRNNCell,
    GRUCell,
    LSTMCell,
    MultiRNNCell,
)
from tf_keras.src.layers.rnn.legacy_cell_wrappers import DeviceWrapper, DropoutWrapper, ResidualWrapper

__all__ = [
    "AttentionCellWrapper",
    "BasicLSTMCell",
    "BasicRNNCell",
    "BidirectionalGridLSTMCell",
    "CompiledWrapper",
    "Conv1DLSTMCell",
    "Conv2DLSTMCell",
    "Conv3DLSTMCell",
    "ConvLSTMCell",
    "CoupledInputForgetGateLSTMCell",
    "DeviceWrapper",
    "DropoutWrapper",
    "EmbeddingWrapper",
    "FusedRNNCell",
    "FusedRNNCellAdaptor",
    "GLSTMCell",
    "GRUBlockCell",
    "GRUBlockCellV2",
    "GRUCell",
    "GridLSTMCell",
    "HighwayWrapper",
    "IndRNNCell",
    "IndyGRUCell",
    "IndyLSTMCell",
    "InputProjectionWrapper",
    "IntersectionRNNCell",
    "LSTMBlockCell",
    "LSTMBlockFusedCell",
    "LSTMBlockWrapper",
    "LSTMCell",
    "LSTMStateTuple",
    "LayerNormBasicLSTMCell",
    "LayerRNNCell",
    "MultiRNNCell",
    "NASCell",
    "OutputProjectionWrapper",
    "PhasedLSTMCell",
    "RNNCell",
    "ResidualWrapper",
    "SRUCell",
    "TimeFreqLSTMCell",
    "TimeReversedFusedRNN",
    "UGRNNCell",
    "best_effort_input_batch_size",
    "stack_bidirectional_dynamic_rnn",
    "stack_bidirectional_rnn",
    "static_bidirectional_rnn",
    "static_rnn",
    "static_state_saving_rnn",
    "transpose_batch_time",
    # Programs import these from the modules below python/ops, which are this one here.
    "_Linear",
    "_linear",
]
