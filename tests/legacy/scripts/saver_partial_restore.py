"""tf.train.Saver: max_to_keep, latest checkpoint, restoring some variables under other names, reading tensors."""
from __future__ import print_function

import os
import shutil
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.python import pywrap_tensorflow

directory = tempfile.mkdtemp()
prefix = os.path.join(directory, 'my-model')


def body(x, name='body'):
    with tf.variable_scope(name):
        w = tf.get_variable('w', [4, 3], initializer=tf.truncated_normal_initializer(stddev=0.1))
        b = tf.get_variable('b', [3], initializer=tf.constant_initializer(0.1))
        return tf.nn.relu(tf.nn.xw_plus_b(x, w, b))


data = np.random.RandomState(90).rand(5, 4).astype('float32')
tf.set_random_seed(90)
x = tf.placeholder(tf.float32, [None, 4], name='x')
net = body(x)
logits = tf.layers.dense(net, 2, name='head')
global_step = tf.train.get_or_create_global_step()
loss = tf.reduce_mean(tf.square(logits - 1))
train = tf.train.AdamOptimizer(0.1).minimize(loss, global_step)
saver = tf.train.Saver(max_to_keep=2)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(4):
        value = sess.run([loss, train], {x: data})[0]
        path = saver.save(sess, prefix, global_step=global_step, write_meta_graph=(epoch == 3))
        print('%s loss %.6f' % (os.path.basename(path), value))
    trained = sess.run(net, {x: data})
print([os.path.basename(p) for p in saver.last_checkpoints])
state = tf.train.get_checkpoint_state(directory)
print(os.path.basename(state.model_checkpoint_path), len(state.all_model_checkpoint_paths))

reader = pywrap_tensorflow.NewCheckpointReader(state.model_checkpoint_path)
for key in sorted(reader.get_variable_to_shape_map()):
    if 'Adam' not in key:
        print('  ', key, reader.get_tensor(key).shape, reader.get_variable_to_dtype_map()[key].name)

tf.reset_default_graph()
x = tf.placeholder(tf.float32, [None, 4])
net = body(x, name='encoder')
new_head = tf.layers.dense(net, 5, name='new_head', kernel_initializer=tf.ones_initializer())
encoder = {'body/' + v.op.name.split('/')[1]: v for v in tf.global_variables(scope='encoder')}
restorer = tf.train.Saver(encoder)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    restorer.restore(sess, tf.train.latest_checkpoint(directory))
    print('same features:', np.allclose(sess.run(net, {x: data}), trained))
    print(sess.run(new_head, {x: data[:1]}).tolist())
    try:
        tf.train.Saver().restore(sess, state.model_checkpoint_path)
    except tf.errors.NotFoundError as e:
        print(type(e).__name__, 'not found in checkpoint' in str(e))

tf.reset_default_graph()
with tf.variable_scope('third'):
    v = tf.get_variable('w', [4, 3])
tf.train.init_from_checkpoint(directory, {'body/': 'third/'})
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print('init_from_checkpoint', sess.run(v)[0].tolist(), tf.train.list_variables(directory)[0])
shutil.rmtree(directory)
