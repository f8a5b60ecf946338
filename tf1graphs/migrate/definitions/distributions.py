"""Probability distributions, which have left TensorFlow: tuples of tensors, so that functions can return them.

Each has those of its methods that the program calls.

Source: ``python/ops/distributions`` of 1.15.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

_PROB = """\
    def prob(self, value):
        return tf.exp(self.log_prob(value))
"""
_STDDEV = """\
    def stddev(self):
        return tf.sqrt(self.variance())
"""

NORMAL = Definition(
    "Normal",
    '''\
import math
from typing import NamedTuple

class Normal(NamedTuple):
    """A normal distribution."""

    loc: tf.Tensor
    scale: tf.Tensor
''',
    {
        "sample": '''\
    def sample(self, sample_shape=(), seed=None):
        """Draws samples: [*sample_shape, *shape of the parameters]."""
        sample_shape = tf.reshape(tf.cast(sample_shape, tf.int32), [-1])
        shape = tf.shape(self.loc + self.scale)
        drawn = tf.concat([[tf.reduce_prod(sample_shape)], shape], 0)
        samples = tf.random.normal(drawn, dtype=self.loc.dtype, seed=seed) * self.scale + self.loc
        return tf.reshape(samples, tf.concat([sample_shape, shape], 0))
''',
        "prob": _PROB,
        "log_prob": """\
    def log_prob(self, value):
        normalization = 0.5 * math.log(2 * math.pi) + tf.math.log(self.scale)
        return -0.5 * tf.square((value - self.loc) / self.scale) - normalization
""",
        "entropy": """\
    def entropy(self):
        return 0.5 * math.log(2 * math.pi * math.e) + tf.math.log(self.stddev())
""",
        "mode": """\
    def mode(self):
        return self.mean()
""",
        "mean": """\
    def mean(self):
        return self.loc * tf.ones_like(self.scale)
""",
        "variance": """\
    def variance(self):
        return tf.square(self.stddev())
""",
        "stddev": """\
    def stddev(self):
        return self.scale * tf.ones_like(self.loc)
""",
        "kl_divergence": '''\
    def kl_divergence(self, other):
        """Returns the Kullback-Leibler divergence of another one from this."""
        ratio = tf.square(self.scale) / tf.square(other.scale)
        distance = tf.math.squared_difference(self.loc, other.loc) / (2 * tf.square(other.scale))
        return distance + 0.5 * (ratio - 1 - tf.math.log(ratio))
''',
    },
)

UNIFORM = Definition(
    "Uniform",
    '''\
from typing import NamedTuple

class Uniform(NamedTuple):
    """A uniform distribution over [low, high)."""

    low: tf.Tensor
    high: tf.Tensor
''',
    {
        "sample": '''\
    def sample(self, sample_shape=(), seed=None):
        """Draws samples: [*sample_shape, *shape of the parameters]."""
        sample_shape = tf.reshape(tf.cast(sample_shape, tf.int32), [-1])
        shape = tf.shape(self.low + self.high)
        drawn = tf.concat([[tf.reduce_prod(sample_shape)], shape], 0)
        samples = self.low + (self.high - self.low) * tf.random.uniform(drawn, dtype=self.low.dtype, seed=seed)
        return tf.reshape(samples, tf.concat([sample_shape, shape], 0))
''',
        "log_prob": """\
    def log_prob(self, value):
        return tf.math.log(self.prob(value))
""",
        "prob": """\
    def prob(self, value):
        value = value * tf.ones_like(self.low + self.high)
        density = tf.ones_like(value) / (self.high - self.low)
        inside = tf.where((value < self.low) | (value >= self.high), tf.zeros_like(value), density)
        return tf.where(tf.math.is_nan(value), value, inside)
""",
        "entropy": """\
    def entropy(self):
        return tf.math.log(self.high - self.low)
""",
        "mean": """\
    def mean(self):
        return (self.low + self.high) / 2
""",
        "stddev": _STDDEV,
        "variance": """\
    def variance(self):
        return tf.square(self.high - self.low) / 12
""",
    },
)

BERNOULLI = Definition(
    "Bernoulli",
    '''\
from typing import NamedTuple

class Bernoulli(NamedTuple):
    """A distribution over 0 and 1."""

    logits: tf.Tensor
    probs: tf.Tensor
''',
    {
        "of_logits": """\
    @classmethod
    def of_logits(cls, logits):
        return cls(logits, tf.sigmoid(logits))
