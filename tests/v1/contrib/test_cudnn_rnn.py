"""``tf.contrib.cudnn_rnn`` without a GPU computes what the cells compute that read its checkpoints.

Those cells are compared with TensorFlow 1.15's in ``calls/contrib_estimator.py``, and so is what layers build with the
kernels of cuDNN, which 1.15 has on GPUs alone, in ``calls/contrib_cudnn_rnn.py``.
"""

from __future__ import annotations

import importlib

import numpy as np
import pytest

import tf1graphs.v1 as tf
from tf1graphs.v1.contrib.cudnn_rnn import _kernels, cudnn_rnn_ops

LAYERS = ["CudnnLSTM", "CudnnGRU", "CudnnRNNTanh", "CudnnRNNRelu"]
CELLS = {
    "CudnnLSTM": lambda: tf.contrib.cudnn_rnn.CudnnCompatibleLSTMCell(3),
    "CudnnGRU": lambda: tf.contrib.cudnn_rnn.CudnnCompatibleGRUCell(3),
    "CudnnRNNTanh": lambda: tf.nn.rnn_cell.BasicRNNCell(3),
    "CudnnRNNRelu": lambda: tf.nn.rnn_cell.BasicRNNCell(3, tf.nn.relu),
}
TIME, BATCH, DEPTH, UNITS, LAYER_COUNT = 5, 4, 2, 3, 2
INPUTS = np.random.RandomState(1).normal(size=[TIME, BATCH, DEPTH]).astype(np.float32)
LENGTHS = np.array([5, 1, 3, 4], np.int32)


def layer_of(kind, **options):
    initializer = tf.random_uniform_initializer(-0.7, 0.7, seed=2)
    return getattr(tf.contrib.cudnn_rnn, kind)(
        LAYER_COUNT, UNITS, kernel_initializer=initializer, bias_initializer=initializer, **options
    )


def run_layer(name, checkpoint, direction, lengths):
    """Returns what the layer gives, and the gradient for the inputs; saves its checkpoint."""
    with tf.Graph().as_default(), tf.Session() as session:
        inputs = tf.constant(INPUTS)
        lengths = None if lengths is None else tf.constant(lengths)
        outputs, states = layer_of(name, direction=direction, name="net")(inputs, sequence_lengths=lengths)
        gradients = tf.gradients(tf.reduce_sum(outputs * tf.cos(outputs)), [inputs, tf.trainable_variables()[0]])
        session.run(tf.global_variables_initializer())
        tf.train.Saver().save(session, checkpoint)
        outputs, states, (of_inputs, of_kernel) = session.run([outputs, states, gradients])
        assert np.isfinite(of_kernel).all()
        assert np.abs(of_kernel).max() > 0
        return outputs, states, of_inputs


def run_cells(name, checkpoint, direction, lengths):
    """Returns the same from cells that have read the checkpoint."""
    with tf.Graph().as_default(), tf.Session() as session:
        inputs = tf.constant(INPUTS)
        cells = [[CELLS[name]() for _ in range(LAYER_COUNT)] for _ in range(2)]
        with tf.variable_scope("net"):
            if direction == "unidirectional":
                cell = tf.nn.rnn_cell.MultiRNNCell(cells[0])
                options = {"dtype": tf.float32, "time_major": True, "sequence_length": lengths}
                outputs, states = tf.nn.dynamic_rnn(cell, inputs, **options)
            else:
                stack = tf.contrib.rnn.stack_bidirectional_dynamic_rnn
                options = {"dtype": tf.float32, "sequence_length": lengths, "time_major": True}
                outputs, forward, backward = stack(*cells, inputs, **options)
                states = [state for pair in zip(forward, backward, strict=True) for state in pair]
        (gradient,) = tf.gradients(tf.reduce_sum(outputs * tf.cos(outputs)), inputs)
        tf.train.Saver().restore(session, checkpoint)
        return session.run([outputs, states, gradient])


def stacked(name, states):
    """Returns the states of cells as a layer gives them."""
    if name != "CudnnLSTM":
        return (np.stack(states),)
    return np.stack([h for c, h in states]), np.stack([c for c, h in states])


