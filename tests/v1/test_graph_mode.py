"""TF1 and TF2 in one process: any order of imports works, and what cannot live together is refused by name."""

from __future__ import annotations

RUN_A_GRAPH = """
x = tf.placeholder(tf.float32, [None, 2])
y = tf.layers.dense(x, 3)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    print(session.run(y, {x: [[1, 2]]}).shape)
"""


def test_tensorflow_can_be_imported_first(python):
    done = python("-c", "import tensorflow\nimport tf1graphs.v1 as tf" + RUN_A_GRAPH)
    assert done.stdout == "(1, 3)\n", done.stderr


def test_tensorflow_can_be_imported_after(python):
    code = "import tf1graphs.v1 as tf\nimport tensorflow" + RUN_A_GRAPH + "print(tensorflow.__version__)"
    done = python("-c", code)
    assert done.stdout.startswith("(1, 3)\n2."), done.stderr


def test_eager_use_before_is_refused(python):
    done = python("-c", "import tensorflow\ntensorflow.constant(1) + 1\nimport tf1graphs.v1")
    assert done.returncode == 1
    assert "GraphModeError: tf1graphs.v1 turns graph mode on, but TensorFlow 2 operations" in done.stderr


def test_keras_3_is_refused_whichever_is_imported_first(python):
    for imports in ("import tensorflow, tf1graphs.v1", "import tf1graphs.v1, tensorflow"):
        done = python("-c", f"{imports}\ntensorflow.nn.relu\ntensorflow.keras.layers")
        assert done.returncode == 1
        assert "GraphModeError: tensorflow.keras is Keras 3, which needs eager execution" in done.stderr


def test_asking_a_graph_tensor_for_its_value_is_explained(python):
    code = "import tf1graphs.v1, tensorflow\nt = tensorflow.constant(1)\nprint(hasattr(t, 'numpy'))\nt.numpy()"
    done = python("-c", code)
    assert done.stdout == "False\n"
    assert "tensor 'Const:0' has no value before it is run: tf1graphs.v1 has turned graph mode on" in done.stderr


def test_eager_execution_can_be_enabled_as_in_115(python):
    code = "import tf1graphs.v1 as tf\ntf.enable_eager_execution()\nprint((tf.constant(20) + 22).numpy())"
    done = python("-c", code)
    assert done.stdout == "42\n", done.stderr


def test_tensorflow_keeps_its_own_functions_when_it_is_loaded_later(python):
    code = """
import tf1graphs.v1 as tf, tensorflow
print(tensorflow.compat.v1.enable_v2_behavior is tf.enable_v2_behavior, tf.enable_v2_behavior.__name__)
"""
    assert python("-c", code).stdout == "True enable_v2_behavior\n"


def test_drawing_does_not_load_the_rest_of_tensorflow(python):
    code = """
import tf1graphs.v1 as tf
from matplotlib.figure import Figure
Figure().subplots().plot([1.0, 2.0])
import sys, tensorflow
print("keras" in sys.modules, tensorflow.is_tensor(tf.constant(1)), tensorflow.is_tensor(1))
"""
    assert python("-c", code).stdout == "False True False\n"


def test_public_modules_of_tensorflow_are_not_its_internal_packages(python):
    code = "import tf1graphs.v1 as tf\ntf.lite\nimport tensorflow\nprint(tensorflow.lite.__name__)"
    assert python("-c", code).stdout == "tensorflow._api.v2.lite\n"


def test_variables_are_reference_variables_and_shapes_have_dimensions(python):
    code = """
import tf1graphs.v1 as tf
v = tf.get_variable("v", [2, 3])
print(type(v).__name__, type(v.shape[0]).__name__, v == v, tf.executing_eagerly())
"""
    assert python("-c", code).stdout == "RefVariable Dimension True False\n"
