"""``tf.contrib.learn``: its data sets, preprocessing, mode keys and runs of a graph.

Its estimators are those of ``tf.estimator`` since 1.3; the older ones are not here.
"""

from tf1graphs.v1.contrib.learn import datasets, preprocessing
from tf1graphs.v1.contrib.learn._graph_actions import infer, run_feeds, run_n
from tf1graphs.v1.contrib.learn._mode_keys import ModeKeys

__all__ = ["ModeKeys", "datasets", "infer", "preprocessing", "run_feeds", "run_n"]
