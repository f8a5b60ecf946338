"""Each mutant is one change to one file of a base program: what is verified is the base's ``tf1.py`` against it."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """One change.

    Attributes:
        name: what was changed, in a few words.
        base: the folder of the base program.
        file: the file that is changed.
        old: text in it, which is there once.
        new: what stands there instead.
        step: the first training step whose computation is another; None where no step's is.
        cause: the cause that verify should name.
    """

    name: str
    base: str
    file: str
    old: str
    new: str
    step: int | None
    cause: str


BASES = ("linear", "mlp", "cnn", "lstm", "decay", "pipeline")

_FED = "rows = slice(8 * (step % 6), 8 * (step % 6) + 8)"
_MLP_ADAM = "optimizers.Adam(variables, 0.01)"

MUTANTS = (
    # linear
    Mutant("twice the learning rate", "linear", "tf2.py", "0.1 * gradient", "0.2 * gradient", 1, "learning_rate"),
    Mutant("other rate in TF1", "linear", "tf1.py", "Optimizer(0.1)", "Optimizer(0.11)", 1, "learning_rate"),
    Mutant("sum for mean", "linear", "tf2.py", "tf.reduce_mean(", "tf.reduce_sum(", 1, "loss_reduction"),
    Mutant("bias without effect", "linear", "tf2.py", "x @ W + b - y", "x @ W + 0 * b - y", 1, "missing_variable"),
    Mutant(
        "bias not added", "linear", "tf1.py", "tf.matmul(X, W) + b - Y", "tf.matmul(X, W) - Y", 1, "missing_variable"
    ),
    Mutant("bias not trained", "linear", "tf2.py", "trained = [W, b]", "trained = [W]", 1, "not_trained"),
    Mutant("bias frozen", "linear", "tf1.py", "minimize(loss)", "minimize(loss, var_list=[W])", 1, "not_trained"),
    Mutant(
        "inputs scaled", "linear", "tf2.py", "tf.constant(points[rows])", "tf.constant(points[rows] / 255)", 1, "scale"
    ),
    Mutant("next batch first", "linear", "tf2.py", _FED, _FED.replace("step % 6", "(step + 1) % 6"), 1, "data_order"),
    Mutant("other targets", "linear", "tf2.py", "+ 0.7", "+ rng.uniform(size=[48, 1]).astype(np.float32)", 1, "data"),
    Mutant("rows against targets", "linear", "tf2.py", "targets[rows])", "targets[rows][::-1])", 1, "data_order"),
    # mlp
    Mutant("Keras's epsilon", "mlp", "tf2.py", _MLP_ADAM, _MLP_ADAM[:-1] + ", epsilon=1e-7)", 1, "adam_epsilon"),
    Mutant("epsilon in TF1", "mlp", "tf1.py", "Optimizer(0.01)", "Optimizer(0.01, epsilon=1e-4)", 1, "adam_epsilon"),
    Mutant("beta1", "mlp", "tf2.py", _MLP_ADAM, _MLP_ADAM[:-1] + ", beta1=0.8)", 2, "momentum"),
    Mutant("beta2", "mlp", "tf1.py", "Optimizer(0.01)", "Optimizer(0.01, beta2=0.99)", 1, "momentum"),
    Mutant("ten times the rate", "mlp", "tf2.py", _MLP_ADAM, "optimizers.Adam(variables, 0.1)", 1, "learning_rate"),
    Mutant(
        "gradient descent", "mlp", "tf2.py", _MLP_ADAM, "optimizers.GradientDescent(variables, 0.01)", 1, "optimizer"
    ),
    Mutant("RMSProp in TF1", "mlp", "tf1.py", "AdamOptimizer", "RMSPropOptimizer", 1, "optimizer"),
    Mutant("elu for relu", "mlp", "tf2.py", "tf.nn.relu", "tf.nn.elu", 1, "activation"),
    Mutant("sigmoid for tanh", "mlp", "tf1.py", "tf.nn.tanh", "tf.nn.sigmoid", 1, "activation"),
    Mutant("no activation", "mlp", "tf2.py", "tf.nn.tanh(hidden @ W2 + b2)", "hidden @ W2 + b2", 1, "activation"),
    Mutant("labels off by one", "mlp", "tf2.py", "classes[labels[rows]]", "classes[labels[rows] - 1]", 1, "labels"),
    Mutant(
        "softmax over rows",
        "mlp",
        "tf2.py",
        "tf.nn.softmax(hidden @ W3 + b3)",
        "tf.nn.softmax(hidden @ W3 + b3, axis=0)",
        1,
        "softmax_axis",
    ),
    Mutant(
        "transposed weight", "mlp", "tf2.py", "hidden @ W2", "tf.matmul(hidden, W2, transpose_b=True)", 1, "transposed"
    ),
    Mutant("weight decay left out", "mlp", "tf2.py", " + decay", "", 1, "regularizer"),
    Mutant("a tenth of the weight decay", "mlp", "tf1.py", "decay = 0.01", "decay = 0.001", 1, "regularizer"),
    Mutant("one variable less decayed", "mlp", "tf2.py", "tf.nn.l2_loss(W1) + ", "", 1, "regularizer"),
    Mutant(
        "layer frozen",
        "mlp",
        "tf1.py",
        'stddev=0.3), name="W2"',
        'stddev=0.3), trainable=False, name="W2"',
        1,
        "not_trained",
    ),
    Mutant("wider start", "mlp", "tf2.py", "[12, 10], stddev=0.3", "[12, 10], stddev=1.0", None, "initializer"),
    Mutant(
        "uniform start",
        "mlp",
        "tf1.py",
        "tf.random_normal([12, 10], stddev=0.3)",
        "tf.random_uniform([12, 10], -2.0, 2.0)",
        None,
        "initializer",
    ),
    Mutant("inputs not scaled", "mlp", "tf2.py", "images[rows] / 16.0", "images[rows]", 1, "scale"),
    Mutant(
        "ones for zeros", "mlp", "tf2.py", 'tf.zeros([10]), name="b2"', 'tf.ones([10]), name="b2"', None, "initializer"
    ),
    Mutant("leaky relu", "mlp", "tf2.py", "tf.nn.relu(x @ W1 + b1)", "tf.nn.leaky_relu(x @ W1 + b1)", 1, "activation"),
    Mutant(
        "Keras's Adam",
        "mlp",
        "tf2.py",
        "optimizers.Adam(variables, 0.01)",
        "__import__('keras').optimizers.Adam(0.01)\noptimizer.build(variables)",
        1,
        "adam_epsilon",
    ),
    # cnn
    Mutant("momentum of the averages", "cnn", "tf2.py", "momentum=0.99", "momentum=0.9", 1, "batch_norm_momentum"),
    Mutant("the same in TF1", "cnn", "tf1.py", "momentum=0.99", "momentum=0.999", 1, "batch_norm_momentum"),
    Mutant("epsilon of the variance", "cnn", "tf2.py", "epsilon=0.001", "epsilon=1e-5", 1, "batch_norm_epsilon"),
    Mutant(
        "no update ops", "cnn", "tf1.py", "tf.get_collection(tf.GraphKeys.UPDATE_OPS)", "[]", 1, "batch_norm_updates"
    ),
    Mutant(
        "trained as in test",
        "cnn",
        "tf2.py",
        "compute_loss(x, y, 0.25, training=True)",
        "compute_loss(x, y, 0.25, training=False)",
        1,
        "batch_norm_training",
    ),
    Mutant("keep_prob as rate", "cnn", "tf2.py", "compute_loss(x, y, 0.25,", "compute_loss(x, y, 0.75,", 1, "dropout"),
    Mutant("fed rate as keep_prob", "cnn", "tf1.py", "keep_prob: 0.75", "keep_prob: 0.25", 1, "dropout"),
    Mutant("no dropout", "cnn", "tf2.py", "compute_loss(x, y, 0.25,", "compute_loss(x, y, 0.0,", 1, "dropout"),
    Mutant("dropout in test too", "cnn", "tf2.py", "compute_loss(x, y, 0.0,", "compute_loss(x, y, 0.25,", 1, "dropout"),
    Mutant("mean for largest", "cnn", "tf2.py", "tf.nn.max_pool(", "tf.nn.avg_pool(", 1, "layer"),
    Mutant("less momentum", "cnn", "tf2.py", "momentum=0.9)", "momentum=0.8)", 2, "momentum"),
    Mutant(
        "Nesterov", "cnn", "tf1.py", "Optimizer(0.05, 0.9)", "Optimizer(0.05, 0.9, use_nesterov=True)", 1, "momentum"
    ),
    Mutant("images not scaled", "cnn", "tf2.py", ".astype(np.float32) / 255.0", ".astype(np.float32)", 1, "scale"),
    # lstm
    Mutant("no forget bias in TF1", "lstm", "tf1.py", "forget_bias=1.0", "forget_bias=0.0", 1, "forget_bias"),
    Mutant("no forget bias", "lstm", "tf2.py", "tf.sigmoid(f + 1.0)", "tf.sigmoid(f)", 1, "forget_bias"),
    Mutant("Keras's gate order", "lstm", "tf2.py", "i, j, f, o = ", "i, f, j, o = ", 1, "gate_order"),
    Mutant("RMSProp epsilon", "lstm", "tf2.py", "epsilon=1e-10", "epsilon=1e-2", 1, "rmsprop_epsilon"),
    Mutant("RMSProp decay", "lstm", "tf1.py", "decay=0.9", "decay=0.95", 1, "momentum"),
    Mutant(
        "Keras's RMSprop",
        "lstm",
        "tf2.py",
        "optimizers.RMSProp(variables, 0.01, decay=0.9, epsilon=1e-10)",
        "keras.optimizers.RMSprop(0.01, rho=0.9, epsilon=1e-10)\noptimizer.build(variables)",
        1,
        "accumulator_start",
    ),
    Mutant(
        "relu cell", "lstm", "tf1.py", "forget_bias=1.0)", "forget_bias=1.0, activation=tf.nn.relu)", 1, "activation"
    ),
    Mutant("gates i f o j", "lstm", "tf2.py", "i, j, f, o = ", "i, f, o, j = ", 1, "gate_order"),
    Mutant("more forget bias", "lstm", "tf2.py", "tf.sigmoid(f + 1.0)", "tf.sigmoid(f + 2.0)", 1, "forget_bias"),
    Mutant("sum in the loss", "lstm", "tf2.py", "tf.reduce_mean(tf.nn", "tf.reduce_sum(tf.nn", 1, "loss_reduction"),
    # decay
    Mutant("no staircase", "decay", "tf2.py", ", staircase=True", "", 2, "schedule"),
    Mutant("slower decay", "decay", "tf1.py", "global_step, 3, 0.5", "global_step, 3, 0.9", 4, "schedule"),
    Mutant("later decay", "decay", "tf2.py", "(0.05, 3, 0.5", "(0.05, 5, 0.5", 4, "schedule"),
    Mutant("no schedule", "decay", "tf2.py", "rate = learning_rate(global_step)", "rate = 0.05", 4, "schedule"),
    Mutant("not clipped", "decay", "tf2.py", "apply(clipped)", "apply(gradients)", 1, "clipping"),
    Mutant(
        "other bound",
        "decay",
        "tf1.py",
        "clip_by_global_norm(gradients, 1.0)",
        "clip_by_global_norm(gradients, 2.0)",
        1,
        "clipping",
    ),
    Mutant(
        "each clipped alone",
        "decay",
        "tf2.py",
        "clipped, _ = tf.clip_by_global_norm(gradients, 1.0)",
        "clipped = [tf.clip_by_norm(gradient, 1.0) for gradient in gradients]",
        1,
        "clipping",
    ),
    Mutant(
        "bias not made",
        "decay",
        "tf1.py",
        'tf.get_variable("b2", [1], initializer=tf.zeros_initializer())',
        "tf.zeros([1])",
        1,
        "missing_variable",
    ),
    Mutant("momentum", "decay", "tf2.py", "velocity.assign(0.5 *", "velocity.assign(0.9 *", 2, "momentum"),
    Mutant(
        "rate in the velocity",
        "decay",
        "tf2.py",
        "velocity.assign(0.5 * velocity + gradient)\n        variable.assign_sub(rate * velocity)",
        "velocity.assign(0.5 * velocity + rate * gradient)\n        variable.assign_sub(velocity)",
        4,
        "momentum",
    ),
    Mutant(
        "clipped by value",
        "decay",
        "tf1.py",
        "tf.clip_by_global_norm(gradients, 1.0)",
        "[tf.clip_by_value(gradient, -1.0, 1.0) for gradient in gradients], 0",
        1,
        "clipping",
    ),
    Mutant("half the rate", "decay", "tf2.py", "ExponentialDecay(0.05", "ExponentialDecay(0.025", 1, "schedule"),
    # pipeline
    Mutant("start of the sums", "pipeline", "tf2.py", "value=0.1", "value=1.0", 1, "accumulator_start"),
    Mutant("the same in TF1", "pipeline", "tf1.py", "value=0.1", "value=0.01", 1, "accumulator_start"),
    Mutant("not shuffled", "pipeline", "tf2.py", ".shuffle(60)", "", 1, "data_order"),
    Mutant("shuffled batches", "pipeline", "tf1.py", "shuffle(60).batch(10)", "batch(10).shuffle(6)", 1, "data_order"),
    Mutant(
        "labels off by one in TF1", "pipeline", "tf1.py", "points, labels)", "points, (labels + 1) % 3)", 1, "labels"
    ),
    Mutant("other batches", "pipeline", "tf2.py", ".batch(10)", ".batch(12)", 1, "batch_size"),
    Mutant("smaller buffer", "pipeline", "tf2.py", ".shuffle(60)", ".shuffle(12)", 1, "data_order"),
    Mutant("standardized", "pipeline", "tf1.py", "(points, labels))", "(points * 2 - 1, labels))", 1, "scale"),
    Mutant(
        "sum in TF1",
        "pipeline",
        "tf1.py",
        "(y, logits)",
        "(y, logits, reduction=tf.losses.Reduction.SUM)",
        1,
        "loss_reduction",
    ),
    Mutant(
        "normal start",
        "pipeline",
        "tf2.py",
        "tf.fill([3], 0.1)",
        "tf.zeros([3])",
        None,
        "initializer",
    ),
)
