"""Programs with datasets and queues, which ``tests/oracle/record_migrate_pipelines.py`` runs on TensorFlow 1.15."""

# They may read ``FOLDER + "/data.csv"``, which holds these lines.
LINES = ["x1,x2,y", "73,80,152", "93,88,185", "89,91,180", "96,98,196", "73,66,142", "53,46,101", "69,74,149"]

_HEAD = """
import numpy as np
import tensorflow as tf

data = np.linspace(-1, 1, 40).reshape(20, 2).astype(np.float32)
target = data.sum(1, keepdims=True)
"""
_TRAIN = """
w = tf.Variable(tf.zeros([2, 1]), name="w")
prediction = tf.matmul(features, w)
loss = tf.reduce_mean(tf.square(prediction - labels))
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
"""

PROGRAMS = {
    "one shot": """
import tensorflow as tf

squares = tf.data.Dataset.range(10).filter(lambda v: tf.equal(v % 3, 1)).map(lambda v: v * v)
value = squares.make_one_shot_iterator().get_next()
pairs = tf.data.Dataset.zip((tf.data.Dataset.range(3), tf.data.Dataset.range(5, 8)))
a, b = pairs.make_one_shot_iterator().get_next()
both = a + b
with tf.Session() as sess:
    try:
        while True:
            print(int(sess.run(value)))
    except tf.errors.OutOfRangeError:
        print("end")
    print(int(sess.run(both)))
    print([int(v) for v in sess.run([a, b])])
    print(int(sess.run(b)))
""",
    "dict": """
import tensorflow as tf

records = tf.data.Dataset.from_tensor_slices({"x": [1.0, 2.0, 3.0], "y": [3, 4, 5]})
iterator = records.make_initializable_iterator()
record = iterator.get_next()
double = record["x"] * 2.0
one = tf.data.make_one_shot_iterator(records).get_next()["y"]
with tf.Session() as sess:
    sess.run([iterator.initializer, tf.global_variables_initializer()])
    print(float(sess.run(double)), sorted((k, float(v)) for k, v in sess.run(record).items()))
    print(int(sess.run(one)), int(sess.run(one)))
""",
    "fed once": _HEAD
    + """
x = tf.placeholder(data.dtype, [None, 2])
y = tf.placeholder(tf.float32, [None, 1])
size = tf.placeholder(tf.int64, [])
dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(20, seed=3).batch(size)
iterator = dataset.make_initializable_iterator()
features, labels = iterator.get_next()
"""
    + _TRAIN
    + """
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(iterator.initializer, feed_dict={x: data, y: target, size: 6})
    step = 0
    while True:
        try:
            _, value = sess.run([train_op, loss])
            step += 1
            print(step, "%.5f" % value)
        except tf.errors.OutOfRangeError:
            break
    print(["%.5f" % v for v in sess.run(prediction, {features: data[:3]}).ravel()])
""",
    "fed again": _HEAD
    + """
x = tf.placeholder(tf.float32, [None, 2])
dataset = tf.data.Dataset.from_tensor_slices(x)
dataset = dataset.shuffle(10, seed=5).batch(4)
iterator = dataset.make_initializable_iterator()
batch = iterator.get_next()
w = tf.Variable([1.5, 2.0])
total = tf.reduce_sum(batch * w)
scale = tf.placeholder(tf.float32, [])
other = total * scale
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(2):
        sess.run(iterator.initializer, feed_dict={x: data[:6]})
        try:
            while True:
                print("%.5f" % sess.run(total))
        except tf.errors.OutOfRangeError:
            pass
    sess.run(iterator.initializer, feed_dict={x: data[10:]})
    print("%.5f" % sess.run(other, {scale: 2}))
""",
    "reinitializable": _HEAD
    + """
train = tf.data.Dataset.from_tensor_slices((data[:10], target[:10])).batch(4)
test = tf.data.Dataset.from_tensor_slices((data[10:], target[10:])).batch(5)
iterator = tf.data.Iterator.from_structure(train.output_types, train.output_shapes)
features, labels = iterator.get_next()
train_init = iterator.make_initializer(train)
test_init = iterator.make_initializer(test)
"""
    + _TRAIN
    + """
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(2):
        sess.run(train_init)
        try:
            while True:
                print("%.5f" % sess.run([train_op, loss])[1])
        except tf.errors.OutOfRangeError:
            pass
        sess.run(test_init)
        print("test %.5f" % sess.run(loss))
""",
    "in functions": """
import numpy as np
import tensorflow as tf


def parse(x, y):
    return tf.cast(x, tf.float32) / 10.0, tf.one_hot(y, 3)


def input_fn(n):
    dataset = tf.data.Dataset.from_tensor_slices((np.arange(2 * n).reshape(n, 2), np.arange(n) % 3))
    return dataset.map(parse).batch(4).repeat(2).make_one_shot_iterator().get_next()


def main():
    features, labels = input_fn(10)
    scale = tf.placeholder(tf.float32, shape=[])
    w = tf.get_variable("w", [2, 3], initializer=tf.zeros_initializer())
    loss = tf.losses.softmax_cross_entropy(labels, tf.matmul(features, w) * scale)
    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        try:
            while True:
                _, value = sess.run([train_op, loss], {scale: 2.0})
                print("%.5f" % value)
        except tf.errors.OutOfRangeError:
            print("end")


main()
""",
    "in a class": """
import numpy as np
import tensorflow as tf


class Model(object):
    def __init__(self, data):
        self.dataset = tf.data.Dataset.from_tensor_slices(data).batch(2)
        self.iterator = self.dataset.make_initializable_iterator()
        self.x = self.iterator.get_next()
        self.w = tf.Variable(2.0)
        self.y = tf.reduce_sum(self.x * self.w)

    def total(self, sess):
        sess.run(self.iterator.initializer)
        result = 0.0
        while True:
            try:
                result += float(sess.run(self.y))
            except tf.errors.OutOfRangeError:
                return result


model = Model(np.arange(5, dtype=np.float32))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(model.total(sess))
    print(model.total(sess))
""",
    "csv": """
import tensorflow as tf

names = tf.train.string_input_producer([FOLDER + "/data.csv"], shuffle=False)
reader = tf.TextLineReader(skip_header_lines=1)
key, value = reader.read(names)
columns = tf.decode_csv(value, record_defaults=[[0.0], [0.0], [0.0]])
x_batch, y_batch = tf.train.batch([columns[:-1], columns[-1:]], batch_size=3)
x = tf.placeholder(tf.float32, [None, 2])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.zeros([2, 1]))
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - y))
train = tf.train.GradientDescentOptimizer(1e-5).minimize(loss)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
coord = tf.train.Coordinator()
threads = tf.train.start_queue_runners(sess=sess, coord=coord)
for step in range(4):
    xs, ys = sess.run([x_batch, y_batch])
    value, _ = sess.run([loss, train], feed_dict={x: xs, y: ys})
    print(step, ys.ravel().tolist(), "%.3f" % value)
coord.request_stop()
coord.join(threads)
""",
    "slices": """
import numpy as np
import tensorflow as tf

data = np.arange(20, dtype=np.float32).reshape(10, 2)
row, label = tf.train.slice_input_producer([data, np.arange(10)], num_epochs=2, shuffle=False)
scaled = row / 10.0
rows, classes = tf.train.batch([scaled, label], batch_size=4, allow_smaller_final_batch=True)
total = tf.reduce_sum(rows) + tf.cast(tf.reduce_sum(classes), tf.float32)
with tf.Session() as sess:
    sess.run(tf.group(tf.global_variables_initializer(), tf.local_variables_initializer()))
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess, coord)
    try:
        while not coord.should_stop():
            print("%.3f" % sess.run(total))
    except tf.errors.OutOfRangeError:
        print("end")
    finally:
        coord.request_stop()
    coord.join(threads)
""",
    "monitored": """
import numpy as np
import tensorflow as tf

x = tf.constant(np.linspace(-1, 1, 20).astype(np.float32))
w = tf.Variable(0.0, name="w")
loss = tf.reduce_mean(tf.square(w * x - 2 * x))
global_step = tf.train.get_or_create_global_step()
train_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss, global_step=global_step)
hooks = [tf.train.StopAtStepHook(last_step=5)]
with tf.train.MonitoredTrainingSession(hooks=hooks, checkpoint_dir=None) as sess:
    while not sess.should_stop():
        _, value, step = sess.run([train_op, loss, global_step])
        print(int(step), "%.5f" % value)
""",
    "monitored to the end of the data": """
import numpy as np
import tensorflow as tf

data = np.arange(12, dtype=np.float32)
dataset = tf.data.Dataset.from_tensor_slices((data, 2 * data)).batch(4).repeat(2)
features, labels = dataset.make_one_shot_iterator().get_next()
w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
loss = tf.reduce_mean(tf.square(w * features - labels))
train_op = tf.train.GradientDescentOptimizer(0.001).minimize(loss)
with tf.train.SingularMonitoredSession() as sess:
    while not sess.should_stop():
        _, value = sess.run([train_op, loss])
        print("%.4f" % value)
print("done")
""",
}
