"""Runs the TF1 version of a tutorial from given weights, on ``tf1graphs.v1`` or on TensorFlow 1.15 itself.

Runs on Python 3.7 too, with either module passed as ``tf``.
"""

import contextlib
import functools

import numpy as np

SEEDS = (777, 42)


@contextlib.contextmanager
def same_random_numbers(random_seed):
    """Gives every random op of the block the same seeds, so that dropout masks do not depend on the op's number."""
    original = random_seed.get_seed
    seeds = [SEEDS]

    @functools.wraps(original)
    def get_seed(op_seed):
        # A module that is first imported inside the block keeps this function after it.
        return seeds[0] if seeds else original(op_seed)

    random_seed.get_seed = get_seed
    try:
        yield
    finally:
        seeds.clear()
        random_seed.get_seed = original


def initial_weights(names_and_shapes):
    """Returns name -> weights drawn in the order given, of a size that keeps signals the same from layer to layer.

    With larger ones rounding errors grow at every step until two runs of one program differ. Batch normalization's
    ``gamma`` lies around 1.
    """
    random = np.random.RandomState(0)
    weights = {}
    for name, shape in names_and_shapes:
        inputs = np.prod(shape[:-1])
        scale = 0.1 if len(shape) < 2 else inputs**-0.5
        weights[name] = random.normal(1.0 if name.endswith("gamma") else 0.0, scale, size=shape).astype(np.float32)
    return weights


class Tf1Run:
    """A graph and session of the TF1 version with the initial weights loaded."""

    def __init__(self, tf, tutorial, case):
        from tensorflow.python.framework import random_seed

        self.case = case
        self.graph = tf.Graph()
        with self.graph.as_default(), same_random_numbers(random_seed):
            self.ends = tutorial.build(**case.options)
            self.variables = tf.trainable_variables()
            self.gradients = [tf.gradients(getattr(self.ends, cost), self.variables) for _, cost, _ in case.steps]
            self.saver = tf.train.Saver()
            self.session = tf.Session()
            self.session.run(tf.global_variables_initializer())
        self.names = [variable.op.name for variable in self.variables]
        shapes = [variable.shape.as_list() for variable in self.variables]
        self.initial = initial_weights(list(zip(self.names, shapes)))
        for name, variable in zip(self.names, self.variables):
            variable.load(self.initial[name], self.session)

    def _feed(self, names, values, settings):
        feed = {getattr(self.ends, name): values[name] for name in names}
        feed.update({getattr(self.ends, name): value for name, value in settings.items()})
        return feed

    def train(self, batches):
        """Takes one step per batch; returns the costs, [steps, optimizers]."""
        costs = []
        for batch in batches:
            row = []
            for train_op, cost, names in self.case.steps:
                fetches = [getattr(self.ends, train_op), getattr(self.ends, cost)]
                row.append(self.session.run(fetches, self._feed(names, batch, self.case.settings))[1])
            costs.append(row)
        return np.array(costs)

    def output(self, batch):
        """Returns the model's output for a batch."""
        output, names = self.case.output
        return self.session.run(getattr(self.ends, output), self._feed(names, batch, self.case.evaluation))

    def gradients_of_costs(self, batch):
        """Returns variable name -> gradient of each optimizer's cost, for the variables that it depends on."""
        found = []
        for gradients, (_, _, names) in zip(self.gradients, self.case.steps):
            known = {name: gradient for name, gradient in zip(self.names, gradients) if gradient is not None}
            found.append(self.session.run(known, self._feed(names, batch, self.case.settings)))
        return found

    def weights(self):
        """Returns variable name -> value of the trainable variables."""
        return dict(zip(self.names, self.session.run(self.variables)))
