import tempfile

import numpy as np
import tensorflow as tf

features = np.random.RandomState(3).randn(60, 5).astype(np.float32)
targets = (features[:, :1] * 2 - features[:, 1:2]).astype(np.float32)


def input_fn():
    dataset = tf.data.Dataset.from_tensor_slices(({"x": features}, targets))
    return dataset.shuffle(60).repeat().batch(10).make_one_shot_iterator().get_next()


def model_fn(features, labels, mode, params):
    net = tf.layers.dense(features["x"], 8, activation=tf.nn.tanh, name="hidden")
    predictions = tf.layers.dense(net, 1, name="output")
    loss = tf.losses.mean_squared_error(labels, predictions)
    optimizer = tf.train.AdagradOptimizer(params["rate"])
    train_op = optimizer.minimize(loss, global_step=tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)


estimator = tf.estimator.Estimator(model_fn, model_dir=tempfile.mkdtemp(), params={"rate": 0.1})
estimator.train(input_fn, steps=12)
print("kernel norm %.5f" % np.linalg.norm(estimator.get_variable_value("hidden/kernel")))
