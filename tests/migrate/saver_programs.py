"""Programs that train, save and go on; ``tests/oracle/record_migrate_savers.py`` runs them on TensorFlow 1.15."""

# ``RESTORED`` is a checkpoint or None, ``FOLDER`` takes those that are written, ``STEPS`` is how long it trains.
_PROGRAM = """
import numpy as np
import tensorflow as tf

data = np.linspace(-1, 1, 12).reshape(4, 3)
x = tf.placeholder(tf.float32, [None, 3], name="x")
w = tf.Variable(tf.random_normal([3, 4]), name="w")
with tf.variable_scope("net"):
    hidden = tf.layers.dense({features}, 5, tf.nn.tanh)
    outputs = tf.layers.dense(hidden, 2)
loss = tf.reduce_mean(tf.square(outputs - 1))
step = tf.Variable(0, trainable=False, name="global_step")
rate = tf.placeholder(tf.float32, [])
train = tf.train.{optimizer}.minimize(loss, global_step=step)
saver = tf.train.Saver()
sess = tf.Session()
sess.run(tf.global_variables_initializer())
if RESTORED:
    saver.restore(sess, RESTORED)
losses = []
for _ in range(STEPS):
    sess.run(train, {{x: data, rate: 0.05}})
    losses.append(sess.run(loss, {{x: data}}))
    saved = saver.save(sess, FOLDER + "/model", global_step=step)
"""
_DENSE = "tf.matmul(x, w)"
_ROWS = "tf.nn.embedding_lookup(w, [0, 2, 0, 1]) + x[:, :1]"
_OPTIMIZERS = {
    "sgd": (_DENSE, "GradientDescentOptimizer(0.1)"),
    "adam": (_DENSE, "AdamOptimizer(0.05)"),
    "adam of another name": (_DENSE, "AdamOptimizer(0.05, beta2=0.9, name='Solver')"),
    "adam for rows": (_ROWS, "AdamOptimizer(0.05)"),
    "rmsprop": (_DENSE, "RMSPropOptimizer(0.05, momentum=0.5)"),
    "centered rmsprop": (_DENSE, "RMSPropOptimizer(0.01, momentum=0.5, centered=True)"),
    "momentum": (_DENSE, "MomentumOptimizer(rate, 0.9)"),
    "adagrad": (_DENSE, "AdagradOptimizer(0.1)"),
    "adagrad for rows": (_ROWS, "AdagradOptimizer(0.1)"),
    "adadelta": (_DENSE, "AdadeltaOptimizer(1.0)"),
    "adadelta for rows": (_ROWS, "AdadeltaOptimizer(1.0)"),
    "ftrl": (_DENSE, "FtrlOptimizer(0.1)"),
    "ftrl for rows": (_ROWS, "FtrlOptimizer(0.1)"),
    "proximal adagrad": (_DENSE, "ProximalAdagradOptimizer(0.1)"),
}

_FUNCTIONS = """
import numpy as np
import tensorflow as tf


def layer(x, size, name):
    with tf.variable_scope(name):
        scale = tf.get_variable("scale", [], initializer=tf.ones_initializer())
        return tf.layers.batch_normalization(tf.layers.dense(x * scale, size, tf.nn.tanh))


data = np.linspace(-1, 1, 12).reshape(4, 3)
x = tf.placeholder(tf.float32, [None, 3])
outputs = layer(layer(x, 4, "one"), 4, "two")
loss = tf.reduce_mean(tf.square(outputs - 1))
step = tf.Variable(0, trainable=False, name="global_step")
with tf.name_scope("training"):
    train = tf.train.AdamOptimizer(0.05).minimize(loss, global_step=step)
saver = tf.train.Saver()
sess = tf.Session()
sess.run(tf.global_variables_initializer())
if RESTORED:
    saver.restore(sess, RESTORED)
losses = []
for _ in range(STEPS):
    sess.run(train, {x: data})
    losses.append(sess.run(loss, {x: data}))
    saved = saver.save(sess, FOLDER + "/model", global_step=step)
"""
_OBJECT = """
import numpy as np
import tensorflow as tf


class Model:
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 3])
        self.step = tf.Variable(0, trainable=False, name="global_step")
        self.w = tf.Variable(tf.random_normal([3, 4]), name="w")
        outputs = tf.layers.dense(tf.matmul(self.x, self.w), 5)
        self.loss = tf.reduce_mean(tf.square(outputs - 1))
        self.train = tf.train.AdamOptimizer(0.05).minimize(self.loss, global_step=self.step)
        self.saver = tf.train.Saver()
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

    def load(self, path):
        self.saver.restore(self.sess, path)

    def fit(self, data):
        self.sess.run(self.train, {self.x: data})
        return self.sess.run(self.loss, {self.x: data})

    def save(self, path):
        return self.saver.save(self.sess, path, global_step=self.step)


data = np.linspace(-1, 1, 12).reshape(4, 3)
model = Model()
step = model.step
if RESTORED:
    model.load(RESTORED)
losses = []
for _ in range(STEPS):
    losses.append(model.fit(data))
    saved = model.save(FOLDER + "/model")
"""
PROGRAMS = {
    "functions": _FUNCTIONS,
    "an object": _OBJECT,
}
for _name, (_features, _optimizer) in _OPTIMIZERS.items():
    PROGRAMS[_name] = _PROGRAM.format(features=_features, optimizer=_optimizer)
