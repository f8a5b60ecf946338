"""Streaming metrics in TensorFlow 2: objects that a batch is shown to; Keras' where they compute what TF1's do."""

import tensorflow as tf


class ConfusionMatrix(tf.keras.metrics.Metric):
    """Counts [classes, classes], a row for each true class and a column for each answer."""

    def __init__(self, classes):
        super().__init__()
        self.matrix = self.add_weight(shape=[classes, classes], initializer="zeros", name="confusion")

    def update_state(self, labels, predictions):
        classes = self.matrix.shape[0]
        self.matrix.assign_add(tf.math.confusion_matrix(labels, predictions, classes, dtype=tf.float32))

    def result(self):
        return self.matrix


class SensitivityAtSpecificity(tf.keras.metrics.SensitivityAtSpecificity):
    """The sensitivity where the specificity is nearest to the given one, as TF1 has it.

    Keras takes the greatest sensitivity of all thresholds whose specificity is the given one or more.
    """

    def result(self):
        specificity = self.true_negatives / (self.true_negatives + self.false_positives)
        sensitivity = self.true_positives / (self.true_positives + self.false_negatives)
        return sensitivity[tf.argmin(tf.abs(specificity - self.value))]


class Classification:
    """The metrics for one-hot labels [n, 10] and probabilities [n, 10].

    From sensitivity on, the question is whether an image is the digit ``positive``: yes from a probability of 0.5 on.
    """

    def __init__(self, positive):
        self._positive = positive
        self._matrix = ConfusionMatrix(10)
        self._negatives = tf.keras.metrics.TrueNegatives()
        self._alarms = tf.keras.metrics.FalsePositives()
        recall = tf.keras.metrics.Recall()
        self._of_scores = {
            "sensitivity": recall,
            "precision": tf.keras.metrics.Precision(),
            "recall": recall,
            "sensitivity at specificity 0.95": SensitivityAtSpecificity(0.95),
            "AUC by 200 thresholds": tf.keras.metrics.AUC(),
            "area under precision-recall by 200 thresholds": tf.keras.metrics.AUC(curve="PR"),
        }

    def update(self, y, probabilities):
        """Adds a batch to the counts."""
        self._matrix.update_state(tf.argmax(y, 1), tf.argmax(probabilities, 1))
        for metric in {self._negatives, self._alarms, *self._of_scores.values()}:
            metric.update_state(y[:, self._positive], probabilities[:, self._positive])

    def results(self):
        """Returns name -> value, in TF1's order."""
        matrix = self._matrix.result()
        negatives, alarms = self._negatives.result(), self._alarms.result()
        of_scores = {name: metric.result() for name, metric in self._of_scores.items()}
        found = {
            "confusion matrix": matrix,
            "accuracy": accuracy(matrix),
            "mean accuracy": mean_accuracy(matrix),
            "sensitivity": of_scores.pop("sensitivity"),
            "specificity": negatives / (negatives + alarms),
            **of_scores,
        }
        return {name: value.numpy() for name, value in found.items()}


class Segmentation:
    """The metrics for one-hot labels and probabilities, [n, height, width, classes]; all come from one matrix."""

    def __init__(self, classes):
        self._matrix = ConfusionMatrix(classes)
        self._mean_iou = tf.keras.metrics.MeanIoU(classes)

    def update(self, y, probabilities):
        """Adds a batch to the counts."""
        labels, predictions = tf.reshape(tf.argmax(y, 3), [-1]), tf.reshape(tf.argmax(probabilities, 3), [-1])
        self._matrix.update_state(labels, predictions)
        self._mean_iou.update_state(labels, predictions)

    def results(self):
        """Returns name -> value, in TF1's order."""
        matrix = self._matrix.result()
        right, of_class, said = tf.linalg.diag_part(matrix), tf.reduce_sum(matrix, 1), tf.reduce_sum(matrix, 0)
        iou = right / (of_class + said - right)
        found = {
            "pixel accuracy": accuracy(matrix),
            "mean accuracy": mean_accuracy(matrix),
            "mean IoU": self._mean_iou.result(),
            # The IoU of each class, weighted with its share of the pixels.
            "frequency weighted IoU": tf.reduce_sum(of_class * iou) / tf.reduce_sum(of_class),
        }
        return {name: value.numpy() for name, value in found.items()}


def accuracy(matrix):
    """Returns the share of the examples that are on the diagonal of a confusion matrix."""
    return tf.linalg.trace(matrix) / tf.reduce_sum(matrix)


def mean_accuracy(matrix):
    """Returns the mean over the classes of the share of right answers; 0 for a class without examples, as in TF1."""
    return tf.reduce_mean(tf.math.divide_no_nan(tf.linalg.diag_part(matrix), tf.reduce_sum(matrix, 1)))
