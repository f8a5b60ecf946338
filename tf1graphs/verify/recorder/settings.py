"""Which classes, functions and ops say how a program learns, and what TensorFlow 1, 2 and Keras call their settings.

A setting has one name in a recording, whatever the argument is called that gives it.
"""

from __future__ import annotations

from typing import Collection, NamedTuple


class Known(NamedTuple):
    """What can be said of a program that uses something: a topic, a name, and settings by their common names."""

    topic: str
    name: str
    settings: Collection[str]


# Where the classes are: those of TensorFlow itself, of each Keras, and those that stand for them.
ROOTS = ("tensorflow.python.", "keras.src.", "tf_keras.src.", "tf1graphs.optimizers", "tf1graphs.v1.contrib.")

# Arguments -> what a recording calls them.
COMMON = {
    "beta1": "beta_1",
    "beta2": "beta_2",
    "decay": "rho",
    "use_nesterov": "nesterov",
    "num_units": "units",
    "unit_forget_bias": "forget_bias",
    "variance_epsilon": "epsilon",
    "clip_value_min": "smallest",
    "clip_value_max": "largest",
    "dim": "axis",
    "lr": "learning_rate",
}

# What an argument says by being there: only TensorFlow 1's cells add their forget bias themselves.
IMPLIED = {"forget_bias": {"gates": "i j f o"}, "unit_forget_bias": {"gates": "i f j o"}}

# What a class says that has no argument for it: TensorFlow 1 starts RMSProp's mean square at one, Keras at zero.
IMPLIED_BY_CLASS = {
    "RMSPropOptimizer": {"initial_accumulator_value": 1.0},
    "RMSProp": {"initial_accumulator_value": 1.0},
    "RMSprop": {"initial_accumulator_value": 0.0},
}

_ANY = "clipnorm clipvalue global_clipnorm weight_decay"
_RECURRENT = "units activation recurrent_activation forget_bias reset_after"
_SCHEDULE = (
    "initial_learning_rate decay_steps decay_rate staircase alpha end_learning_rate power cycle num_periods beta "
    "first_decay_steps t_mul m_mul"
)

# topic, name, classes, settings
_CLASSES = (
    ("optimizer", "gradient descent", "GradientDescentOptimizer GradientDescent", "learning_rate"),
    ("optimizer", "momentum", "MomentumOptimizer SGD", "learning_rate momentum nesterov"),
    ("optimizer", "Adam", "AdamOptimizer Adam", "learning_rate beta_1 beta_2 epsilon amsgrad"),
    ("optimizer", "AdamW", "AdamW", "learning_rate beta_1 beta_2 epsilon amsgrad"),
    ("optimizer", "Adamax", "AdaMaxOptimizer Adamax", "learning_rate beta_1 beta_2 epsilon"),
    ("optimizer", "Nadam", "NadamOptimizer Nadam", "learning_rate beta_1 beta_2 epsilon"),
    ("optimizer", "RMSProp", "RMSPropOptimizer RMSProp RMSprop", "learning_rate rho momentum epsilon centered"),
    ("optimizer", "Adagrad", "AdagradOptimizer Adagrad", "learning_rate initial_accumulator_value epsilon"),
    ("optimizer", "Adadelta", "AdadeltaOptimizer Adadelta", "learning_rate rho epsilon"),
    ("optimizer", "Ftrl", "FtrlOptimizer Ftrl", "learning_rate learning_rate_power initial_accumulator_value"),
    ("schedule", "exponential decay", "ExponentialDecay", _SCHEDULE),
    ("schedule", "inverse time decay", "InverseTimeDecay", _SCHEDULE),
    ("schedule", "polynomial decay", "PolynomialDecay", _SCHEDULE),
    ("schedule", "cosine decay", "CosineDecay", _SCHEDULE),
    ("schedule", "cosine decay with restarts", "CosineDecayRestarts", _SCHEDULE),
    ("schedule", "piecewise constant", "PiecewiseConstantDecay", "boundaries values"),
    ("batch normalization", "layer", "BatchNormalization", "momentum epsilon center scale renorm"),
    ("cell", "LSTM", "BasicLSTMCell LSTMCell LSTM LSTMBlockCell LSTMBlockFusedCell", _RECURRENT),
    ("cell", "GRU", "GRUCell GRU GRUBlockCell GRUBlockCellV2", _RECURRENT),
    ("cell", "simple RNN", "BasicRNNCell SimpleRNNCell SimpleRNN", _RECURRENT),
    ("regularizer", "l1", "L1", "l1"),
    ("regularizer", "l2", "L2", "l2"),
    ("regularizer", "l1 and l2", "L1L2", "l1 l2"),
)

