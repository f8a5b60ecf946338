"""Training, evaluating and reading data with ``tf.contrib.slim``."""

from __future__ import annotations

import numpy as np
import pytest

import tf1graphs.v1 as tf

slim = tf.contrib.slim


@pytest.fixture
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def regression() -> tuple[tf.Tensor, tf.Tensor]:
    inputs = tf.constant(np.eye(4), tf.float32)
    outputs = slim.fully_connected(inputs, 1, activation_fn=None, weights_initializer=tf.zeros_initializer())
    slim.losses.mean_squared_error(outputs, tf.constant([[1.0], [2.0], [3.0], [4.0]]))
    return outputs, slim.losses.get_total_loss()


def train(folder, steps: int, **options) -> float:
    _, loss = regression()
    op = slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(0.5))
    return slim.learning.train(op, str(folder), number_of_steps=steps, log_every_n_steps=1000, **options)


def test_train_continues_from_its_checkpoint(graph, tmp_path):
    first = train(tmp_path, 5)
    with tf.Graph().as_default():
        second = train(tmp_path, 20)
    assert 0 < second < first
    assert tf.train.latest_checkpoint(str(tmp_path)).endswith("model.ckpt-20")


def test_train_starts_from_the_values_of_init_fn(graph, tmp_path):
    def solution(session):
        slim.get_variables("fully_connected/weights")[0].load([[1.0], [2.0], [3.0], [4.0]], session)

    assert train(tmp_path, 1, init_fn=solution) == pytest.approx(0.0)


def test_train_refuses_a_loss_in_place_of_a_train_op(graph):
    with pytest.raises(ValueError, match="train_op"):
        slim.learning.train(None, None)


def test_evaluate_once_reads_the_checkpoint(graph, tmp_path):
    train(tmp_path, 200)
    with tf.Graph().as_default():
        outputs, _ = regression()
        values, updates = slim.metrics.aggregate_metric_map({"mean": slim.metrics.streaming_mean(outputs)})
        slim.get_or_create_global_step()
        found = slim.evaluation.evaluate_once(
            "",
            tf.train.latest_checkpoint(str(tmp_path)),
            str(tmp_path / "eval"),
            num_evals=2,
            eval_op=list(updates.values()),
            final_op=values["mean"],
        )
    assert found == pytest.approx(2.5, abs=1e-3)


def test_dataset_data_provider_reads_and_decodes_records(graph, tmp_path):
    file = str(tmp_path / "numbers.tfrecord")
    with tf.python_io.TFRecordWriter(file) as writer:
        for number in range(6):
            feature = {"number": tf.train.Feature(int64_list=tf.train.Int64List(value=[number]))}
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    decoder = slim.tfexample_decoder.TFExampleDecoder(
        {"number": tf.FixedLenFeature([], tf.int64)}, {"number": slim.tfexample_decoder.Tensor("number")}
    )
    data = slim.dataset.Dataset(file, tf.TFRecordReader, decoder, 6, {"number": "a number"})
    provider = slim.dataset_data_provider.DatasetDataProvider(data, shuffle=False, num_epochs=1)
    (number,) = provider.get(["number"])
    with tf.Session() as session:
        session.run(tf.local_variables_initializer())
        with slim.queues.QueueRunners(session):
            assert [session.run(number) for _ in range(6)] == list(range(6))
            with pytest.raises(tf.errors.OutOfRangeError):
                session.run(number)


def test_a_column_of_a_series_is_an_input_and_no_other_column():
    class Doubled:
        def build(self, tensors):
            return tensors["a"] * 2

    column = tf.contrib.slim.DataFrameColumn("doubled", Doubled())
    assert column != tf.contrib.slim.DataFrameColumn("other", column.series)
    with tf.Graph().as_default(), tf.Session() as session:
        tensor = tf.contrib.layers.input_from_feature_columns({"a": tf.constant([1.0, 2.0])}, [column])
        assert session.run(tensor).tolist() == [[2.0], [4.0]]
