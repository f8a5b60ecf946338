"""Freeze variables to constants with graph_util, write the .pb, import it under a prefix and run it."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import graph_util

output_graph = os.path.join(tempfile.mkdtemp(), "frozen_model.pb")
image = np.random.RandomState(64).rand(1, 6, 6, 1).astype(np.float32)


def train_and_freeze():
    tf.set_random_seed(64)
    with tf.Session(graph=tf.get_default_graph()) as sess:
        x = tf.placeholder(tf.float32, [None, 6, 6, 1], name='input')
        conv = tf.layers.conv2d(x, 3, 3, activation=tf.nn.relu, name='conv')
        keep = tf.placeholder_with_default(1.0, [], name='keep_prob')
        logits = tf.layers.dense(tf.nn.dropout(tf.layers.flatten(conv), keep), 4, name='fc')
        probs = tf.nn.softmax(logits, name='output')
        loss = tf.losses.sparse_softmax_cross_entropy([2], logits)
        train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
        sess.run(tf.global_variables_initializer())
        for _ in range(3):
            sess.run(train, {x: image})
        expected = sess.run(probs, {x: image})
        graph_def = sess.graph.as_graph_def()
        frozen = graph_util.convert_variables_to_constants(sess, graph_def, ['output'])
        stripped = graph_util.remove_training_nodes(frozen, protected_nodes=['output'])
        with tf.gfile.GFile(output_graph, "wb") as f:
            f.write(stripped.SerializeToString())
        print('training graph has the loss:', any('sparse_softmax' in n.name for n in graph_def.node))
        print('frozen has it:', any('sparse_softmax' in n.name for n in frozen.node))
        print(sorted(n.name for n in stripped.node if n.op == 'Const' and 'conv/' in n.name))
    return expected


def read_pb(path):
    loaded = tf.Graph()
    with loaded.as_default():
        definition = tf.GraphDef()
        with tf.gfile.FastGFile(path, 'rb') as f:
            definition.MergeFromString(f.read())
        tf.import_graph_def(definition, name='prefix')
    return loaded


expected = train_and_freeze()
graph = read_pb(output_graph)
for op in graph.get_operations():
    if op.type in ('Placeholder', 'PlaceholderWithDefault', 'Conv2D', 'MatMul', 'Softmax'):
        print(op.name, op.type)
x, y = graph.get_tensor_by_name('prefix/input:0'), graph.get_tensor_by_name('prefix/output:0')
with tf.Session(graph=graph) as sess:
    y_out = sess.run(y, feed_dict={x: image})
    print(y_out[0].tolist())
    print('as before freezing:', np.allclose(y_out, expected, atol=1e-6))

with tf.Graph().as_default(), tf.Session() as sess:
    graph_def = tf.GraphDef.FromString(open(output_graph, 'rb').read())
    doubled = tf.constant(image * 2)
    result, = tf.import_graph_def(graph_def, input_map={'input:0': doubled}, return_elements=['output:0'], name='')
    print(result.name, sess.run(result)[0].tolist())
