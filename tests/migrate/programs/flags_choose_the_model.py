import numpy as np
import tensorflow as tf

tf.flags.DEFINE_string("activation", "tanh", "Activation of the hidden layer.")
tf.flags.DEFINE_boolean("center", True, "Whether the inputs are centered.")
tf.flags.DEFINE_integer("hidden", 5, "Units of the hidden layer.")
tf.flags.DEFINE_integer("max_steps", 5, "Number of steps.")
tf.flags.DEFINE_float("decay", 0.01, "Weight of the penalty; 0 for none.")
tf.flags.DEFINE_string("summaries_dir", "/tmp/logs", "Where logs go.")
FLAGS = tf.flags.FLAGS
FLAGS.hidden = 2 * FLAGS.hidden


def inference(images):
    hidden = tf.layers.dense(images, FLAGS.hidden, kernel_initializer=tf.random_normal_initializer(seed=1))
    if FLAGS.activation == "tanh":
        hidden = tf.nn.tanh(hidden)
    else:
        hidden = tf.nn.relu(hidden)
    return tf.layers.dense(hidden, 1, kernel_initializer=tf.random_normal_initializer(seed=2))


def train():
    rng = np.random.RandomState(2)
    data = rng.randn(32, 4).astype(np.float32)
    target = data.sum(axis=1, keepdims=True)
    images = tf.placeholder(tf.float32, [None, 4])
    labels = tf.placeholder(tf.float32, [None, 1])
    inputs = images
    if FLAGS.center:
        inputs = images - tf.reduce_mean(images, axis=0)
    predictions = inference(inputs)
    loss = tf.reduce_mean(tf.square(predictions - labels))
    if FLAGS.decay > 0:
        loss += FLAGS.decay * tf.reduce_sum(tf.square(predictions))
    train_op = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(FLAGS.max_steps):
            _, value = sess.run([train_op, loss], {images: data, labels: target})
            if FLAGS.summaries_dir and step % 2 == 0:
                print(step, value)


def main(argv=None):
    if argv:
        train()


if __name__ == "__main__":
    tf.app.run()
