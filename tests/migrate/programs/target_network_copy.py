import numpy as np
import tensorflow as tf


def network(states, scope):
    with tf.variable_scope(scope):
        w = tf.get_variable("w", [3, 2], initializer=tf.random_normal_initializer(0.0, 0.3))
        b = tf.get_variable("b", [2], initializer=tf.constant_initializer(0.1))
        return tf.matmul(states, w) + b


s = tf.placeholder(tf.float32, [None, 3], name="s")
q_target = tf.placeholder(tf.float32, [None, 2], name="q_target")
q_eval = network(s, "eval_net")
q_next = network(s, "target_net")
loss = tf.reduce_mean(tf.squared_difference(q_target, q_eval))
train_op = tf.train.RMSPropOptimizer(0.05).minimize(loss)
t_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="target_net")
e_params = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="eval_net")
replace_op = [tf.assign(t, e) for t, e in zip(t_params, e_params)]

rng = np.random.RandomState(26)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for i in range(6):
    if i % 3 == 0:
        sess.run(replace_op)
    batch = rng.randn(5, 3)
    nxt = sess.run(q_next, {s: batch})
    _, cost = sess.run([train_op, loss], {s: batch, q_target: 0.9 * nxt + 1})
    print(i, cost)
