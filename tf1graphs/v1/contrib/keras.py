"""``tf.contrib.keras``, which became ``tf.keras``."""

import sys

from tf1graphs.v1._tf_keras import keras

sys.modules[__name__] = keras
