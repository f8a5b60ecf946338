"""Names, scopes, operations, consumers, control inputs, devices, as_graph_def and several graphs."""
from __future__ import print_function

import tensorflow as tf

g = tf.Graph()
with g.as_default():
    tf.set_random_seed(1)
    with tf.name_scope('inputs'):
        a = tf.placeholder(tf.float32, [None, 2], name='a')
        b = tf.constant([[1.0], [2.0]], name='b')
    with tf.name_scope('middle') as scope:
        product = tf.matmul(a, b, name='product')
        with tf.name_scope('inner'):
            shifted = product + 1.0
            with tf.control_dependencies([shifted]):
                guarded = tf.identity(product, name='guarded')
        with tf.name_scope('inputs/'):
            back = tf.square(product)
        again = tf.add(product, product, name='product')
    with tf.name_scope(scope):
        reopened = tf.negative(again)
    with tf.device('/cpu:0'), g.colocate_with(b.op):
        v = tf.Variable(3.0, name='v')
    with tf.name_scope('middle'):
        second = tf.reduce_sum(product, name='sum')
    split_0, split_1 = tf.split(a, 2, axis=1)

print('\n'.join('%s: %s(%s)%s' % (op.name, op.type, ', '.join(t.name for t in op.inputs),
                                   ' ^' + ', '.join(c.name for c in op.control_inputs) if op.control_inputs else '')
                for op in g.get_operations() if not op.name.startswith('v/')))
print([c.name for c in product.consumers()], split_1.name, split_1.value_index, split_1.op.name)
print(g.get_tensor_by_name('middle/product:0') is product, g.get_operation_by_name('inputs/a') == a.op)
print(g.unique_name('middle'), g.unique_name('fresh'), v.op.name, v.initializer.name, v.value().dtype, v.device)
for attempt in (lambda: g.get_tensor_by_name('nowhere:0'), lambda: g.get_tensor_by_name('inputs/a'),
                lambda: tf.matmul(a, tf.constant([[1.0]]))):
    try:
        attempt()
    except (KeyError, ValueError) as e:
        print(type(e).__name__)

graph_def = g.as_graph_def()
print([(n.name, n.op) for n in graph_def.node][:3], graph_def.versions.producer > 0)
node = [n for n in graph_def.node if n.op == 'MatMul'][0]
print(node.name, list(node.input), node.attr['transpose_a'].b, node.attr['T'].type)
print(product.op.node_def.op, product.op.get_attr('transpose_b'), a.shape.as_list(), product.op.graph is g)

with tf.Graph().as_default() as other:
    c = tf.constant(1)
    print(c.graph is other, tf.get_default_graph() is other, len(other.get_operations()), other.version)
    other.finalize()
    try:
        tf.constant(2)
    except RuntimeError as e:
        print(e)
with tf.Session(graph=g) as sess:
    sess.run(v.initializer)
    print(sess.run([reopened, back], {a: [[1., 1.]]}), sess.graph is g, g.building_function)
