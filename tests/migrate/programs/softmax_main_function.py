import numpy as np
import tensorflow as tf


def main():
    rng = np.random.RandomState(0)
    inputs = rng.randn(64, 8).astype(np.float32)
    classes = rng.randint(3, size=64)

    x = tf.placeholder(tf.float32, [None, 8], name="x")
    y = tf.placeholder(tf.int64, [None], name="y")
    w = tf.Variable(tf.zeros([8, 3]), name="w")
    b = tf.Variable(tf.zeros([3]), name="b")
    logits = tf.matmul(x, w) + b
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    train_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
    correct = tf.equal(tf.argmax(logits, 1), y)
    accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))

    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(10):
            _, value = sess.run([train_op, loss], feed_dict={x: inputs, y: classes})
            print("step %d: loss %.5f" % (step, value))
        print("accuracy %.3f" % sess.run(accuracy, feed_dict={x: inputs, y: classes}))


if __name__ == "__main__":
    main()
