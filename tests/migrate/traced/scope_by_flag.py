"""Options of the command line name a scope, and choose what is trained in it."""

import argparse

import numpy as np
import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument("--scope", default="critic")
parser.add_argument("--clip", type=float, default=1.0)
parser.add_argument("--summarize", action="store_true")
args = parser.parse_args()

rng = np.random.RandomState(1)
data = rng.rand(16, 3).astype("float32")

x = tf.placeholder(tf.float32, [None, 3])
with tf.variable_scope("base"):
    features = tf.layers.dense(x, 4, activation=tf.nn.relu)
with tf.variable_scope(args.scope):
    value = tf.layers.dense(features, 1)
loss = tf.reduce_mean(tf.square(value - 1.0))
own = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope=args.scope)
gradients = tf.gradients(loss, own)
if args.clip:
    gradients, norm = tf.clip_by_global_norm(gradients, args.clip)
train = tf.train.GradientDescentOptimizer(0.1).apply_gradients(zip(gradients, own))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(10):
        _, now = sess.run([train, loss], {x: data})
        print(step, now)
