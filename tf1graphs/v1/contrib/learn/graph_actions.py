"""``graph_actions``: training, evaluation and other runs of a graph, of before the estimators."""

from tensorflow.python.summary.writer.writer_cache import FileWriterCache

from tf1graphs.v1.contrib.learn._evaluation import evaluate
from tf1graphs.v1.contrib.learn._feeds import infer, run_feeds, run_feeds_iter, run_n
from tf1graphs.v1.contrib.learn._training import train

clear_summary_writers = FileWriterCache.clear
get_summary_writer = FileWriterCache.get

__all__ = [
    "clear_summary_writers",
    "evaluate",
    "get_summary_writer",
    "infer",
    "run_feeds",
    "run_feeds_iter",
    "run_n",
    "train",
]
