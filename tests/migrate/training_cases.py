"""Programs before and after: variables, what changes them, and what trains them."""

# What follows the import of TensorFlow, before and after.
TRAINING = {
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
}
