"""Programs before and after: what sessions are asked for, and what they are fed."""

# What follows the import of TensorFlow, before and after.
FETCHES = {
    "a fetch": (
        """\
x = tf.placeholder(tf.float32, [None, 3])
y = tf.reduce_sum(x)
sess = tf.Session()
print(sess.run(y, {x: data}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    return tf.reduce_sum(x)


print(compute_y(data).numpy())
""",
    ),
    "fetches in a list of a function": (
        """\
x = tf.placeholder(tf.float32, [])
y = x + 1.0


def show(sess):
    fetches = [y, x]
    print(sess.run(fetches, {x: 1.0}))


show(tf.Session())
""",
        """

@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y_and_x(x):
    y = x + 1.0
    return y, x


def show():
    print([value.numpy() for value in compute_y_and_x(1.0)])


show()
""",
    ),
    "a fetch without placeholders": (
        """\
a = tf.constant(2)
b = tf.constant(3)
with tf.Session() as sess:
    print(sess.run(a * b))
""",
        """\
a = tf.constant(2)
b = tf.constant(3)
print((a * b).numpy())
""",
    ),
    "placeholders in the order in which they were made": (
        """\
a = tf.placeholder(tf.int32, [])
b = tf.placeholder(tf.int32, [])
c = a - b
sess = tf.Session()
print(sess.run(c, {b: 1, a: 2}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([], tf.int32), tf.TensorSpec([], tf.int32)])
def compute_c(a, b):
    return a - b


print(compute_c(2, 1).numpy())
""",
    ),
    "placeholder without shape": (
        """\
x = tf.placeholder("float")
y = x + 1.0
sess = tf.Session()
print(sess.run(y, feed_dict={x: 3.0}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec(None, tf.float32)])
def compute_y(x):
    return x + 1.0


print(compute_y(3.0).numpy())
""",
    ),
    "a default": (
        """\
k = tf.placeholder_with_default(2.0, [])
y = k * 2.0
sess = tf.Session()
print(sess.run(y), sess.run(y, {k: 3.0}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(k=2.0):
    return k * 2.0


print(compute_y().numpy(), compute_y(k=3.0).numpy())
""",
    ),
    "a feed that a call gives": (
        """\
x = tf.placeholder(tf.float32, [None])
y = tf.placeholder(tf.float32, [None])


def draw():
    return {x: next(numbers), y: next(numbers)}


sess = tf.Session()
print(sess.run(x * y, feed_dict=draw()))
print(sess.run(tf.exp(y), feed_dict=draw()))
""",
        """

def draw():
    return {"x": next(numbers), "y": next(numbers)}


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32), tf.TensorSpec([None], tf.float32)])
def compute_x(x, y):
    return x * y


print(compute_x(**draw()).numpy())


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def compute_exp(y):
    return tf.exp(y)


print(compute_exp(draw()["y"]).numpy())
""",
    ),
    "a feed in a variable": (
        """\
x = tf.placeholder(tf.float32, [None, 3])
y = tf.reduce_sum(x)
feed = {x: data}
sess = tf.Session()
print(sess.run(y, feed_dict=feed))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    return tf.reduce_sum(x)


feed = {"x": data}
print(compute_y(feed["x"]).numpy())
""",
    ),
    "eval in a loop": (
        """\
x = tf.placeholder(tf.float32, [None, 3])
y = tf.reduce_sum(x)
with tf.Session():
    for i in range(2):
        print(y.eval({x: data * i}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    return tf.reduce_sum(x)


for i in range(2):
    print(compute_y(data * i).numpy())
""",
    ),
    "a dict of fetches": (
        """\
x = tf.placeholder(tf.float32, [None, 3])
y = x + 1
sess = tf.Session()
out = sess.run({"y": y, "z": y * 2}, {x: data})
""",
        """

@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    y = x + 1
    return {"y": y, "z": y * 2}


out = {name: value.numpy() for name, value in compute_y(data).items()}
""",
    ),
    "a dict of fetches with parts": (
        """\
a = tf.constant(1.0)
out = tf.Session().run({"both": (a, a * 2), "one": a})
""",
        """\
a = tf.constant(1.0)
out = tf.nest.map_structure(lambda value: value.numpy(), ({"both": (a, a * 2), "one": a}))
""",
    ),
    "a dict of a function that computes": (
        """\
x = tf.placeholder(tf.float32, [])


def parts(x):
    found = {"twice": x * 2, "half": x / 2}
    return found


y = parts(x)["half"]
print(tf.Session().run(y, {x: 1.0}))
""",
        """

def parts(x):
    found = {"twice": x * 2, "half": x / 2}
    return found


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(x):
    return parts(x)["half"]


print(compute_y(1.0).numpy())
""",
    ),
    "a loop of several tensors": (
        """\
x = tf.placeholder(tf.int32, [])
both = tf.scan(lambda last, _: (last[1], last[0] + last[1]), tf.range(x), (0, 1))
print(tf.Session().run(both, {x: 8}))
""",
        """

@tf.function(input_signature=[tf.TensorSpec([], tf.int32)])
def compute_both(x):
    return tf.scan(lambda last, _: (last[1], last[0] + last[1]), tf.range(x), (0, 1))


print(tf.nest.map_structure(lambda value: value.numpy(), compute_both(8)))
""",
    ),
}
