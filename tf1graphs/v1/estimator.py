"""``tf.estimator``, kept by tensorflow_estimator."""

import sys

from tf1graphs.v1._tf_estimator import estimator

sys.modules[__name__] = estimator
