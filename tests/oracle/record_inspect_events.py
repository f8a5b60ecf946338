"""Records event files and checkpoints of TensorFlow 1.15, and what 1.15 reads in them.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python3.7 tests/oracle/record_inspect_events.py``.
It writes ``tests/fixtures/tf115/inspect_events/``: log directories and checkpoints as 1.15's own writers left them, and
``values.json``: the tags, steps and values that ``tf.train.summary_iterator`` and ``tf.train.load_checkpoint`` gave.
"""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import tensorflow as tf

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "tf115" / "inspect_events"


def write_training(folder):
    """A program of TensorFlow 1: graph, meta graph, run metadata and summaries of all kinds."""
    tf.reset_default_graph()
    tf.set_random_seed(1)
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    with tf.variable_scope("model"):
        weights = tf.get_variable("weights", [3, 2])
        loss = tf.reduce_mean(tf.square(tf.matmul(x, weights)), name="loss")
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    tf.summary.scalar("loss", loss)
    tf.summary.scalar("broken", tf.log(loss - 0.02))
    tf.summary.histogram("weights", weights)
    tf.summary.image("picture", tf.reshape(weights, [1, 3, 2, 1]))
    tf.summary.audio("sound", tf.reshape(weights, [1, 6, 1]), 8000)
    tf.summary.text("words", tf.constant("one two"))
    tf.summary.tensor_summary("tensor", weights)
    merged = tf.summary.merge_all()
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        writer = tf.summary.FileWriter(folder, session.graph)
        metadata = tf.RunMetadata()
        for step in list(range(0, 100, 10)) + [150, 160]:
            feed = {x: np.ones([4, 3], np.float32)}
            options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE if step == 50 else tf.RunOptions.NO_TRACE)
            summary, _ = session.run([merged, train], feed, options, metadata)
            writer.add_summary(summary, step)
            if step == 50:
                writer.add_run_metadata(metadata, "step 50", step)
        writer.add_meta_graph(tf.train.export_meta_graph(), 160)
        writer.close()


def write_restarted(folder):
    """A program that was stopped at step 7 and restored a checkpoint of step 4, in two files."""
    for start, end in ((0, 8), (4, 12)):
        writer = tf.summary.FileWriter(folder, filename_suffix=".from%d" % start)
        writer.add_session_log(tf.SessionLog(status=tf.SessionLog.START), start)
        for step in range(start, end):
            value = tf.Summary.Value(tag="loss", simple_value=1.0 / (step + 1))
            writer.add_summary(tf.Summary(value=[value]), step)
        writer.close()


def write_contrib(folder):
    """``tf.contrib.summary``, which writes TensorFlow 2's summaries from graphs of 1.15."""
    tf.reset_default_graph()
    step = tf.train.create_global_step()
    writer = tf.contrib.summary.create_file_writer(folder)
    with writer.as_default(), tf.contrib.summary.always_record_summaries(), tf.Session() as session:
        value = tf.contrib.summary.scalar("loss", 1.0 / tf.cast(step + 1, tf.float32))
        values = tf.contrib.summary.histogram("values", tf.cast(tf.range(step + 2), tf.float32))
        session.run(tf.global_variables_initializer())
        tf.contrib.summary.initialize(session=session, graph=tf.get_default_graph())
        for _ in range(5):
            session.run([value, values])
            session.run(tf.assign_add(step, 1))
        session.run(writer.flush())


LOGS = {"training": write_training, "restarted": write_restarted, "contrib": write_contrib}


def number(value):
    """A number that JSON has a form for."""
    return value if np.isfinite(value) else str(value)


def read(folder):
    """Returns tag -> [step, value] of the scalars, and tag -> steps of the rest."""
    scalars, others = {}, {}
    for name in sorted(os.listdir(str(folder))):
        for event in tf.train.summary_iterator(str(folder / name)):
            for value in event.summary.value:
                if value.HasField("simple_value"):
                    scalars.setdefault(value.tag, []).append([event.step, number(value.simple_value)])
                else:
                    others.setdefault(value.tag, []).append(event.step)
    return {"scalars": scalars, "others": others}


OPTIMIZERS = {
    "adam": lambda: tf.train.AdamOptimizer(),
    "adam_of_another_name": lambda: tf.train.AdamOptimizer(name="Generator"),
    "rmsprop": lambda: tf.train.RMSPropOptimizer(0.1, centered=True, momentum=0.9),
    "momentum": lambda: tf.train.MomentumOptimizer(0.1, 0.9),
    "ftrl": lambda: tf.train.FtrlOptimizer(0.1),
    "adadelta": lambda: tf.train.AdadeltaOptimizer(0.1),
    "adagrad": lambda: tf.train.AdagradOptimizer(0.1),
}


def saved_name(variable):
    """The name of a variable, or of the whole of which it is a part, in a checkpoint."""
    part = variable._save_slice_info
    return part.full_name if part else variable.op.name


