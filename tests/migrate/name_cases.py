"""Programs before and after: names, functions, branches, and what goes."""

# What follows the import of TensorFlow, before and after.
NAMES = {
    "a name that is given again": (
        """\
x = tf.placeholder(tf.float32, [None, 3])
k = 1.0
w = tf.Variable(tf.ones([3, 3]), name="one/w")
h = k * tf.matmul(x, w)
k = 2.0
w = tf.Variable(tf.ones([3, 2]), name="two/w")
y = k * tf.matmul(h, w)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run(y, {x: data}), k)
""",
        """\
k_2 = 1.0
one_w = tf.Variable(tf.ones([3, 3]), name="one/w")
k = 2.0
w = tf.Variable(tf.ones([3, 2]), name="two/w")


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    h = k_2 * tf.matmul(x, one_w)
    return k * tf.matmul(h, w)


print(compute_y(data).numpy(), k)
""",
    ),
    "a name that a method gives again": (
        """\
class Net:
    def __init__(self):
        x = tf.placeholder(tf.float32, [None, 3])
        w = tf.Variable(tf.ones([3, 3]), name="one/w")
        h = tf.matmul(x, w)
        w = tf.Variable(tf.ones([3, 3]), name="two/w")
        self.x = x
        self.y = tf.matmul(h, w)

    def show(self, data):
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            print(sess.run(self.y, {self.x: data}))


Net().show(data)
""",
        """\
class Net:
    def __init__(self):
        self.one_w = tf.Variable(tf.ones([3, 3]), name="one/w")
        self.w = tf.Variable(tf.ones([3, 3]), name="two/w")

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
    def compute_y(self, x):
        h = tf.matmul(x, self.one_w)
        return tf.matmul(h, self.w)

    def show(self, data):
        print(self.compute_y(data).numpy())


Net().show(data)
""",
    ),
    "names imported from TensorFlow": (
        """\
from tensorflow import placeholder, Session, float32
x = placeholder(float32, [])
y = x + 1
print(Session().run(y, {x: 1.0}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(x):
    return x + 1


print(compute_y(1.0).numpy())
""",
    ),
    "an interactive session": (
        """\
sess = tf.InteractiveSession()
a = tf.constant(1)
print((a + 1).eval())
sess.close()
""",
        """\
a = tf.constant(1)
print((a + 1).numpy())
""",
    ),
    "old names of arguments": (
        """\
x = tf.placeholder(tf.float32, [None, 3])
y = tf.reduce_sum(x, reduction_indices=[1], keep_dims=True)
print(tf.Session().run(y, {x: data}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    return tf.reduce_sum(x, axis=[1], keepdims=True)


print(compute_y(data).numpy())
""",
    ),
    "names that are used again once a function is called for the last time": (
        """\
x = tf.placeholder(tf.float32, [])
k = 2.0
y = x * k
sess = tf.Session()
print(sess.run(y, {x: 1.0}))
k = 3.0
z = x + k
print(sess.run(z, {x: 1.0}))
""",
        """\
k = 2.0


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(x):
    return x * k


print(compute_y(1.0).numpy())
k = 3.0


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_z(x):
    return x + k


print(compute_z(1.0).numpy())
""",
    ),
    "a branch that is not taken": (
        """\
KIND = "sum"
x = tf.placeholder(tf.float32, [None])
if KIND == "sum":
    y = tf.reduce_sum(x)
elif KIND == "mean":
    y = tf.reduce_mean(x)
else:
    raise ValueError(KIND)
sess = tf.Session()
if KIND == "all":
    print(sess.run(x * 2, {x: data}))
else:
    print(sess.run(y, {x: data}))
""",
        """\
KIND = "sum"


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def compute_y(x):
    if KIND == "sum":
        y = tf.reduce_sum(x)
    elif KIND == "mean":
        y = tf.reduce_mean(x)
    else:
        raise ValueError(KIND)
    return y


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def compute_x(x):
    return x * 2


if KIND == "all":
    print(compute_x(data).numpy())
else:
    print(compute_y(data).numpy())
""",
    ),
    "summaries of which there are none": (
        """\
x = tf.constant(1.0)
merged = tf.summary.merge_all()
all_of_them = tf.summary.merge_all()
print(tf.Session().run(x), all_of_them)
""",
        """\
x = tf.constant(1.0)
all_of_them = None
print(x.numpy(), all_of_them)
""",
    ),
    "the old API in TensorFlow 2": (
        """\
if tf.__version__.startswith("2"):
    tf.compat.v1.disable_eager_execution()
x = tf.compat.v1.placeholder(tf.float32, [])
with tf.compat.v1.Session() as sess:
    sess.run(tf.compat.v1.global_variables_initializer())
    print(sess.run(x * 2, {x: 1.0}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_x(x):
    return x * 2


print(compute_x(1.0).numpy())
""",
    ),
    "a writer that only gets a graph": (
        """\
x = tf.placeholder(tf.float32, [])
y = x * 2
sess = tf.Session()
tf.summary.FileWriter("logs", sess.graph)
print(sess.run(y, {x: 1.0}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(x):
    return x * 2


with tf.summary.create_file_writer("logs").as_default():
    tf.summary.graph(compute_y.get_concrete_function().graph)
print(compute_y(1.0).numpy())
""",
    ),
    "loops that go on from what was there before": (
        """\
x = tf.placeholder(tf.float32, [])
w = tf.Variable(2.0)
total = 0.0
for i in range(3):
    total = total + x * w
y = w
for i in range(2):
    y = y * x
sess = tf.Session()
print(sess.run([total, y], {x: 2.0}), w.name)
""",
        """\
w = tf.Variable(2.0)
base_y = w


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_total_and_y(x):
    total = 0.0
    for i in range(3):
        total = total + x * w
    y = base_y
    for i in range(2):
        y = y * x
    return total, y


print([value.numpy() for value in compute_total_and_y(2.0)], w.name)
""",
    ),
    "a module of TensorFlow that is not read any more": (
        """\
from tensorflow.python.framework import ops
ops.reset_default_graph()
w = tf.Variable(1.0)
print(tf.Session().run(w))
""",
        """\
w = tf.Variable(1.0)
print(w.numpy())
""",
    ),
    "the version as a notebook shows it": (
        """\
tf.__version__
print(tf.Session().run(tf.constant(1.0)))
""",
        """\
tf.__version__
print(tf.constant(1.0).numpy())
""",
    ),
}
