"""enable_eager_execution: GradientTape, a Keras subclass, tf.data in a for loop, apply_gradients, checkpoints."""
from __future__ import absolute_import, division, print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

tf.enable_eager_execution()
tf.set_random_seed(27)

print('eager:', tf.executing_eagerly(), tf.add(1, 2).numpy(), (tf.constant([[1, 2]]) * 2).numpy().tolist())


class Network(tf.keras.Model):
    def __init__(self):
        super(Network, self).__init__()
        self.hidden = tf.keras.layers.Dense(6, activation=tf.nn.tanh)
        self.out = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.out(self.hidden(x))


def loss_fn(model, x, y):
    return tf.losses.mean_squared_error(labels=y, predictions=model(x))


rng = np.random.RandomState(27)
xs = rng.uniform(-1, 1, (48, 2)).astype(np.float32)
ys = (xs[:, :1] * xs[:, 1:]).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices((xs, ys)).shuffle(48, seed=2).batch(16)

model = Network()
optimizer = tf.train.AdamOptimizer(learning_rate=0.05)
global_step = tf.train.get_or_create_global_step()
for epoch in range(4):
    epoch_loss = []
    for x, y in dataset:
        with tf.GradientTape() as tape:
            loss = loss_fn(model, x, y)
        grads = tape.gradient(loss, model.variables)
        optimizer.apply_gradients(zip(grads, model.variables), global_step=global_step)
        epoch_loss.append(loss.numpy())
    print('epoch %d step %d loss %s' % (epoch, global_step.numpy(), ['%.6f' % l for l in epoch_loss]))

checkpoint = tf.train.Checkpoint(model=model, optimizer=optimizer, step=global_step)
path = checkpoint.save(os.path.join(tempfile.mkdtemp(), 'ckpt'))
before = model(xs[:3]).numpy().ravel().tolist()
model.out.bias.assign([100.0])
checkpoint.restore(path)
print('restored', before == model(xs[:3]).numpy().ravel().tolist(), os.path.basename(path), before)

x = tf.Variable(3.0)
with tf.GradientTape(persistent=True) as tape:
    y = x * x
    with tape.stop_recording():
        hidden = x * 100.
    z = y * y + hidden
print('gradients', tape.gradient(z, x).numpy(), tape.gradient(y, x).numpy())
while x > 1:
    x.assign_sub(0.75)
print('x', x.numpy(), [int(i) for i in tf.range(3)])