def train(optimizer, scope, partitioner):
    """Builds a graph with an optimizer; returns slot -> variable as the optimizer knows them."""
    with tf.variable_scope("model"):
        weights = tf.get_variable("weights", [4, 2], partitioner=partitioner)
        bias = tf.get_variable("bias", [2])
    loss = tf.reduce_sum(tf.matmul(tf.ones([1, 4]), tf.convert_to_tensor(weights)) + bias)
    with tf.variable_scope(scope):
        optimizer.minimize(loss, tf.train.get_or_create_global_step())
    return {
        saved_name(optimizer.get_slot(variable, slot)): saved_name(variable)
        for variable in tf.trainable_variables()
        for slot in optimizer.get_slot_names()
    }


def average():
    """Moving averages of a variable and, unbiased, of a tensor; returns slot -> variable."""
    bias = tf.get_variable("bias", [2])
    of_variable = tf.train.ExponentialMovingAverage(0.9)
    of_tensor = tf.train.ExponentialMovingAverage(0.9, zero_debias=True)
    loss = tf.reduce_sum(bias, name="loss")
    of_variable.apply([bias])
    of_tensor.apply([loss])
    average = of_tensor.average(loss).op.name
    slots = {average: "loss", average + "/biased": "loss", average + "/local_step": "loss"}
    return dict(slots, **{of_variable.average(bias).op.name: "bias"})


def keras():
    """A Keras model in a graph; returns slot -> variable."""
    model = tf.keras.Sequential([tf.keras.layers.Dense(3, input_shape=(2,)), tf.keras.layers.BatchNormalization()])
    model.compile("adam", "mse")
    model._make_train_function()
    return {
        model.optimizer.get_slot(variable, slot).op.name: variable.op.name
        for variable in model.trainable_variables
        for slot in ("m", "v")
    }


def save(name, build, version):
    """Saves what a graph has; returns the slots, and least, mean and greatest value of each tensor."""
    tf.reset_default_graph()
    tf.set_random_seed(1)
    slots = build()
    prefix = str(FIXTURES / "checkpoints" / name)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        tf.train.Saver(write_version=version).save(session, prefix, 7, write_meta_graph=False, write_state=False)
    reader = tf.train.load_checkpoint(prefix + "-7")
    arrays = {tensor: reader.get_tensor(tensor) for tensor in reader.get_variable_to_shape_map()}
    values = {
        tensor: [float(array.min()), float(array.mean(dtype=np.float64)), float(array.max())]
        for tensor, array in arrays.items()
    }
    return {"slots": slots, "values": values}


def save_all():
    """Saves a checkpoint for each optimizer, and those whose names follow other rules."""
    builds = {
        name: lambda make=make: train(make(), "", tf.fixed_size_partitioner(2)) for name, make in OPTIMIZERS.items()
    }
    builds["scoped"] = lambda: train(tf.train.AdamOptimizer(), "training", None)
    builds["averages"] = average
    builds["keras"] = keras
    saved = {name: save(name, build, tf.train.SaverDef.V2) for name, build in builds.items()}
    return dict(saved, version_1=save("version_1", builds["scoped"], tf.train.SaverDef.V1))


ARRAYS = {
    "normal": np.random.RandomState(1).normal(size=200).astype(np.float32),
    "zeros": np.zeros([3, 2], np.float32),
    "integers": np.array([-7, 0, 1, 1, 1000], np.int32),
    "doubles": np.array([1e-13, -1e-13, 1e-12, 1e21, -1e300, 1e300, 3.0]),
    "one": np.array(0.5, np.float16),
    "bools": np.array([1, 0, 1], np.uint8),
}


def histogram(array):
    """Returns an array, its dtype, and the histogram that a summary of it holds."""
    tf.reset_default_graph()
    with tf.Session() as session:
        content = session.run(tf.summary.histogram("array", tf.constant(array)))
    histo = tf.Summary.FromString(content).value[0].histo
    fields = {name: getattr(histo, name) for name in ("min", "max", "num", "sum", "sum_squares")}
    buckets = {"bucket_limit": list(histo.bucket_limit), "bucket": list(histo.bucket)}
    return {"values": array.tolist(), "dtype": array.dtype.name, "histogram": dict(fields, **buckets)}


def main():
    """Writes the fixtures."""
    shutil.rmtree(str(FIXTURES), ignore_errors=True)
    values = {}
    for name, write in LOGS.items():
        write(str(FIXTURES / name))
        values[name] = read(FIXTURES / name)
    (FIXTURES / "values.json").write_text(json.dumps(values, sort_keys=True, indent=1) + "\n")
    histograms = json.dumps({name: histogram(array) for name, array in ARRAYS.items()}, sort_keys=True)
    (FIXTURES / "histograms.json").write_text(histograms + "\n")
    checkpoints = json.dumps(save_all(), sort_keys=True, indent=1)
    (FIXTURES / "checkpoints.json").write_text(checkpoints + "\n")


if __name__ == "__main__":
    main()
