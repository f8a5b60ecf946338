import numpy as np
import tensorflow as tf

FEATURES = 6
CLASSES = 3


def placeholder_inputs(batch_size):
    """Returns the placeholders of a batch."""
    inputs_pl = tf.placeholder(tf.float32, shape=(batch_size, FEATURES), name="inputs")
    labels_pl = tf.placeholder(tf.int32, shape=[batch_size], name="labels")
    return inputs_pl, labels_pl


def inference(inputs, units):
    with tf.name_scope("hidden"):
        weights = tf.Variable(tf.truncated_normal([FEATURES, units], stddev=0.4), name="weights")
        hidden = tf.nn.relu(tf.matmul(inputs, weights))
    with tf.name_scope("output"):
        weights = tf.Variable(tf.truncated_normal([units, CLASSES], stddev=0.4), name="weights")
        return tf.matmul(hidden, weights)


def total_loss(logits, labels):
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    return tf.reduce_mean(losses, name="mean")


# The step counts itself.
def training(loss, rate, decay=0.9):
    global_step = tf.Variable(0, name="global_step", trainable=False)
    rate = tf.train.exponential_decay(rate, global_step, 5, decay)
    optimizer = tf.train.MomentumOptimizer(rate, 0.8)
    # It minimizes the mean.
    return optimizer.minimize(loss, global_step=global_step)


def evaluation(logits, labels):
    correct = tf.nn.in_top_k(logits, labels, 1)
    return tf.reduce_sum(tf.cast(correct, tf.int32))


def batches(rng, count, size):
    for _ in range(count):
        inputs = rng.randn(size, FEATURES)
        yield inputs, inputs[:, :CLASSES].argmax(axis=1)


def do_eval(sess, correct, inputs_pl, labels_pl, seed):
    total = 0
    for inputs, labels in batches(np.random.RandomState(seed), 3, 10):
        total += sess.run(correct, feed_dict={inputs_pl: inputs, labels_pl: labels})
    print("right:", total)


def run_training(rate, steps):
    with tf.Graph().as_default():
        inputs_pl, labels_pl = placeholder_inputs(10)
        logits = inference(inputs_pl, units=8)
        loss = total_loss(logits, labels_pl)
        train_op = training(loss, rate)
        correct = evaluation(logits, labels_pl)
        sess = tf.Session()
        sess.run(tf.global_variables_initializer())
        for step, (inputs, labels) in enumerate(batches(np.random.RandomState(0), steps, 10)):
            _, value = sess.run([train_op, loss], feed_dict={inputs_pl: inputs, labels_pl: labels})
            if step % 8 == 7:
                print("step", step, "loss", value)
                do_eval(sess, correct, inputs_pl, labels_pl, 1)
        do_eval(sess, correct, inputs_pl, labels_pl, 2)
        sess.close()


run_training(0.1, 24)