@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["whole", "lengths"])
@pytest.mark.parametrize("direction", ["unidirectional", "bidirectional"])
@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_gives_what_the_cells_give_that_read_its_checkpoint(name, direction, lengths, tmp_path):
    checkpoint = str(tmp_path / "model")
    outputs, states, gradient = run_layer(name, checkpoint, direction, lengths)
    of_cells, states_of_cells, gradient_of_cells = run_cells(name, checkpoint, direction, lengths)
    np.testing.assert_allclose(outputs, of_cells, rtol=1e-5, atol=1e-6)
    for state, expected in zip(states, stacked(name, states_of_cells), strict=True):
        np.testing.assert_allclose(state, expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(gradient, gradient_of_cells, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("direction", ["unidirectional", "bidirectional"])
@pytest.mark.parametrize("name", LAYERS)
def test_a_checkpoint_brings_the_layer_back(name, direction, tmp_path):
    checkpoint = str(tmp_path / "model")
    outputs, _, _ = run_layer(name, checkpoint, direction, None)
    keys = {key for key, _ in tf.train.list_variables(checkpoint)}
    with tf.Graph().as_default(), tf.Session() as session:
        options = {"direction": direction, "name": "net"}
        again, _ = getattr(tf.contrib.cudnn_rnn, name)(LAYER_COUNT, UNITS, **options)(tf.constant(INPUTS))
        saveable = tf.get_collection(tf.GraphKeys.SAVEABLE_OBJECTS)[0]
        assert keys == {"net/opaque_kernel", *(spec.name for spec in saveable.specs)}
        # A checkpoint of the cells has no opaque parameters; what a saver of the saveable reads is the rest.
        tf.train.Saver([saveable]).restore(session, checkpoint)
        np.testing.assert_allclose(session.run(again), outputs, rtol=1e-5, atol=1e-6)


def test_the_batch_first(tmp_path):
    expected, _, _ = run_layer("CudnnLSTM", str(tmp_path / "model"), "bidirectional", LENGTHS)
    with tf.Graph().as_default(), tf.Session() as session:
        options = {"sequence_lengths": tf.constant(LENGTHS), "time_major": False}
        layer = layer_of("CudnnLSTM", direction="bidirectional", name="net")
        outputs, (h, c) = layer(tf.constant(INPUTS.transpose(1, 0, 2)), **options)
        assert h.shape.as_list() == c.shape.as_list() == [BATCH, 2 * LAYER_COUNT, UNITS]
        session.run(tf.global_variables_initializer())
        np.testing.assert_allclose(session.run(outputs).transpose(1, 0, 2), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("training", [True, False])
def test_dropout_between_layers_in_training_alone(training):
    with tf.Graph().as_default(), tf.Session() as session:
        results = []
        for dropout in (0.0, 0.5):
            layer = layer_of("CudnnRNNRelu", dropout=dropout, seed=7)
            results.append(layer(tf.constant(INPUTS), training=training)[0])
        session.run(tf.global_variables_initializer())
        without, with_dropout = session.run(results)
        assert np.allclose(without, with_dropout) == (not training)
        if training:
            assert not np.allclose(with_dropout, session.run(results[1]))


def test_a_dropout_of_all_leaves_the_biases():
    with tf.Graph().as_default(), tf.Session() as session:
        layer = layer_of("CudnnGRU", dropout=1.0)
        outputs = [layer(tf.constant(factor * INPUTS))[0] for factor in (1, 2)]
        session.run(tf.global_variables_initializer())
        first, second = session.run(outputs)
        np.testing.assert_allclose(first, second)
        assert np.isfinite(first).all()


@pytest.mark.parametrize("dtype", ["float16", "float64"])
def test_other_types(dtype):
    with tf.Graph().as_default(), tf.Session() as session:
        results = []
        for each in (dtype, "float32"):
            layer = layer_of("CudnnLSTM", dtype=tf.as_dtype(each), seed=2)
            results.append(layer(tf.constant(INPUTS.astype(each)))[0])
            assert results[-1].dtype == each
        session.run(tf.global_variables_initializer())
        assert all(np.isfinite(value).all() for value in session.run(results))


def test_a_gradient_needs_training():
    with tf.Graph().as_default():
        outputs, _ = layer_of("CudnnGRU")(tf.constant(INPUTS), training=False)
        with pytest.raises(ValueError, match="is_training must be set to True"):
            tf.gradients(outputs, tf.trainable_variables())


def test_object_based_checkpoints(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        layer = layer_of("CudnnLSTM")
        expected, _ = layer(tf.constant(INPUTS))
        session.run(tf.global_variables_initializer())
        checkpoint = tf.train.Checkpoint(cell=layer)
        path = checkpoint.save(str(tmp_path / "model"), session=session)
        expected = session.run(expected)
    keys = {key for key, _ in tf.train.list_variables(path)}
    assert {
        f"cell/cell-{number}/{name}/.ATTRIBUTES/VARIABLE_VALUE" for number in "01" for name in ("kernel", "bias")
    } < keys
    with tf.Graph().as_default(), tf.Session() as session:
        layer = tf.contrib.cudnn_rnn.CudnnLSTM(LAYER_COUNT, UNITS)
        outputs, _ = layer(tf.constant(INPUTS))
        tf.train.Checkpoint(cell=layer).restore(path).run_restore_ops(session)
        np.testing.assert_allclose(session.run(outputs), expected, rtol=1e-5, atol=1e-6)


def test_other_layers_are_not_saved_by_objects(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        layer = layer_of("CudnnGRU")
        layer(tf.constant(INPUTS))
        session.run(tf.global_variables_initializer())
        with pytest.raises(NotImplementedError, match="object-based"):
            tf.train.Checkpoint(cell=layer).save(str(tmp_path / "model"), session=session)


@pytest.mark.parametrize("num_proj", [None, 2])
def test_networks_that_are_given_their_parameters(num_proj):
    with tf.Graph().as_default(), tf.Session() as session:
        model = cudnn_rnn_ops.CudnnLSTM(1, UNITS, DEPTH, num_proj=num_proj)
        size, output = session.run(model.params_size()), num_proj or UNITS
        assert size == 4 * UNITS * (DEPTH + output + 2) + (num_proj or 0) * UNITS
        params = tf.constant(np.random.RandomState(2).uniform(-1, 1, size).astype(np.float32))
        weights, biases = model.params_to_canonical(params)
        np.testing.assert_array_equal(*session.run([model.canonical_to_params(weights, biases), params]))
        h, c = tf.zeros([1, BATCH, output]), tf.zeros([1, BATCH, UNITS])
        outputs, last_h, last_c = model(tf.constant(INPUTS), h, c, params)
        converter = tf.contrib.cudnn_rnn.CudnnParamsFormatConverterLSTM(1, UNITS, DEPTH, num_proj)
        (kernel,), (bias,), *projections = converter.opaque_to_tf_canonical(params)
        variables = [kernel, bias, *(projection[0] for projection in projections)]
        values = session.run(variables)
        cell = tf.nn.rnn_cell.LSTMCell(UNITS, num_proj=num_proj, forget_bias=0.0)
        expected, state = tf.nn.dynamic_rnn(cell, tf.constant(INPUTS), time_major=True, dtype=tf.float32)
        for variable, value in zip(tf.trainable_variables(), values, strict=True):
            variable.load(value, session)
        found, wanted = session.run([[outputs, last_h[0], last_c[0]], [expected, state.h, state.c]])
        for one, other in zip(found, wanted, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("input_mode", ["skip_input", "auto_select"])
def test_skipped_inputs_go_to_every_gate_as_they_are(input_mode):
    with tf.Graph().as_default(), tf.Session() as session:
        inputs = tf.constant(np.random.RandomState(2).normal(size=[TIME, BATCH, UNITS]).astype(np.float32))
        skipping = cudnn_rnn_ops.CudnnGRU(2, UNITS, UNITS, input_mode=input_mode)
        projecting = cudnn_rnn_ops.CudnnGRU(2, UNITS, UNITS)
        size = session.run(skipping.params_size())
        assert size == session.run(projecting.params_size()) - 3 * UNITS * UNITS
        params = tf.constant(np.random.RandomState(3).uniform(-1, 1, size).astype(np.float32))
        weights, biases = skipping.params_to_canonical(params)
        whole = projecting.canonical_to_params([tf.eye(UNITS)] * 3 + weights[3:], biases)
        h = tf.zeros([2, BATCH, UNITS])
        found, expected = session.run(
            [model(inputs, h, each) for model, each in [(skipping, params), (projecting, whole)]]
        )
        np.testing.assert_allclose(found[0], expected[0], rtol=1e-5, atol=1e-6)


def test_sizes_that_do_not_fit_are_refused():
    with tf.Graph().as_default():
        with pytest.raises(ValueError, match="unless input_size == num_units"):
            cudnn_rnn_ops.CudnnGRU(1, UNITS, DEPTH, input_mode="skip_input").params_size()
        with pytest.raises(ValueError, match="Params size mismatch. Expected 0, got 9"):
            tf.contrib.cudnn_rnn.CudnnGRU(1, UNITS, input_mode="skip_input").build([None, None, UNITS])
        with pytest.raises(ValueError, match="Number of params mismatch. Expected 12, got 1"):
            cudnn_rnn_ops.CudnnGRU(1, UNITS, DEPTH).canonical_to_params([tf.zeros([3, 2])], [])
        with pytest.raises(ValueError, match="static sizes"):
            state = tf.placeholder(tf.float32, [None, None, UNITS])
            cudnn_rnn_ops.CudnnGRU(1, UNITS, DEPTH)(tf.constant(INPUTS), state, tf.zeros([9]))


@pytest.mark.parametrize(
    "call, kernel",
    [({}, "CudnnRNN"), ({"sequence_lengths": LENGTHS}, "CudnnRNNV3"), ({"time_major": False}, "CudnnRNNV3")],
)
def test_kernels_of_cudnn_do_the_work_where_there_is_a_gpu(call, kernel, monkeypatch):
    monkeypatch.setattr(_kernels, "are_there", lambda: True)
    with tf.Graph().as_default() as graph:
        layer_of("CudnnLSTM", direction="bidirectional", dropout=0.5, seed=4, name="net")(tf.constant(INPUTS), **call)
        made = {op.type: op for op in graph.get_operations() if op.type.startswith("Cudnn")}
        assert set(made) == {"CudnnRNNCanonicalToParams", "CudnnRNNParamsToCanonical", kernel}
        settings = {name: made[kernel].get_attr(name) for name in ("rnn_mode", "input_mode", "direction", "seed2")}
        assert settings == {
            "rnn_mode": b"lstm",
            "input_mode": b"linear_input",
            "direction": b"bidirectional",
            "seed2": 4,
        }
        assert made[kernel].get_attr("dropout") == 0.5
        assert made["CudnnRNNCanonicalToParams"].device == "/device:GPU:0"


def test_the_other_kernels_where_there_is_a_gpu(monkeypatch):
    monkeypatch.setattr(_kernels, "are_there", lambda: True)
    monkeypatch.setenv("TF_CUDNN_RNN_USE_V2", "1")
    with tf.Graph().as_default() as graph:
        projected = cudnn_rnn_ops.CudnnLSTM(1, UNITS, DEPTH, num_proj=2)
        params = tf.zeros([100])
        projected.params_size()
        projected.canonical_to_params(*projected.params_to_canonical(params))
        cudnn_rnn_ops.CudnnGRU(1, UNITS, DEPTH)(tf.constant(INPUTS), tf.zeros([1, BATCH, UNITS]), params)
        types = {op.type for op in graph.get_operations() if op.type.startswith("Cudnn")}
        kernels = {"ParamsSize", "ParamsToCanonicalV2", "CanonicalToParamsV2", "V2"}
        assert types == {f"CudnnRNN{kernel}" for kernel in kernels}


def test_the_modules_inside():
    assert cudnn_rnn_ops.CudnnLSTM is not tf.contrib.cudnn_rnn.CudnnLSTM
    assert importlib.import_module("tf1graphs.v1.contrib.cudnn_rnn").CUDNN_INPUT_LINEAR_MODE == "linear_input"
    assert cudnn_rnn_ops.CUDNN_LSTM_PARAMS_PER_LAYER == 8
