"""``tf.contrib.specs``: networks as expressions, such as ``net = Cr(64, [3, 3]) | Mp([2, 2]) | Flat | Fm(10)``."""

# ruff: noqa: F401, F403 (the names of the API)
from tf1graphs.v1.contrib.specs.params_ops import *
from tf1graphs.v1.contrib.specs.specs import *
from tf1graphs.v1.contrib.specs.specs_lib import *
from tf1graphs.v1.contrib.specs.specs_ops import *
from tf1graphs.v1.contrib.specs.summaries import *
