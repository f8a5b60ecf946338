"""``tf.contrib.eager``: eager execution, as ``import tensorflow.contrib.eager as tfe``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.checkpoint.checkpoint import CheckpointV1 as Checkpoint
from tensorflow.python.eager.backprop import GradientTape, gradients_function
from tensorflow.python.eager.backprop import implicit_grad as implicit_gradients
from tensorflow.python.eager.backprop import implicit_val_and_grad as implicit_value_and_gradients
from tensorflow.python.eager.backprop import val_and_grad_function as value_and_gradients_function
from tensorflow.python.eager.context import (
    ASYNC,
    DEVICE_PLACEMENT_EXPLICIT,
    DEVICE_PLACEMENT_SILENT,
    DEVICE_PLACEMENT_WARN,
    SYNC,
    async_clear_error,
    async_wait,
    executing_eagerly,
    execution_mode,
    num_gpus,
    set_execution_mode,
    set_server_def,
)
from tensorflow.python.eager.polymorphic_function.polymorphic_function import function
from tensorflow.python.eager.remote import connect_to_remote_host
from tensorflow.python.framework.ops import eager_run as run
from tensorflow.python.framework.ops import enable_eager_execution
from tensorflow.python.framework.ops import enable_eager_execution_internal as enable_remote_eager_execution
from tensorflow.python.framework.tensor_spec import TensorSpec
from tensorflow.python.ops.custom_gradient import custom_gradient
from tensorflow.python.ops.resource_variable_ops import ResourceVariable as Variable
from tensorflow.python.ops.script_ops import eager_py_func as py_func
from tensorflow.python.ops.template import make_template_internal as make_template
from tensorflow.python.ops.variable_scope import EagerVariableStore
from tensorflow.python.trackable.autotrackable import AutoTrackable as Checkpointable

from tf1graphs.v1.config import experimental_list_devices as list_devices
from tf1graphs.v1.contrib.eager import metrics
from tf1graphs.v1.contrib.eager._callbacks import (
    ExecutionCallback,
    add_execution_callback,
    clear_execution_callbacks,
    errstate,
    inf_callback,
    inf_nan_callback,
    nan_callback,
    seterr,
)
from tf1graphs.v1.contrib.eager._defun import defun
from tf1graphs.v1.contrib.eager._iterator import Iterator
from tf1graphs.v1.contrib.eager._network import Network, Sequential
from tf1graphs.v1.contrib.eager._network_checkpoint import restore_network_checkpoint, save_network_checkpoint
from tf1graphs.v1.contrib.eager._saver import Saver, get_optimizer_variables, restore_variables_on_create

__all__ = [
    "ASYNC",
    "Checkpoint",
    "Checkpointable",
    "DEVICE_PLACEMENT_EXPLICIT",
    "DEVICE_PLACEMENT_SILENT",
    "DEVICE_PLACEMENT_WARN",
    "EagerVariableStore",
    "ExecutionCallback",
    "GradientTape",
    "Iterator",
    "Network",
    "SYNC",
    "Saver",
    "Sequential",
    "TensorSpec",
    "Variable",
    "add_execution_callback",
    "async_clear_error",
    "async_wait",
    "clear_execution_callbacks",
    "connect_to_remote_host",
    "custom_gradient",
    "defun",
    "enable_eager_execution",
    "enable_remote_eager_execution",
    "errstate",
    "executing_eagerly",
    "execution_mode",
    "function",
    "get_optimizer_variables",
    "gradients_function",
    "implicit_gradients",
    "implicit_value_and_gradients",
    "in_eager_mode",
    "inf_callback",
    "inf_nan_callback",
    "list_devices",
    "make_template",
    "metrics",
    "nan_callback",
    "num_gpus",
    "py_func",
    "restore_network_checkpoint",
    "restore_variables_on_create",
    "run",
    "run_all_tests_in_graph_and_eager_modes",
    "run_test_in_graph_and_eager_modes",
    "save_network_checkpoint",
    "set_execution_mode",
    "set_server_def",
    "seterr",
    "value_and_gradients_function",
]

in_eager_mode = executing_eagerly


def run_test_in_graph_and_eager_modes(
    func: Any = None,
    config: Any = None,
    use_gpu: bool = True,
    reset_test: bool = True,
    assert_no_eager_garbage: bool = False,
) -> Any:
    """Lets a test method of a ``tf.test.TestCase`` run in a graph and eagerly."""
    from tensorflow.python.framework import test_util

    del reset_test  # Today's test_util always runs setUp and tearDown between the two.
    return test_util.run_in_graph_and_eager_modes(
        func, config=config, use_gpu=use_gpu, assert_no_eager_garbage=assert_no_eager_garbage
    )


def run_all_tests_in_graph_and_eager_modes(cls: Any) -> Any:
    """Lets every test method of a ``tf.test.TestCase`` run in a graph and eagerly."""
    from tensorflow.python.framework import test_util

    return test_util.run_all_in_graph_and_eager_modes(cls)