""",
        "of_probs": """\
    @classmethod
    def of_probs(cls, probs):
        return cls(tf.math.log(probs) - tf.math.log1p(-probs), probs)
""",
        "sample": '''\
    def sample(self, sample_shape=(), seed=None):
        """Draws samples, int32: [*sample_shape, *shape of the parameters]."""
        sample_shape = tf.reshape(tf.cast(sample_shape, tf.int32), [-1])
        shape = tf.shape(self.probs)
        drawn = tf.concat([[tf.reduce_prod(sample_shape)], shape], 0)
        samples = tf.cast(tf.random.uniform(drawn, dtype=self.probs.dtype, seed=seed) < self.probs, tf.int32)
        return tf.reshape(samples, tf.concat([sample_shape, shape], 0))
''',
        "prob": _PROB,
        "log_prob": """\
    def log_prob(self, value):
        value = tf.cast(value, self.logits.dtype)
        labels, logits = value + tf.zeros_like(self.logits), self.logits + tf.zeros_like(value)
        return -tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
""",
        "entropy": """\
    def entropy(self):
        return -self.logits * (tf.sigmoid(self.logits) - 1) + tf.nn.softplus(-self.logits)
""",
        "mode": """\
    def mode(self):
        return tf.cast(self.probs > 0.5, tf.int32)
""",
        "mean": """\
    def mean(self):
        return self.probs
""",
        "stddev": _STDDEV,
        "variance": """\
    def variance(self):
        return self.probs * (1 - self.probs)
""",
        "kl_divergence": '''\
    def kl_divergence(self, other):
        """Returns the Kullback-Leibler divergence of another one from this."""
        zeros = tf.nn.softplus(-other.logits) - tf.nn.softplus(-self.logits)
        ones = tf.nn.softplus(other.logits) - tf.nn.softplus(self.logits)
        return tf.sigmoid(self.logits) * zeros + tf.sigmoid(-self.logits) * ones
''',
    },
)

CATEGORICAL = Definition(
    "Categorical",
    '''\
from typing import NamedTuple

class Categorical(NamedTuple):
    """A distribution over classes, of which there are as many as the parameters have last."""

    logits: tf.Tensor
    probs: tf.Tensor
''',
    {
        "of_logits": """\
    @classmethod
    def of_logits(cls, logits):
        return cls(logits, tf.nn.softmax(logits))
""",
        "of_probs": """\
    @classmethod
    def of_probs(cls, probs):
        return cls(tf.math.log(probs), probs)
""",
        "sample": '''\
    def sample(self, sample_shape=(), seed=None):
        """Draws samples, int32: [*sample_shape, *shape of the parameters without the last axis]."""
        sample_shape = tf.reshape(tf.cast(sample_shape, tf.int32), [-1])
        shape = tf.shape(self.logits)
        rows = tf.reshape(self.logits, [-1, shape[-1]])
        samples = tf.random.categorical(rows, tf.reduce_prod(sample_shape), tf.int32, seed)
        return tf.reshape(tf.transpose(samples), tf.concat([sample_shape, shape[:-1]], 0))
''',
        "prob": _PROB,
        "log_prob": """\
    def log_prob(self, value):
        labels = tf.cast(value, tf.int32) + tf.zeros_like(self.logits[..., 0], tf.int32)
        logits = self.logits + tf.zeros_like(labels, self.logits.dtype)[..., tf.newaxis]
        return -tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
""",
        "entropy": """\
    def entropy(self):
        return -tf.reduce_sum(tf.nn.log_softmax(self.logits) * self.probs, -1)
""",
        "mode": """\
    def mode(self):
        return tf.argmax(self.logits, -1, tf.int32)
""",
        "kl_divergence": '''\
    def kl_divergence(self, other):
        """Returns the Kullback-Leibler divergence of another one from this."""
        difference = tf.nn.log_softmax(self.logits) - tf.nn.log_softmax(other.logits)
        return tf.reduce_sum(tf.nn.softmax(self.logits) * difference, -1)
''',
    },
)

ALL = {each.name: each for each in (NORMAL, UNIFORM, BERNOULLI, CATEGORICAL)}
