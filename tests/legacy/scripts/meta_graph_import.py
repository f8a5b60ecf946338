"""export_meta_graph and import_meta_graph: fetch tensors by name, restore, fine-tune from a stop_gradient, clear devices."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

save_dir = tempfile.mkdtemp()
data = np.random.RandomState(35).randn(12, 3).astype('float32')


def first_program():
    tf.set_random_seed(35)
    rows = tf.placeholder(tf.float32, [None, 3], name="rows")
    with tf.device('/gpu:0'):
        mixing = tf.Variable(tf.random_uniform([3, 4], -0.5, 0.5), name="mixing")
    hidden = tf.nn.sigmoid(tf.matmul(rows, mixing), name='hidden')
    w_out = tf.Variable(tf.zeros([4, 1]), name='out_w')
    out = tf.matmul(hidden, w_out, name="answer")
    loss = tf.reduce_mean(tf.square(out - 1.0), name='loss')
    train = tf.train.AdamOptimizer(0.1).minimize(loss, name='train_op')
    tf.add_to_collection('train_ops', train)
    tf.add_to_collection('endpoints', hidden)
    tf.add_to_collection('endpoints', out)
    with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(5):
            sess.run(train, {rows: data})
        print('saved with loss %.6f' % sess.run(loss, {rows: data}))
        tf.train.Saver().save(sess, os.path.join(save_dir, 'regression'), global_step=1000)


def second_program():
    with tf.Session() as sess:
        saver = tf.train.import_meta_graph(os.path.join(save_dir, 'regression-1000.meta'), clear_devices=True)
        saver.restore(sess, tf.train.latest_checkpoint(save_dir))
        graph = tf.get_default_graph()
        rows = graph.get_tensor_by_name("rows:0")
        answer = graph.get_tensor_by_name("answer:0")
        print('restored loss %.6f' % sess.run('loss:0', {rows: data}))
        print([t.name for t in tf.get_collection('endpoints')], [v.name for v in tf.trainable_variables()])
        sess.run(tf.get_collection('train_ops')[0], {rows: data})
        print('one more step %.6f' % sess.run('loss:0', {'rows:0': data}))
        print(sess.run(answer, {rows: data[:2]}).ravel().tolist())

        features = tf.stop_gradient(tf.get_collection('endpoints')[0])
        with tf.variable_scope('new_layer'):
            new_out = tf.layers.dense(features, 2, kernel_initializer=tf.constant_initializer(0.2))
        new_loss = tf.reduce_sum(tf.abs(new_out))
        new_vars = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope='new_layer')
        sess.run(tf.variables_initializer(new_vars))
        train = tf.train.GradientDescentOptimizer(0.01).minimize(new_loss)
        before = sess.run('mixing:0')
        sess.run(train, {rows: data})
        print('fine-tuned loss %.6f' % sess.run(new_loss, {rows: data}), 'frozen:', (before == sess.run('mixing:0')).all())


first_program()
meta = tf.train.export_meta_graph()
print(sorted(meta.collection_def), meta.meta_info_def.tensorflow_version[:2])
tf.reset_default_graph()
second_program()