CLASSES = {
    known: Known(topic, name, frozenset(settings.split() + (_ANY.split() if topic == "optimizer" else [])))
    for topic, name, classes, settings in _CLASSES
    for known in classes.split()
}

# module, function -> what it is
FUNCTIONS = {
    ("tensorflow.python.ops.nn_ops", "_dropout"): Known("dropout", "dropout", {"rate"}),
    # The one function of 1.15, and of programs in its style.
    ("tensorflow.python.ops.nn_ops", "dropout_v2"): Known("dropout", "dropout", {"rate"}),
    ("tensorflow.python.ops.nn_ops", "_wrap_2d_function"): Known("softmax", "softmax", {"axis"}),
    ("tensorflow.python.ops.nn_ops", "_softmax"): Known("softmax", "softmax", {"axis"}),
    ("tensorflow.python.ops.nn_impl", "batch_normalization"): Known("batch normalization", "function", {"epsilon"}),
    # What contrib's batch normalization makes its averages with.
    ("tensorflow.python.training.moving_averages", "assign_moving_average"): Known("moving average", "decay", {"rho"}),
    ("tensorflow.python.ops.clip_ops", "clip_by_value"): Known("clipping", "clip_by_value", {"smallest", "largest"}),
    ("tensorflow.python.ops.clip_ops", "clip_by_norm"): Known("clipping", "clip_by_norm", {"clip_norm"}),
    ("tensorflow.python.ops.clip_ops", "clip_by_global_norm"): Known("clipping", "clip_by_global_norm", {"clip_norm"}),
}

# Where the API's modules are, which hold the functions since they were imported.
HOMES = ("tensorflow._api.", "tensorflow.python.ops.nn", "tensorflow.python.ops.standard_ops")

# op type -> what it is, and the attributes that are settings.
OPS = {
    "Elu": Known("activation", "elu", ()),
    "LeakyRelu": Known("activation", "leaky_relu", ("alpha",)),
    "LogSoftmax": Known("activation", "log_softmax", ()),
    "Relu": Known("activation", "relu", ()),
    "Relu6": Known("activation", "relu6", ()),
    "Selu": Known("activation", "selu", ()),
    "Sigmoid": Known("activation", "sigmoid", ()),
    "Softmax": Known("activation", "softmax", ()),
    "Softplus": Known("activation", "softplus", ()),
    "Softsign": Known("activation", "softsign", ()),
    "Tanh": Known("activation", "tanh", ()),
    "AvgPool": Known("pooling", "average", ("padding",)),
    "MaxPool": Known("pooling", "largest", ("padding",)),
    "Conv2D": Known("convolution", "2D", ("padding",)),
    "FusedBatchNorm": Known("batch normalization", "fused", ("epsilon", "is_training")),
    "FusedBatchNormV2": Known("batch normalization", "fused", ("epsilon", "is_training")),
    "FusedBatchNormV3": Known("batch normalization", "fused", ("epsilon", "is_training")),
    "L2Loss": Known("regularizer", "l2_loss", ()),
    "SoftmaxCrossEntropyWithLogits": Known("loss", "softmax cross entropy", ()),
    "SparseSoftmaxCrossEntropyWithLogits": Known("loss", "softmax cross entropy", ()),
}
