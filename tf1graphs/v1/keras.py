"""``tf.keras``: Keras 2 with TF1's defaults, kept by tf-keras."""

import sys

from tf1graphs.v1._tf_keras import keras

sys.modules[__name__] = keras
