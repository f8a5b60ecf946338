"""Several answers become one: probabilities of shape [members, images, classes] become [images, classes]."""

import itertools

import numpy as np


def average(probabilities):
    """Returns the mean over the members."""
    return np.mean(probabilities, axis=0)


def weigh(probabilities, weights):
    """Returns the sum over the members, each times its weight."""
    return np.tensordot(weights, probabilities, axes=1)


def vote(probabilities):
    """Returns the number of votes of each class; among classes with as many, the likelier one has a little more."""
    classes = np.shape(probabilities)[-1]
    votes = np.eye(classes)[np.argmax(probabilities, axis=-1)].sum(axis=0)
    return votes + 0.5 * average(probabilities)


def choose_weights(probabilities, labels, parts=20):
    """Returns the weights with the smallest cross entropy, of all that are multiples of 1 / ``parts`` and sum to 1.

    Args:
        probabilities: of the validation set, [members, images, classes]; the test set must have no say in this.
        labels: one-hot, [images, classes].
        parts: how finely the weights are tried.
    """
    # Of each image only the probability of its true class counts.
    of_truth = np.sum(probabilities * labels, axis=-1)
    shares = itertools.product(range(parts + 1), repeat=len(of_truth))
    choices = [np.array(share) / parts for share in shares if sum(share) == parts]
    return min(choices, key=lambda weights: -np.mean(np.log(weights @ of_truth + 1e-12)))


def accuracy(answers, labels):
    """Returns the share of images whose largest answer is at the label."""
    return np.mean(np.argmax(answers, axis=-1) == np.argmax(labels, axis=-1))
