"""Objects that a checkpoint tracks: ``tf.contrib.checkpoint``."""

import os
import tempfile

import numpy as np


def _prefix():
    return os.path.join(tempfile.mkdtemp(), "ckpt")


def _tracked(tf):
    tracker = tf.contrib.checkpoint.UniqueNameTracker()
    for value, name in enumerate(["x", "y", "x", "x_1", "x"]):
        tracker.track(tf.get_variable("v%d" % value, initializer=float(value)), name)
    checkpoint = tf.train.Checkpoint(tracker=tracker)

    def run(session):
        path = checkpoint.save(_prefix())
        names = sorted(name for name, _ in tf.train.list_variables(path) if "tracker" in name)
        return [names, len(tracker.variables), len(tf.contrib.checkpoint.list_objects(checkpoint))]

    return run


def _array(tf):
    state = tf.contrib.checkpoint.NumpyState()
    checkpoint = tf.train.Checkpoint(arrays=state)
    state.x = np.arange(6.0).reshape(2, 3)

    def run(session):
        first = checkpoint.save(_prefix())
        state.x[1, 1] = 40.0
        state.y = np.array([1, 2])
        second = checkpoint.save(_prefix())
        state.x = np.zeros([1])
        found = []
        for path in (first, second):
            checkpoint.restore(path)
            found.append(state.x)
        other = tf.contrib.checkpoint.NumpyState()
        tf.train.Checkpoint(arrays=other).restore(second)
        return found + [other.x, other.y]

    return run


def _no_array(tf):
    tf.contrib.checkpoint.NumpyState().x = [1.0]


def _split(tf):
    both = tf.get_variable("both", initializer=[1.0, 2.0])
    parts = tf.contrib.checkpoint.split_dependency(
        ["a", "b"],
        [tf.float32, tf.float32],
        lambda buffer: buffer.update(a=both[0], b=both[1]),
        lambda buffer: both.assign(tf.stack([buffer["a"], buffer["b"]])),
        "/cpu:0",
    )
    one = tf.contrib.checkpoint.Checkpointable()
    one.a, one.b = parts["a"], parts["b"]
    checkpoint = tf.train.Checkpoint(one=one)

    def run(session):
        path = checkpoint.save(_prefix())
        both.load([5.0, 6.0], session)
        status = checkpoint.restore(path)
        status.assert_consumed().run_restore_ops()
        return [session.run(both), sorted(name for name, _ in tf.train.list_variables(path) if "one" in name)]

    return run


def _drawn(tf):
    v = tf.get_variable("a", initializer=[1.0])
    optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
    optimizer.minimize(tf.reduce_sum(v * v), var_list=[v])
    things = tf.contrib.checkpoint.List([v])
    checkpoint = tf.train.Checkpoint(optimizer=optimizer, things=things)

    def run(session):
        path = checkpoint.save(_prefix())
        dot = tf.contrib.checkpoint.dot_graph_from_checkpoint(path)
        objects = tf.contrib.checkpoint.object_metadata(path)
        assert isinstance(objects, tf.contrib.checkpoint.CheckpointableObjectGraph)
        return [dot, len(objects.nodes)]

    return run


def _kinds(tf):
    checkpoint = tf.contrib.checkpoint
    mapping = checkpoint.Mapping()
    mapping["x"] = tf.get_variable("x", [2])
    thing = checkpoint.Checkpointable()
    thing.free = checkpoint.NoDependency([1, 2])
    assert isinstance(thing, checkpoint.CheckpointableBase)
    return [len(mapping), len(mapping.trainable_variables), thing.free]


def _manager(tf):
    v = tf.get_variable("v", initializer=1.0)
    folder = tempfile.mkdtemp()
    manager = tf.contrib.checkpoint.CheckpointManager(tf.train.Checkpoint(v=v), folder, max_to_keep=2)

    def run(session):
        for _ in range(3):
            manager.save()
        return [os.path.basename(path) for path in manager.checkpoints]

    return run


def _captured(tf):
    def function():
        with tf.contrib.checkpoint.capture_dependencies(template):
            return tf.get_variable("v", initializer=2.0)

    template = tf.make_template("t", function)
    template()
    return len(tf.contrib.checkpoint.list_objects(template))


CALLS = {
    "UniqueNameTracker": _tracked,
    "UniqueNameTracker of a number": lambda tf: tf.contrib.checkpoint.UniqueNameTracker().track(1.0, "x"),
    "NumpyState": _array,
    "NumpyState of a list": _no_array,
    "split_dependency": _split,
    "dot_graph_from_checkpoint": _drawn,
    "Checkpointable, Mapping and NoDependency": _kinds,
    "CheckpointManager": _manager,
    "capture_dependencies": _captured,
    "capture_dependencies of no template": lambda tf: tf.contrib.checkpoint.capture_dependencies(3).__enter__(),
}
