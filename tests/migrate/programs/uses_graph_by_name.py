import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2], name="x")
y = tf.reduce_sum(x, 1, name="y")
graph = tf.get_default_graph()
with tf.Session() as sess:
    output = graph.get_tensor_by_name("y:0")
    print(sess.run(output, {graph.get_tensor_by_name("x:0"): np.ones([2, 2])}))
