"""while_loop, cond, case and TensorArray: Collatz, Newton, Fibonacci, and a gradient through a loop."""
from __future__ import print_function

import tensorflow as tf

sess = tf.InteractiveSession()

# collatz steps
n0 = tf.placeholder(tf.int32, [])
n, steps = tf.while_loop(
    lambda n, i: tf.greater(n, 1),
    lambda n, i: (tf.cond(tf.equal(n % 2, 0), lambda: n // 2, lambda: 3 * n + 1), i + 1),
    [n0, 0])
print('collatz', [sess.run(steps, {n0: start}) for start in (1, 6, 7, 27)])

# fibonacci in a TensorArray
size = 10
ta = tf.TensorArray(tf.int64, size=size, clear_after_read=False)
ta = ta.write(0, tf.constant(0, tf.int64)).write(1, tf.constant(1, tf.int64))
_, ta = tf.while_loop(lambda i, _: i < size, lambda i, a: (i + 1, a.write(i, a.read(i - 1) + a.read(i - 2))), (2, ta))
print('fibonacci', ta.stack().eval().tolist())

# shape invariants: a growing matrix
i0, m0 = tf.constant(0), tf.ones([1, 2])
_, grown = tf.while_loop(lambda i, m: i < 3, lambda i, m: [i + 1, tf.concat([m, m * 0.5], axis=0)],
                         loop_vars=[i0, m0], shape_invariants=[i0.get_shape(), tf.TensorShape([None, 2])])
print('grown', grown.get_shape(), grown.eval()[:, 0].tolist())

# a gradient through a loop: x ** 5
x = tf.constant(1.3)
_, power = tf.while_loop(lambda i, p: i < 5, lambda i, p: (i + 1, p * x), (0, 1.0), maximum_iterations=10)
dx, = tf.gradients(power, x)
print('power %.6f gradient %.6f' % (power.eval(), dx.eval()))


# newton's square root with a named tuple of loop variables
def newton(value):
    def body(guess, _):
        better = 0.5 * (guess + value / guess)
        return better, tf.abs(better - guess)
    return tf.while_loop(lambda guess, change: change > 1e-6, body, (value, tf.constant(1.0)), back_prop=False)[0]


print('sqrt', [float(newton(tf.constant(v)).eval()) for v in (2., 3., 10.)])

# case and cond with side effects only in the branch that is taken
counter = tf.Variable(0, name='counter')
flag = tf.placeholder(tf.bool)
result = tf.cond(flag, lambda: tf.assign_add(counter, 10), lambda: tf.identity(counter))
z = tf.placeholder(tf.float32, [])
branch = tf.case([(z < -1, lambda: tf.constant('low')), (z > 1, lambda: tf.constant('high'))],
                 default=lambda: tf.constant('middle'), exclusive=True)
sess.run(tf.global_variables_initializer())
print('cond', [sess.run(result, {flag: f}) for f in (True, False, True)])
print('case', [sess.run(branch, {z: v}).decode() for v in (-3., 0., 2.)])

# random walk: the seeded op inside the loop draws anew in every iteration
tf.set_random_seed(30)
_, walk = tf.while_loop(lambda i, w: i < 6, lambda i, w: (i + 1, w + tf.random_uniform([], -1, 1, seed=2)), (0, 0.0),
                        parallel_iterations=1)
print('walk', [float(walk.eval()) for _ in range(3)])
sess.close()
