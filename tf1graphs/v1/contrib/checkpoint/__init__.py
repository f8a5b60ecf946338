"""``tf.contrib.checkpoint``: objects that a ``tf.train.Checkpoint`` tracks, and views of such checkpoints."""

from tensorflow.core.protobuf.trackable_object_graph_pb2 import TrackableObjectGraph as CheckpointableObjectGraph
from tensorflow.python.checkpoint.checkpoint import capture_dependencies, list_objects, object_metadata
from tensorflow.python.checkpoint.checkpoint_management import CheckpointManager
from tensorflow.python.trackable.autotrackable import AutoTrackable as Checkpointable
from tensorflow.python.trackable.base import Trackable as CheckpointableBase
from tensorflow.python.trackable.data_structures import List, Mapping, NoDependency
from tensorflow.python.trackable.python_state import PythonState as PythonStateWrapper

from tf1graphs.v1.contrib.checkpoint._names import UniqueNameTracker
from tf1graphs.v1.contrib.checkpoint._numpy_state import NumpyState
from tf1graphs.v1.contrib.checkpoint._split import split_dependency
from tf1graphs.v1.contrib.checkpoint._visualize import dot_graph_from_checkpoint

__all__ = [
    "CheckpointManager",
    "Checkpointable",
    "CheckpointableBase",
    "CheckpointableObjectGraph",
    "List",
    "Mapping",
    "NoDependency",
    "NumpyState",
    "PythonStateWrapper",
    "UniqueNameTracker",
    "capture_dependencies",
    "dot_graph_from_checkpoint",
    "list_objects",
    "object_metadata",
    "split_dependency",
]
