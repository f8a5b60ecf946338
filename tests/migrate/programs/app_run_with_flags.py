import numpy as np
import tensorflow as tf

flags = tf.app.flags
flags.DEFINE_float("learning_rate", 0.05, "Initial learning rate.")
flags.DEFINE_integer("max_steps", 6, "Number of steps.")
flags.DEFINE_integer("hidden", 5, "Units of the hidden layer.")
FLAGS = flags.FLAGS


def main(_):
    rng = np.random.RandomState(2)
    data = rng.randn(32, 4).astype(np.float32)
    target = data.sum(axis=1, keepdims=True)

    x = tf.placeholder(tf.float32, [None, 4])
    y = tf.placeholder(tf.float32, [None, 1])
    w1 = tf.Variable(tf.truncated_normal([4, FLAGS.hidden], stddev=0.1, seed=1))
    b1 = tf.Variable(tf.constant(0.1, shape=[FLAGS.hidden]))
    w2 = tf.Variable(tf.truncated_normal([FLAGS.hidden, 1], stddev=0.1, seed=2))
    hidden = tf.nn.relu(tf.matmul(x, w1) + b1)
    loss = tf.reduce_mean(tf.square(tf.matmul(hidden, w2) - y))
    train = tf.train.MomentumOptimizer(FLAGS.learning_rate, 0.9).minimize(loss)

    sess = tf.Session()
    sess.run(tf.global_variables_initializer())
    for step in range(FLAGS.max_steps):
        _, l = sess.run([train, loss], {x: data, y: target})
        print(step, l)


if __name__ == "__main__":
    tf.app.run()
