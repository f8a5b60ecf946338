"""Learning-rate schedules that Keras does not have.

Source: ``tensorflow/python/keras/optimizer_v2/learning_rate_schedule.py`` of 1.15.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

LINEAR_COSINE_DECAY = Definition(
    "linear_cosine_decay",
    '''\
def linear_cosine_decay(learning_rate, step, decay_steps, num_periods=0.5, alpha=0.0, beta=0.001):
    """Lets the learning rate fall along a line times a cosine (Bello et al., 2017)."""
    done = tf.minimum(tf.cast(step, tf.float32) / decay_steps, 1.0)
    cosine = 0.5 * (1.0 + tf.cos(2.0 * 3.141592653589793 * num_periods * done))
    return learning_rate * ((alpha + 1.0 - done) * cosine + beta)
''',
)
