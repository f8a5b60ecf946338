"""Streaming metrics as graph ops: each is a value and an op that adds a batch to the counts in local variables."""

import tf1graphs.v1 as tf


def _confusion_matrix(labels, predictions, classes):
    matrix = tf.Variable(
        tf.zeros([classes, classes]), trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES], name="confusion"
    )
    return matrix, tf.assign_add(matrix, tf.confusion_matrix(labels, predictions, classes, dtype=tf.float32))


def classification(Y, probabilities, positive):
    """Returns name -> (value, update op) for one-hot labels [n, 10] and probabilities [n, 10].

    From sensitivity on, the question is whether an image is the digit ``positive``: yes from a probability of 0.5 on.
    """
    labels, predictions = tf.argmax(Y, 1), tf.argmax(probabilities, 1)
    is_positive, score = Y[:, positive] > 0.5, probabilities[:, positive]
    says_positive = score > 0.5
    negatives, add_negatives = tf.metrics.true_negatives(is_positive, says_positive)
    alarms, add_alarms = tf.metrics.false_positives(is_positive, says_positive)
    recall = tf.metrics.recall(is_positive, says_positive)
    return {
        "confusion matrix": _confusion_matrix(labels, predictions, 10),
        "accuracy": tf.metrics.accuracy(labels, predictions),
        "mean accuracy": tf.metrics.mean_per_class_accuracy(labels, predictions, 10),
        "sensitivity": recall,
        "specificity": (negatives / (negatives + alarms), tf.group(add_negatives, add_alarms)),
        "precision": tf.metrics.precision(is_positive, says_positive),
        "recall": recall,
        "sensitivity at specificity 0.95": tf.metrics.sensitivity_at_specificity(is_positive, score, 0.95),
        "AUC by 200 thresholds": tf.metrics.auc(is_positive, score),
        "area under precision-recall by 200 thresholds": tf.metrics.auc(
            is_positive, score, curve="PR", summation_method="careful_interpolation"
        ),
    }


def segmentation(Y, probabilities):
    """Returns name -> (value, update op) for one-hot labels and probabilities, [n, height, width, classes]."""
    classes = Y.shape[-1].value
    labels, predictions = tf.reshape(tf.argmax(Y, 3), [-1]), tf.reshape(tf.argmax(probabilities, 3), [-1])
    matrix, add_pixels = _confusion_matrix(labels, predictions, classes)
    right, of_class, said = tf.diag_part(matrix), tf.reduce_sum(matrix, 1), tf.reduce_sum(matrix, 0)
    iou = right / (of_class + said - right)
    return {
        "pixel accuracy": tf.metrics.accuracy(labels, predictions),
        "mean accuracy": tf.metrics.mean_per_class_accuracy(labels, predictions, classes),
        "mean IoU": tf.metrics.mean_iou(labels, predictions, classes),
        # No function of tf.metrics: the IoU of each class, weighted with its share of the pixels.
        "frequency weighted IoU": (tf.reduce_sum(of_class * iou) / tf.reduce_sum(of_class), add_pixels),
    }
