"""Normalization layers of TensorFlow 1 that Keras computes otherwise."""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

# The fused op of 1.15 averages n / (n - 1) times the variance that it normalizes with; Keras averages that variance.
BATCH_NORMALIZATION = Definition(
    "BatchNormalization",
    '''\
class BatchNormalization(tf.keras.layers.BatchNormalization):
    """Batch normalization whose moving variance is that of a sample (n - 1) for inputs of some ranks."""

    def __init__(self, sample_ranks=(4,), **options):
        super().__init__(**options)
        self.sample_ranks = sample_ranks

    def call(self, inputs, training=False):
        """Normalizes by the moments of the batch if training, which may be a tensor, else by the moving ones."""
        if tf.is_tensor(training):
            return tf.cond(training, lambda: self.call(inputs, True), lambda: self.call(inputs, False))
        kept = self.momentum * self.moving_variance
        outputs = super().call(inputs, training=training)
        if training and inputs.shape.rank in self.sample_ranks:
            n = tf.cast(tf.size(inputs) / tf.size(kept), kept.dtype)
            self.moving_variance.assign_add((self.moving_variance - kept) / tf.maximum(n - 1, 1))
        return outputs
''',
)

# Keras has one set of axes both for the moments and for beta and gamma.
LAYER_NORM = Definition(
    "LayerNorm",
    '''\
class LayerNorm(tf.keras.layers.Layer):
    """Layer normalization over all axes from one on, with beta and gamma for those from another on."""

    def __init__(self, center=True, scale=True, begin_norm_axis=1, begin_params_axis=-1, **options):
        super().__init__(**options)
        self.center, self.scale = center, scale
        self.begin_norm_axis, self.begin_params_axis = begin_norm_axis, begin_params_axis

    def build(self, shape):
        """Creates beta and gamma."""
        size = shape[self.begin_params_axis :]
        self.beta = self.add_weight(name="beta", shape=size, initializer="zeros") if self.center else None
        self.gamma = self.add_weight(name="gamma", shape=size, initializer="ones") if self.scale else None

    def call(self, inputs):
        """Normalizes each example by its own moments."""
        axes = list(range(inputs.shape.rank))[self.begin_norm_axis :]
        mean, variance = tf.nn.moments(inputs, axes, keepdims=True)
        return tf.nn.batch_normalization(inputs, mean, variance, self.beta, self.gamma, 1e-12)
''',
)
