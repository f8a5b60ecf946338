"""How lost attributes come back: when their module is imported, by every path, and only then."""

from __future__ import annotations

import subprocess
import sys

import h5py
import numpy as np
import pytest

import tf1graphs.v1 as tf
from tf1graphs.v1 import _restored


def test_nothing_is_imported_for_it():
    heavy = "'tf_keras', 'tensorflow_estimator', 'tensorflow.lite.python.lite', 'h5py'"
    program = f"import sys, tf1graphs.v1; print(sorted({{{heavy}}} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"


def test_modules_are_completed_before_and_after_they_are_imported():
    # The tensors' module is loaded by then, the layers' module is not.
    program = "import tf1graphs.v1 as tf; print(hasattr(tf.Tensor, 'op'), hasattr(tf.keras.layers.Dense, 'apply'))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "True True"


@pytest.mark.parametrize("name", _restored.NAMES)
def test_every_name_is_there_by_attribute(name):
    value: object = tf
    for part in name.split("."):
        value = getattr(value, part)
    assert value is not None


def test_dropped_names_and_modules_of_keras_are_imported_by_path():
    from tf1graphs.v1.keras.experimental import PeepholeLSTMCell
    from tf1graphs.v1.keras.wrappers.scikit_learn import KerasClassifier as same_classifier
    from tf_keras.api._v1.keras.experimental import LinearCosineDecay
    from tf_keras.api._v1.keras.wrappers.scikit_learn import KerasClassifier

    assert KerasClassifier is same_classifier is tf.keras.wrappers.scikit_learn.KerasClassifier
    assert LinearCosineDecay is tf.keras.experimental.LinearCosineDecay
    assert PeepholeLSTMCell is tf.keras.experimental.PeepholeLSTMCell


def test_an_unknown_name_of_keras_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = tf.keras.utils.no_such_name


def test_an_eager_tensor_still_refuses_a_graph_attribute():
    from tensorflow.python.eager import context

    with context.eager_mode(), pytest.raises(AttributeError):
        _ = tf.constant(1).op


@pytest.fixture
def rows(tmp_path) -> str:
    path = str(tmp_path / "rows.h5")
    with h5py.File(path, "w") as file:
        file["x"] = np.arange(12.0).reshape(6, 2)
    return path


def test_hdf5_matrix_reads_a_part_of_the_rows(rows):
    matrix = tf.keras.utils.HDF5Matrix(rows, "x", start=1, end=5, normalizer=lambda x: x * 10)
    assert (len(matrix), matrix.shape, matrix.ndim, matrix.size, matrix.dtype) == (4, (4, 2), 2, 8, np.float64)
    assert matrix[0].tolist() == [20.0, 30.0]
    assert matrix[1:3].tolist() == [[40.0, 50.0], [60.0, 70.0]]
    assert matrix[:].shape == (4, 2)
    assert matrix[[0, 3]].tolist() == matrix[np.array([0, 3])].tolist() == [[20.0, 30.0], [80.0, 90.0]]
    for past in (4, slice(0, 5), [1, 4]):
        with pytest.raises(IndexError):
            matrix[past]


def test_hdf5_matrix_feeds_a_model(rows):
    with tf.Graph().as_default(), tf.Session():
        model = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer="ones", input_shape=[2])])
        assert model.predict(tf.keras.utils.HDF5Matrix(rows, "x")).ravel().tolist() == [1.0, 5.0, 9.0, 13.0, 17.0, 21.0]


def test_pools_of_workers_end():
    assert tf.keras.experimental.terminate_keras_multiprocessing_pools() == []


def test_a_checkpoint_reader_comes_from_the_old_binding(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("w", initializer=[1.0, 2.0])
        session.run(tf.global_variables_initializer())
        path = tf.train.Saver().save(session, str(tmp_path / "model"))
    assert tf.pywrap_tensorflow.NewCheckpointReader(path).get_tensor("w").tolist() == [1.0, 2.0]
