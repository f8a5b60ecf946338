import numpy as np
import tensorflow as tf


def model_fn(features, labels, mode):
    logits = tf.layers.dense(features["x"], 2)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)


rng = np.random.RandomState(30)
inputs = {"x": rng.randn(20, 3).astype(np.float32)}
input_fn = tf.estimator.inputs.numpy_input_fn(inputs, rng.randint(2, size=20), batch_size=5, shuffle=False)
classifier = tf.estimator.Estimator(model_fn)
classifier.train(input_fn, steps=4)
