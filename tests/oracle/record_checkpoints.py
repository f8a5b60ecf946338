"""Writes checkpoints of every kind with TensorFlow 1.15, and the values they hold.

python3.7 tests/oracle/record_checkpoints.py    (needs tensorflow==1.15.5)
"""

from __future__ import print_function

import os
import shutil

import numpy as np
import tensorflow as tf

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "tf115", "checkpoints")
NUMERIC = [
    *(tf.float16, tf.float32, tf.float64, tf.bfloat16, tf.int8, tf.int16, tf.int32, tf.int64),
    *(tf.uint8, tf.uint16, tf.bool, tf.complex64, tf.complex128),
]
V1_DTYPES = [tf.float32, tf.float64, tf.int8, tf.int16, tf.int32, tf.int64, tf.uint8, tf.bool, tf.complex64]


def values(dtype, shape):
    numbers = np.arange(int(np.prod(shape))).reshape(shape) % 7
    return tf.cast(tf.constant(numbers, tf.float32) - 2, dtype)


def build_dtypes(dtypes):
    for dtype in dtypes:
        tf.get_variable("dtypes/" + dtype.name, initializer=values(dtype, [2, 3]), use_resource=False)
    tf.get_variable("scalar", initializer=tf.constant(1.5))
    tf.get_variable("empty", initializer=tf.zeros([0, 3]))


def build_strings():
    tf.Variable(tf.constant([[b"one", b"\x00two\xff"], [b"", b"4" * 300]]), name="strings")


def build_partitioned():
    numbers = tf.constant(np.arange(35, dtype=np.float32).reshape(7, 5))
    for axis in (0, 1):
        partitioner = tf.fixed_size_partitioner(3, axis)
        tf.get_variable("by_axis_%d" % axis, initializer=numbers, partitioner=partitioner)


def build_optimizers():
    optimizers = {
        "adam": tf.train.AdamOptimizer(0.1),
        "momentum": tf.train.MomentumOptimizer(0.1, 0.9),
        "rmsprop": tf.train.RMSPropOptimizer(0.1),
        "ftrl": tf.train.FtrlOptimizer(0.1),
        "adadelta": tf.train.AdadeltaOptimizer(0.1),
    }
    steps = []
    step = tf.train.get_or_create_global_step()
    for name, optimizer in sorted(optimizers.items()):
        with tf.variable_scope(name):
            weights = tf.get_variable("weights", initializer=values(tf.float32, [3, 2]))
        steps.append(optimizer.minimize(tf.reduce_sum(weights * weights), global_step=step, var_list=[weights]))
    average = tf.train.ExponentialMovingAverage(0.9)
    with tf.control_dependencies(steps):
        return average.apply(tf.trainable_variables())


def build_some_slices():
    """Optimizers under a name and scope of their own save the slots of each part as if they were of the whole."""
    with tf.variable_scope("model"):
        weights = tf.get_variable("w", [4, 2], partitioner=tf.fixed_size_partitioner(2))
    with tf.variable_scope("optimizer"):
        return tf.train.AdamOptimizer(name="Adam_D").minimize(tf.reduce_sum(tf.square(weights)))


def save(name, build, step=None, **saver):
    with tf.Graph().as_default(), tf.Session(config=tf.ConfigProto(device_count={"CPU": 2})) as session:
        tf.set_random_seed(1)
        train = build()
        session.run(tf.global_variables_initializer())
        if train is not None:
            session.run(train)
        prefix = os.path.join(FOLDER, name, "model.ckpt")
        os.makedirs(os.path.dirname(prefix))
        tf.train.Saver(save_relative_paths=True, **saver).save(session, prefix, step, write_meta_graph=False)


def read(name):
    """The values of all tensors, as TensorFlow restores them; bfloat16 and strings as NumPy can keep them."""
    last = tf.train.latest_checkpoint(os.path.join(FOLDER, name))
    dtypes = tf.train.load_checkpoint(last).get_variable_to_dtype_map()
    arrays = {}
    for key, dtype in dtypes.items():
        with tf.Graph().as_default(), tf.Session() as session:
            array = np.asarray(
                session.run(
                    tf.raw_ops.RestoreV2(prefix=last, tensor_names=[key], shape_and_slices=[""], dtypes=[dtype])[0]
                )
            )
        arrays[key] = array.view(np.uint16) if dtype == tf.bfloat16 else array
    return {key: array.astype("S") if array.dtype == object else array for key, array in arrays.items()}


def place_on_two_devices():
    for device in (0, 1):
        with tf.device("/cpu:%d" % device):
            tf.get_variable("on_%d" % device, initializer=values(tf.float32, [4]))


class Net(tf.train.Checkpoint):
    def __init__(self):
        super(Net, self).__init__()
        self.layer = tf.train.Checkpoint(kernel=tf.Variable(values(tf.float32, [2, 2]), name="kernel"))
        self.layers = [tf.Variable(values(tf.float32, [2]), name="bias")]


def save_objects():
    with tf.Graph().as_default(), tf.Session() as session:
        net = Net()
        optimizer = tf.train.AdamOptimizer(0.1)
        train = optimizer.minimize(tf.reduce_sum(net.layer.kernel) + tf.reduce_sum(net.layers[0]))
        session.run(tf.global_variables_initializer())
        session.run(train)
        tf.train.Checkpoint(net=net, optimizer=optimizer).save(os.path.join(FOLDER, "objects", "model.ckpt"), session)


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    save("dtypes", lambda: build_dtypes(NUMERIC))
    save("strings", build_strings)
    save("partitioned", build_partitioned, step=7)
    save("optimizers", build_optimizers)
    save("sharded", place_on_two_devices, sharded=True)
    v1 = tf.train.SaverDef.V1
    save("v1_dtypes", lambda: build_dtypes(V1_DTYPES), write_version=v1)
    save("v1_partitioned", build_partitioned, write_version=v1)
    save("v1_sharded", place_on_two_devices, sharded=True, write_version=v1)
    save_objects()
    names = sorted(os.listdir(FOLDER))
    save("some_slices", build_some_slices)  # TensorFlow restores none of these tensors as a whole.
    for name in names:
        with open(os.path.join(FOLDER, name, "values.npz"), "wb") as file:
            np.savez_compressed(file, **{key.replace("/", "|"): array for key, array in read(name).items()})


if __name__ == "__main__":
    main()
