"""Metrics of TensorFlow 1 that Keras computes otherwise."""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

# Keras sorts predictions into buckets, whose bounds are rounded otherwise, and adds nothing to the counts.
AUC = Definition(
    "AUC",
    '''\
class AUC(tf.Module):
    """The area under the ROC curve: trapezoids between thresholds that are at equal distances."""

    def __init__(self, num_thresholds=200):
        super().__init__()
        inner = [number / (num_thresholds - 1) for number in range(1, num_thresholds - 1)]
        self.thresholds = tf.constant([-1e-7, *inner, 1 + 1e-7])
        self.true_positives, self.false_positives, self.true_negatives, self.false_negatives = (
            tf.Variable(tf.zeros([num_thresholds]), trainable=False) for _ in range(4)
        )

    def __call__(self, labels, predictions):
        """Counts a batch of labels and probabilities, and returns the area so far."""
        labels = tf.reshape(tf.cast(labels, tf.bool), [1, -1])
        positives = tf.reshape(predictions, [1, -1]) > self.thresholds[:, tf.newaxis]
        for count, found in (
            (self.true_positives, labels & positives),
            (self.false_positives, ~labels & positives),
            (self.true_negatives, ~labels & ~positives),
            (self.false_negatives, labels & ~positives),
        ):
            count.assign_add(tf.reduce_sum(tf.cast(found, tf.float32), axis=1))
        return self.result()

    def result(self):
        x = self.false_positives / (self.false_positives + self.true_negatives + 1e-6)
        y = (self.true_positives + 1e-6) / (self.true_positives + self.false_negatives + 1e-6)
        return tf.reduce_sum((x[:-1] - x[1:]) * (y[:-1] + y[1:]) / 2)

    def reset_state(self):
        for count in self.variables:
            count.assign(tf.zeros_like(count))
''',
)

# The update of 1.15 is the confusion matrix.
MEAN_IOU = Definition(
    "MeanIoU",
    '''\
class MeanIoU(tf.Module):
    """The intersection over the union of labels and predictions: the mean of all classes that occur."""

    def __init__(self, num_classes):
        super().__init__()
        self.confusion = tf.Variable(tf.zeros([num_classes, num_classes], tf.float64), trainable=False)

    def __call__(self, labels, predictions):
        """Counts a batch, and returns how often each class (rows) was taken for each class (columns)."""
        labels, predictions = tf.reshape(labels, [-1]), tf.reshape(predictions, [-1])
        size = self.confusion.shape[0]
        return self.confusion.assign_add(tf.math.confusion_matrix(labels, predictions, size, dtype=tf.float64))

    def result(self):
        counts = tf.cast(self.confusion, tf.float32)
        both = tf.linalg.diag_part(counts)
        either = tf.reduce_sum(counts, axis=0) + tf.reduce_sum(counts, axis=1) - both
        occurring = tf.reduce_sum(tf.cast(either > 0, tf.float32))
        return tf.math.divide_no_nan(tf.reduce_sum(tf.math.divide_no_nan(both, either)), occurring)

    def reset_state(self):
        self.confusion.assign(tf.zeros_like(self.confusion))
''',
)
