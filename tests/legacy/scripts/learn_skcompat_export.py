"""Logistic regression of tf.contrib.learn through SKCompat on arrays; its export, loaded and asked as servers did."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.learn.python.learn.utils import input_fn_utils

learn = tf.contrib.learn
tf.logging.set_verbosity(tf.logging.ERROR)

rng = np.random.RandomState(21)
x = rng.randn(300, 4).astype(np.float32)
y = (1 / (1 + np.exp(-x.dot([2.0, -1.0, 0.5, 0.0]))) > rng.rand(300)).astype(np.float32)


def logistic_model_fn(features, labels, mode):
    inputs = features['x'] if isinstance(features, dict) else features
    w = tf.get_variable('w', [4, 1], initializer=tf.zeros_initializer())
    b = tf.get_variable('b', [1], initializer=tf.zeros_initializer())
    logits = tf.squeeze(tf.matmul(inputs, w) + b, [1])
    predictions = tf.sigmoid(logits)
    if mode == learn.ModeKeys.INFER:
        return predictions, None, None
    loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits))
    train_op = tf.contrib.layers.optimize_loss(loss, tf.train.get_global_step(), 0.5, 'SGD')
    return predictions, loss, train_op


regressor = learn.LogisticRegressor(
    logistic_model_fn, thresholds=[0.3, 0.5], config=learn.RunConfig(tf_random_seed=2), model_dir=tempfile.mkdtemp())
sk = learn.SKCompat(regressor)
sk.fit(x[:200], y[:200], batch_size=50, steps=60)
scores = sk.score(x[200:], y[200:], batch_size=100)
for name in sorted(scores):
    print('%s %.6f' % (name, scores[name]))
probabilities = sk.predict(x[200:])
print(probabilities.shape, '%.5f' % probabilities.sum(), [round(float(p), 5) for p in probabilities[:4]])
print('weights', [round(float(v), 5) for v in regressor.get_variable_value('w')[:, 0]])
print(sorted(sk.get_params()))


feature_spec = {'x': tf.FixedLenFeature([4], tf.float32)}
serving_input_fn = input_fn_utils.build_parsing_serving_input_fn(feature_spec)


def serialized(row):
    example = tf.train.Example(features=tf.train.Features(feature={
        'x': tf.train.Feature(float_list=tf.train.FloatList(value=row))}))
    return example.SerializeToString()


base = tempfile.mkdtemp()
export_dir = regressor.export_savedmodel(base, serving_input_fn)
print(sorted(os.listdir(export_dir)))
with tf.Session(graph=tf.Graph()) as sess:
    meta_graph = tf.saved_model.loader.load(sess, [tf.saved_model.tag_constants.SERVING], export_dir)
    for key in sorted(meta_graph.signature_def):
        signature = meta_graph.signature_def[key]
        print(key, signature.method_name, sorted(signature.inputs), sorted(signature.outputs))
    default = meta_graph.signature_def['serving_default']
    out = sess.run(list(default.outputs.values())[0].name, {list(default.inputs.values())[0].name: [serialized(row) for row in x[:3]]})
    print([round(float(p), 5) for p in out])

predict = tf.contrib.predictor.from_saved_model(export_dir.decode())
served = predict({'inputs': [serialized(row) for row in x[:2]]})
print({key: [round(float(p), 5) for p in value] for key, value in served.items()})

svm_like = learn.LinearClassifier(
    feature_columns=learn.infer_real_valued_columns_from_input(x), config=learn.RunConfig(tf_random_seed=2))
svm_like.fit(x, y.astype(np.int32), batch_size=300, steps=20)
print('accuracy %.4f' % svm_like.evaluate(x, y.astype(np.int32), steps=1)['accuracy'])
print(sum(svm_like.predict(x, batch_size=64)), svm_like.predict(x[:5], as_iterable=False).tolist())
