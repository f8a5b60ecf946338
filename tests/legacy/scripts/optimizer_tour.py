"""Every optimizer of tf.train and some of tf.contrib.opt on the Rosenbrock valley, with their slots."""
from __future__ import print_function

import tensorflow as tf

OPTIMIZERS = [
    ('GradientDescent', lambda: tf.train.GradientDescentOptimizer(0.001)),
    ('Momentum', lambda: tf.train.MomentumOptimizer(0.0005, 0.9)),
    ('Nesterov', lambda: tf.train.MomentumOptimizer(0.0005, 0.9, use_nesterov=True)),
    ('Adagrad', lambda: tf.train.AdagradOptimizer(0.1)),
    ('Adadelta', lambda: tf.train.AdadeltaOptimizer(1.0, rho=0.9, epsilon=1e-4)),
    ('AdagradDA', lambda: tf.train.AdagradDAOptimizer(0.1, tf.train.get_or_create_global_step())),
    ('Adam', lambda: tf.train.AdamOptimizer(0.05)),
    ('Ftrl', lambda: tf.train.FtrlOptimizer(0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.01)),
    ('RMSProp', lambda: tf.train.RMSPropOptimizer(0.02, momentum=0.5)),
    ('RMSProp centered', lambda: tf.train.RMSPropOptimizer(0.02, centered=True)),
    ('ProximalGD', lambda: tf.train.ProximalGradientDescentOptimizer(0.001, l1_regularization_strength=0.1)),
    ('ProximalAdagrad', lambda: tf.train.ProximalAdagradOptimizer(0.1, l2_regularization_strength=0.1)),
    ('AdaMax', lambda: tf.contrib.opt.AdaMaxOptimizer(0.05)),
    ('Nadam', lambda: tf.contrib.opt.NadamOptimizer(0.05)),
    ('LazyAdam', lambda: tf.contrib.opt.LazyAdamOptimizer(0.05)),
    ('AdamW', lambda: tf.contrib.opt.AdamWOptimizer(weight_decay=0.01, learning_rate=0.05)),
    ('PowerSign', lambda: tf.contrib.opt.PowerSignOptimizer(0.0005)),
    ('AddSign', lambda: tf.contrib.opt.AddSignOptimizer(0.0005)),
]

for title, make in OPTIMIZERS:
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.get_variable('x', initializer=tf.constant([-0.5, 0.8]))
        table = tf.get_variable('table', [4, 2], initializer=tf.constant_initializer(0.3))
        rosenbrock = (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2
        sparse = tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, [1, 3, 1]) - 1.0))
        optimizer = make()
        grads_and_vars = optimizer.compute_gradients(rosenbrock + sparse)
        global_step = tf.train.get_or_create_global_step()
        train = optimizer.apply_gradients(grads_and_vars, global_step=global_step)
        sess.run(tf.global_variables_initializer())
        for _ in range(5):
            sess.run(train)
        print('%-17s loss %.6f x %s' % (title, sess.run(rosenbrock + sparse), sess.run(x).tolist()))
        print('     table', sess.run(table)[:2, 0].tolist(), 'slots', sorted(optimizer.get_slot_names()))
print(type(grads_and_vars[1][0]).__name__, optimizer.get_name())
