"""``tf.compat.v1`` of 1.15 is the API itself."""

import sys

sys.modules[__name__] = sys.modules["tf1graphs.v1"]
