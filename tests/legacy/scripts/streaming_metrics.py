"""tf.metrics over batches: update ops, local variables, reset; confusion matrices and contrib.metrics."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(83)
labels = tf.placeholder(tf.int64, [None])
probabilities = tf.placeholder(tf.float32, [None, 3])
predictions = tf.argmax(probabilities, 1)
positive = tf.equal(labels, 1)

with tf.name_scope('metrics'):
    metrics = {
        'accuracy': tf.metrics.accuracy(labels, predictions),
        'precision': tf.metrics.precision(positive, tf.equal(predictions, 1)),
        'recall': tf.metrics.recall(positive, tf.equal(predictions, 1)),
        'auc': tf.metrics.auc(positive, probabilities[:, 1], num_thresholds=50),
        'auc pr': tf.metrics.auc(positive, probabilities[:, 1], curve='PR', summation_method='careful_interpolation'),
        'mean': tf.metrics.mean(probabilities[:, 0]),
        'mae': tf.metrics.mean_absolute_error(tf.one_hot(labels, 3), probabilities),
        'mse': tf.metrics.mean_squared_error(tf.one_hot(labels, 3), probabilities),
        'rmse': tf.metrics.root_mean_squared_error(tf.one_hot(labels, 3), probabilities),
        'mean iou': tf.metrics.mean_iou(labels, predictions, 3),
        'per class': tf.metrics.mean_per_class_accuracy(labels, predictions, 3),
        'recall at 2': tf.metrics.recall_at_k(labels, probabilities, 2),
        'precision at 2': tf.metrics.precision_at_k(labels, probabilities, 2),
        'sensitivity': tf.metrics.sensitivity_at_specificity(positive, probabilities[:, 1], 0.6),
        'below 0.3': tf.metrics.percentage_below(probabilities[:, 0], 0.3),
        'false negatives': tf.metrics.false_negatives(positive, tf.equal(predictions, 1)),
        'cosine': tf.metrics.mean_cosine_distance(tf.nn.l2_normalize(probabilities, 1), tf.one_hot(labels, 3), dim=1),
        'weighted': tf.metrics.accuracy(labels, predictions, weights=tf.to_float(labels)),
    }
values, updates = tf.contrib.metrics.aggregate_metric_map(metrics)
confusion = tf.confusion_matrix(labels, predictions, num_classes=3)
weighted = tf.confusion_matrix(labels, predictions, 3, dtype=tf.float32, weights=probabilities[:, 0])
f1, f1_update = tf.contrib.metrics.f1_score(positive, probabilities[:, 1], num_thresholds=20)
kappa, kappa_update = tf.contrib.metrics.cohen_kappa(labels, predictions, 3)

with tf.Session() as sess:
    reset = tf.local_variables_initializer()
    for epoch in range(2):
        sess.run(reset)
        total = np.zeros((3, 3), np.int)
        for batch in range(3):
            y = rng.randint(0, 3, 20)
            p = rng.dirichlet([1, 1, 1], 20) + 0.5 * np.eye(3)[y]
            feed = {labels: y, probabilities: p / p.sum(1, keepdims=True)}
            sess.run([list(updates.values()), f1_update, kappa_update], feed)
            total += sess.run(confusion, feed)
        print('epoch', epoch, 'confusion', total.tolist(), 'f1 %.6f kappa %.6f' % tuple(sess.run([f1, kappa])))
    for name in sorted(values):
        print('  %-15s %.6f' % (name, sess.run(values[name])))
    print(sess.run(weighted, feed).tolist())
print(len(tf.local_variables()), [v.name for v in tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)][:4])
print([v.name for v in tf.trainable_variables()])
