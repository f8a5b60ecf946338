"""Programs before and after: one construct of the engine each."""

# What follows the import of TensorFlow, before and after.
WRITTEN = {
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
    "no global step": (
        """\
w = tf.Variable(1.0)
train = tf.train.GradientDescentOptimizer(0.1).minimize(w * w, None)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(train)
""",
        """\
w = tf.Variable(1.0)
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function
def train_step():
    with tf.GradientTape() as tape:
        loss = w * w
    variables = tape.watched_variables()
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))


train_step()
""",
    ),
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
    "training": (
        """\
x = tf.placeholder(tf.float32, [None, 3])
w = tf.Variable(tf.zeros([3, 1]))
loss = tf.reduce_mean(tf.square(tf.matmul(x, w)))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for i in range(3):
    _, l = sess.run([train, loss], {x: data})
    print(i, l)
""",
        """\
w = tf.Variable(tf.zeros([3, 1]))
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def train_step(x):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(x, w)))
    variables = tape.watched_variables()
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


for i in range(3):
    l = train_step(data).numpy()
    print(i, l)
""",
    ),
    "a learning rate that is fed": (
        """\
w = tf.Variable(1.0)
rate = tf.placeholder(tf.float32, [])
train = tf.train.GradientDescentOptimizer(rate).minimize(w * w)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
sess.run(train, {rate: 0.1})
""",
        """\
w = tf.Variable(1.0)
optimizer = tf.keras.optimizers.SGD()


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def train_step(rate):
    with tf.GradientTape() as tape:
        loss = w * w
    variables = tape.watched_variables()
    gradients = tape.gradient(loss, variables)
    optimizer.learning_rate.assign(rate)
    optimizer.apply_gradients(zip(gradients, variables))


train_step(0.1)
""",
    ),
    "the variables that are trained": (
        """\
w = tf.Variable(1.0)
v = tf.Variable(2.0)
train = tf.train.GradientDescentOptimizer(0.1).minimize(w * v, var_list=[v])
sess = tf.Session()
sess.run(tf.global_variables_initializer())
sess.run(train)
""",
        """\
w = tf.Variable(1.0)
v = tf.Variable(2.0, name="Variable_1")
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function
def train_step():
    with tf.GradientTape() as tape:
        loss = w * v
    variables = [v]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))


train_step()
""",
    ),
    "a global step": (
        """\
step = tf.Variable(0, trainable=False)
w = tf.Variable(1.0)
train = tf.train.GradientDescentOptimizer(0.1).minimize(w * w, global_step=step)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
sess.run(train)
print(sess.run(step))
""",
        """\
step = tf.Variable(0, trainable=False)
w = tf.Variable(1.0, name="Variable_1")
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function
def train_step():
    with tf.GradientTape() as tape:
        loss = w * w
    variables = tape.watched_variables()
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    step.assign_add(1)


train_step()
print(step.numpy())
""",
    ),
    "statements that two runs share": (
        """\
x = tf.placeholder(tf.float32, [None, 3])
h = tf.nn.relu(x)
a = tf.reduce_sum(h)
b = tf.reduce_max(h)
sess = tf.Session()
print(sess.run(a, {x: data}))
print(sess.run(b, {x: data}))
""",
        """

def compute_h(x):
    return tf.nn.relu(x)


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_a(x):
    h = compute_h(x)
    return tf.reduce_sum(h)


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_b(x):
    h = compute_h(x)
    return tf.reduce_max(h)


print(compute_a(data).numpy())
print(compute_b(data).numpy())
""",
    ),
    "a variable": (
        """\
w = tf.Variable(1.0, name="w")
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run(w))
""",
        """\
w = tf.Variable(1.0, name="w")
print(w.numpy())
""",
    ),
    "get_variable": (
        """\
with tf.variable_scope("a"):
    w = tf.get_variable("w", [2], initializer=tf.zeros_initializer())
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run(w))
""",
        """\
w = tf.Variable(tf.zeros_initializer()([2]), name="a/w")
print(w.numpy())
""",
    ),
    "a layer": (
        """\
x = tf.placeholder(tf.float32, [None, 3])
y = tf.layers.dense(x, 2, activation=tf.nn.relu)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run(y, {x: data}))
""",
        """\
dense = tf.keras.layers.Dense(2, activation=tf.nn.relu, name="dense")


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    return dense(x)


print(compute_y(data).numpy())
""",
    ),
    "a class": (
        """\
class Model:
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 3])
        self.w = tf.Variable(tf.ones([3, 1]))
        self.y = tf.matmul(self.x, self.w)
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

    def predict(self, data):
        return self.sess.run(self.y, {self.x: data})


print(Model().predict(data))
""",
        """\
class Model:
    def __init__(self):
        self.w = tf.Variable(tf.ones([3, 1]))

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
    def compute_y(self, x):
        return tf.matmul(x, self.w)

    def predict(self, data):
        return self.compute_y(data).numpy()


print(Model().predict(data))
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
    "a seed and random numbers": (
        """\
tf.set_random_seed(1)
w = tf.Variable(tf.random_uniform([2]))
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run(w))
""",
        """\
tf.random.set_seed(1)
w = tf.Variable(tf.random.uniform([2]))
print(w.numpy())
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
    "updates that have no name": (
        """\
w = tf.Variable(1.0)
v = tf.Variable(2.0)
both = tf.group(w.assign_add(1.0), v.assign(3.0))
with tf.control_dependencies([w.assign_add(1.0)]):
    y = w * 2
sess = tf.Session()
sess.run(both)
sess.run(tf.group(*[each.assign_sub(0.5) for each in [w, v]]))
sess.run(w.assign_add(1.0).op)
print(sess.run(y))
""",
        """\
w = tf.Variable(1.0)
v = tf.Variable(2.0, name="Variable_1")


@tf.function
def both_2():
    w.assign_add(1.0)
    v.assign(3.0)


@tf.function
def compute_y():
    w.assign_add(1.0)
    return w * 2


both_2()


@tf.function
def group():
    [each.assign_sub(0.5) for each in [w, v]]


group()


@tf.function
def op():
    w.assign_add(1.0)


op()
print(compute_y().numpy())
""",
    ),
    "a variable that is read beside its update": (
        """\
w = tf.Variable(1.0)
grow = w.assign_add(1.0)
with tf.control_dependencies([grow]):
    after = w.read_value()
before = w * 1.0
print(tf.Session().run([after, before]))
""",
        """\
w = tf.Variable(1.0)


@tf.function
def compute_after_and_before():
    before = w * 1.0
    grow = w.assign_add(1.0)
    after = w
    return after, before


print([value.numpy() for value in compute_after_and_before()])
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
    "updates with values of Python": (
        """\
x = tf.placeholder(tf.float32, [])
rate = tf.Variable(0.0, trainable=False)
y = x * rate
with tf.Session() as sess:
    out = sess.run(tf.global_variables_initializer())
    for i in range(3):
        sess.run(tf.assign(rate, 0.5 * 0.9 ** i))
        print(sess.run(rate.assign(i)), sess.run(y, {x: 2.0}), out)
""",
        """\
rate = tf.Variable(0.0, trainable=False)


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(x):
    return x * rate


out = None
for i in range(3):
    rate.assign(0.5 * 0.9 ** i)
    print(rate.assign(i).numpy(), compute_y(2.0).numpy(), out)
""",
    ),
    "one optimizer in two places": (
        """\
v = tf.Variable(1.0)
w = tf.Variable(2.0)
optimizer = tf.train.GradientDescentOptimizer(0.1)
one = optimizer.minimize(v * v, var_list=[v])
other = optimizer.minimize(w * w, var_list=[w])
sess = tf.Session()
sess.run(one)
sess.run(other)
""",
        """\
v = tf.Variable(1.0)
w = tf.Variable(2.0, name="Variable_1")
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function
def train_one():
    with tf.GradientTape() as tape:
        loss = v * v
    variables = [v]
    gradients = tape.gradient(loss, variables)
    if not optimizer.built:
        optimizer.build([v, w])
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function
def train_other():
    with tf.GradientTape() as tape:
        loss = w * w
    variables = [w]
    gradients = tape.gradient(loss, variables)
    if not optimizer.built:
        optimizer.build([v, w])
    optimizer.apply_gradients(zip(gradients, variables))


train_one()
train_other()
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
