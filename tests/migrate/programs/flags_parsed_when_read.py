import numpy as np
import tensorflow as tf

flags = tf.app.flags
flags.DEFINE_integer("batch_size", 16, "Rows of a batch.")
flags.DEFINE_float("learning_rate", 0.1, "Initial learning rate.")
FLAGS = flags.FLAGS

rng = np.random.RandomState(2)
data = rng.randn(64, 3).astype(np.float32)

x = tf.placeholder(tf.float32, [FLAGS.batch_size, 3])
w = tf.Variable(tf.ones([3, 1]))
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - 1.0))
train = tf.train.AdamOptimizer(FLAGS.learning_rate).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for start in range(0, len(data), FLAGS.batch_size):
        batch = data[start : start + FLAGS.batch_size]
        print(sess.run([train, loss], feed_dict={x: batch})[1])
print({name: FLAGS[name].value for name in sorted(FLAGS.flag_values_dict()) if name.startswith("batch")})
