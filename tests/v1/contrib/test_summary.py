"""What ``tf.contrib.summary`` writes: event files in a graph and eagerly, and a database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
from tensorflow.python.eager import context

import tf1graphs.v1 as tf

summary = tf.contrib.summary


def events(logdir: Path) -> list[tf.Event]:
    (file,) = logdir.glob("*.v2")
    return [event for event in tf.train.summary_iterator(str(file)) if not event.file_version]


def test_a_graph_writes_its_summaries_and_itself(tmp_path):
    with tf.Graph().as_default() as graph, tf.Session() as session:
        step = tf.train.get_or_create_global_step()
        writer = summary.create_file_writer(str(tmp_path), flush_millis=10000)
        with writer.as_default(), summary.always_record_summaries():
            summary.scalar("loss", tf.cast(step, tf.float32) * 2.0)
            summary.histogram("weights", tf.constant([1.0, 2.0, 3.0]), family="layer")
            summary.image("picture", tf.constant(np.zeros([1, 2, 2, 3], np.uint8)))
            summary.audio("sound", tf.zeros([1, 8, 1]), sample_rate=8.0, max_outputs=1)
            summary.generic("any", tf.constant([1, 2]))
            session.run(tf.global_variables_initializer())
            summary.initialize(graph=graph)
            with tf.control_dependencies(summary.all_summary_ops()):
                train = tf.assign_add(step, 1)
            session.run([train])
            session.run([train])
            session.run(summary.flush())
    written = events(tmp_path)
    assert [event.step for event in written if event.HasField("graph_def")] == [0]
    values = [(event.step, value) for event in written for value in event.summary.value]
    assert sorted({value.tag for _, value in values}) == [
        "any", "layer/layer/weights", "loss", "picture/image/0", "sound/audio"
    ]  # fmt: skip
    assert [(step, value.simple_value) for step, value in values if value.tag == "loss"] == [(0, 0.0), (1, 2.0)]


def test_every_n_steps_eagerly(tmp_path):
    with context.eager_mode():
        step = tf.train.get_or_create_global_step()
        writer = summary.create_file_writer(str(tmp_path))
        with writer.as_default(), summary.record_summaries_every_n_global_steps(2, global_step=step):
            for _ in range(4):
                summary.scalar("step", step)
                step.assign_add(1)
    assert [event.step for event in events(tmp_path)] == [0, 2]


def test_an_event_is_imported(tmp_path):
    with context.eager_mode():
        event = tf.Event(step=7, summary=tf.Summary(value=[tf.Summary.Value(tag="old", simple_value=1.5)]))
        with summary.create_summary_file_writer(str(tmp_path)).as_default():
            summary.import_event(tf.constant(event.SerializeToString()))
    assert [(event.step, event.summary.value[0].tag) for event in events(tmp_path)] == [(7, "old")]


def test_a_database_holds_scalars(tmp_path):
    database = tmp_path / "runs.sqlite"
    with tf.Graph().as_default(), tf.Session() as session:
        writer = summary.create_db_writer(str(database), experiment_name="study", run_name="first", user_name="ada")
        with writer.as_default(), summary.always_record_summaries():
            summary.scalar("loss", 0.5, step=tf.constant(3, tf.int64))
            summary.initialize()
            session.run(summary.all_summary_ops())
            session.run([writer.flush()])
            session.run([writer.close()])
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT user_name FROM Users").fetchall() == [("ada",)]
        assert connection.execute("SELECT tag_name FROM Tags").fetchall() == [("loss",)]
