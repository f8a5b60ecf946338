"""Every decay of tf.train as a function of global_step, a warm-up by tf.cond, and a fed learning rate."""
from __future__ import print_function

import tensorflow as tf

global_step = tf.Variable(0, trainable=False, name='global_step')
base = 0.1
schedules = [
    ('exponential', tf.train.exponential_decay(base, global_step, 4, 0.5)),
    ('staircase', tf.train.exponential_decay(base, global_step, 4, 0.5, staircase=True)),
    ('piecewise', tf.train.piecewise_constant(global_step, [3, 6], [1.0, 0.5, 0.1])),
    ('polynomial', tf.train.polynomial_decay(base, global_step, 8, 0.01, power=2.0)),
    ('polynomial cycle', tf.train.polynomial_decay(base, global_step, 4, 0.01, cycle=True)),
    ('natural exp', tf.train.natural_exp_decay(base, global_step, 4, 0.5)),
    ('inverse time', tf.train.inverse_time_decay(base, global_step, 4, 0.5, staircase=True)),
    ('cosine', tf.train.cosine_decay(base, global_step, 8, alpha=0.1)),
    ('cosine restarts', tf.train.cosine_decay_restarts(base, global_step, 3, t_mul=2.0, m_mul=0.8)),
    ('linear cosine', tf.train.linear_cosine_decay(base, global_step, 8)),
    ('noisy linear cosine', tf.train.noisy_linear_cosine_decay(base, global_step, 8, initial_variance=0.0)),
]
warmup_steps = 3
warm = tf.cond(global_step < warmup_steps,
               lambda: base * tf.to_float(global_step + 1) / warmup_steps,
               lambda: tf.train.exponential_decay(base, global_step - warmup_steps, 2, 0.7))
schedules.append(('warm-up', warm))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    rows = []
    for _ in range(10):
        rows.append(sess.run([rate for _, rate in schedules]))
        sess.run(tf.assign_add(global_step, 1))
    for (name, _), values in zip(schedules, zip(*rows)):
        print('%-20s' % name, ' '.join('%.6f' % v for v in values))

lr = tf.placeholder(tf.float32, shape=[], name='lr')
lr_variable = tf.get_variable('learning_rate', [], initializer=tf.constant_initializer(0.25), trainable=False)
update_lr = tf.assign(lr_variable, lr)
w = tf.Variable([2.0, -1.0])
loss = tf.reduce_sum(w * w)
train = tf.train.GradientDescentOptimizer(lr_variable).minimize(loss, global_step)
with tf.Session() as sess:
    tf.global_variables_initializer().run()
    for epoch in range(4):
        sess.run(update_lr, {lr: 0.25 * 0.5 ** max(epoch - 1, 0)})
        sess.run(train)
        print('epoch %d rate %.5f w %s' % (epoch, lr_variable.eval(), w.eval().tolist()))
