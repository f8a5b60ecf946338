"""assign, assign_add, scatter updates, count_up_to and control_dependencies with ref and resource variables."""
from __future__ import print_function

import tensorflow as tf

x = tf.Variable(1.0, name='x')
y = tf.get_variable('y', [3], initializer=tf.zeros_initializer(), use_resource=True)
table = tf.Variable(tf.ones([4, 2]), name='table')
counter = tf.Variable(0, name='counter', trainable=False)

x_plus_1 = tf.assign_add(x, 1)
with tf.control_dependencies([x_plus_1]):
    read_before = x
    read_after = tf.identity(x)
    nothing = tf.no_op(name='nothing')
with tf.control_dependencies(None):
    free = tf.constant(7)

count = counter.count_up_to(3)
scatter = [
    ('update', tf.scatter_update(table, [0, 2], [[5., 5.], [6., 6.]])),
    ('add', tf.scatter_add(table, [1, 1], [[1., 1.], [2., 2.]])),
    ('sub', tf.scatter_sub(table, [3], [[0.5, 0.25]])),
    ('mul', tf.scatter_mul(table, [0], [[2., 3.]])),
    ('max', tf.scatter_max(table, [2], [[1., 10.]])),
    ('nd', tf.scatter_nd_update(table, [[3, 0]], [9.])),
]
sliced = y[1:].assign([4., 5.])
chained = tf.group(y.assign_add([1., 1., 1.]), tf.assign(x, 10.))
swap_a, swap_b = tf.Variable(1), tf.Variable(2)
with tf.control_dependencies([swap_a.read_value(), swap_b.read_value()]):
    old_a, old_b = tf.identity(swap_a + 0), tf.identity(swap_b + 0)
with tf.control_dependencies([old_a, old_b]):
    swap = tf.tuple([swap_a.assign(old_b), swap_b.assign(old_a)])

init = tf.global_variables_initializer()
sess = tf.InteractiveSession()
sess.run(init)
print(read_before.name, read_after.name, [op.name for op in read_after.op.control_inputs], free.op.control_inputs)
print('x', x.eval(), read_after.eval(), x.eval())
nothing.run()
print('after no_op', x.eval())
for _ in range(4):
    try:
        print('count', count.eval(), counter.eval())
    except tf.errors.OutOfRangeError:
        print('reached the limit')
for name, op in scatter:
    print(name, sess.run(op).tolist())
print('sliced', sess.run(sliced).tolist(), y.eval().tolist())
sess.run(chained)
print('grouped', y.eval().tolist(), x.eval(), type(y).__name__, x.dtype, y.dtype)
print('swapped', sess.run([swap_a, swap_b]), sess.run(swap) and sess.run([swap_a, swap_b]))
x.load(42., sess)
print('loaded', x.eval(), x.initial_value.name, tf.report_uninitialized_variables().eval().tolist())
late = tf.Variable(x.initialized_value() * 2)
print([name.decode() for name in tf.report_uninitialized_variables().eval()])
sess.run(late.initializer)
print('late', late.eval())

# a Python loop that only makes ops leaves its side effects undone
total = tf.Variable(0)
sess.run(total.initializer)
ops = []
for i in range(3):
    with tf.control_dependencies(ops):
        ops = [tf.assign_add(total, i * i)]
print('in order', sess.run(ops), total.eval())
critical = tf.CriticalSection(name='critical')
print('critical', sess.run(critical.execute(lambda: total.assign(total.read_value() * 2))))
sess.close()
