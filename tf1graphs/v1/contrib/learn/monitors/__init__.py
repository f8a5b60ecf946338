"""``tf.contrib.learn.monitors``: what looks at training as it goes, of before ``tf.train.SessionRunHook``."""

from tf1graphs.v1.contrib.learn.monitors._base import BaseMonitor, StopAtStep
from tf1graphs.v1.contrib.learn.monitors._checkpoint_saver import CheckpointSaver
from tf1graphs.v1.contrib.learn.monitors._every_n import EveryN
from tf1graphs.v1.contrib.learn.monitors._export import ExportMonitor
from tf1graphs.v1.contrib.learn.monitors._graph_dump import GraphDump
from tf1graphs.v1.contrib.learn.monitors._hooks import RunHookAdapterForMonitors, replace_monitors_with_hooks
from tf1graphs.v1.contrib.learn.monitors._nan_loss import NanLoss, NanLossDuringTrainingError
from tf1graphs.v1.contrib.learn.monitors._summaries import StepCounter, SummarySaver, get_default_monitors
from tf1graphs.v1.contrib.learn.monitors._tensors import CaptureVariable, LoggingTrainable, PrintTensor
from tf1graphs.v1.contrib.learn.monitors._validation import ValidationMonitor

__all__ = [
    "BaseMonitor",
    "CaptureVariable",
    "CheckpointSaver",
    "EveryN",
    "ExportMonitor",
    "GraphDump",
    "LoggingTrainable",
    "NanLoss",
    "NanLossDuringTrainingError",
    "PrintTensor",
    "RunHookAdapterForMonitors",
    "StepCounter",
    "StopAtStep",
    "SummarySaver",
    "ValidationMonitor",
    "get_default_monitors",
    "replace_monitors_with_hooks",
]
