"""An eager-style Network of 2017: track_layer, nested networks, implicit gradients, network checkpoints."""
from __future__ import print_function

import os
import shutil
import tempfile

import numpy as np
import tensorflow as tf

tfe = tf.contrib.eager
tf.enable_eager_execution()


class Block(tfe.Network):
    def __init__(self, units, seed):
        super(Block, self).__init__()
        init = tf.glorot_uniform_initializer(seed=seed)
        self.dense = self.track_layer(tf.layers.Dense(units, activation=tf.nn.tanh, kernel_initializer=init))
        self.gate = self.track_layer(tf.layers.Dense(units, activation=tf.sigmoid, kernel_initializer=init))

    def call(self, inputs):
        return self.dense(inputs) * self.gate(inputs)


class Model(tfe.Network):
    def __init__(self, name="model"):
        super(Model, self).__init__(name=name)
        self.blocks = [self.track_layer(Block(8, seed)) for seed in (1, 2)]
        self.head = self.track_layer(tf.layers.Dense(1, name="head", kernel_initializer=tf.zeros_initializer()))

    def call(self, inputs):
        for block in self.blocks:
            inputs = block(inputs)
        return self.head(inputs)


def loss(model, x, y):
    return tf.reduce_mean(tf.square(model(x) - y))


def main():
    rng = np.random.RandomState(0)
    x = tf.constant(rng.uniform(-1, 1, (32, 2)), tf.float32)
    y = tf.reduce_sum(x, 1, keep_dims=True) * x[:, :1]
    model = Model()
    optimizer = tf.train.AdamOptimizer(0.05)
    value_and_gradients = tfe.implicit_value_and_gradients(loss)
    for step in range(40):
        value, gradients = value_and_gradients(model, x, y)
        optimizer.apply_gradients(gradients)
        if step % 10 == 0:
            print("step %d loss %.4f" % (step, value.numpy()))
    print("final loss %.4f" % loss(model, x, y).numpy())
    for variable in model.variables:
        print(variable.name, variable.shape, "%.4f" % np.abs(variable.numpy()).mean())
    folder = tempfile.mkdtemp()
    try:
        path = tfe.save_network_checkpoint(model, folder, global_step=40)
        print("saved", os.path.basename(path), sorted(name for name, _ in tf.train.list_variables(path)))
        other = Model("other")
        tfe.restore_network_checkpoint(other, path)
        print("restored loss %.4f" % loss(other, x, y).numpy())
    finally:
        shutil.rmtree(folder)
    layers = [tf.layers.Dense(4, kernel_initializer=tf.ones_initializer()), tf.nn.relu, tf.layers.Dropout(0.5)]
    stack = tfe.Sequential(layers)
    print("sequential", stack(x, training=False).numpy().sum().round(3), [v.name for v in stack.variables])


if __name__ == "__main__":
    main()
