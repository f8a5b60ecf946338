"""Trains and evaluates the network with a feed dictionary."""
import argparse

import numpy as np
import tensorflow as tf

import digits

FLAGS = None


def placeholder_inputs(batch_size):
    images_placeholder = tf.placeholder(tf.float32, shape=(batch_size, digits.PIXELS))
    labels_placeholder = tf.placeholder(tf.int32, shape=(batch_size))
    return images_placeholder, labels_placeholder


def fill_feed_dict(rng, images_pl, labels_pl):
    images = rng.uniform(size=(FLAGS.batch_size, digits.PIXELS))
    return {images_pl: images, labels_pl: images.reshape(-1, 4, 4).sum(axis=2).argmax(axis=1)}


def do_eval(sess, eval_correct, images_placeholder, labels_placeholder):
    true_count = 0
    rng = np.random.RandomState(9)
    for step in range(5):
        feed_dict = fill_feed_dict(rng, images_placeholder, labels_placeholder)
        true_count += sess.run(eval_correct, feed_dict=feed_dict)
    print('Correct: %d of %d' % (true_count, 5 * FLAGS.batch_size))


def run_training():
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        images_placeholder, labels_placeholder = placeholder_inputs(FLAGS.batch_size)
        logits = digits.inference(images_placeholder, FLAGS.hidden1)
        loss = digits.loss(logits, labels_placeholder)
        train_op = digits.training(loss, FLAGS.learning_rate)
        eval_correct = digits.evaluation(logits, labels_placeholder)
        init = tf.global_variables_initializer()
        sess = tf.Session()
        sess.run(init)
        rng = np.random.RandomState(0)
        for step in range(FLAGS.max_steps):
            feed_dict = fill_feed_dict(rng, images_placeholder, labels_placeholder)
            _, loss_value = sess.run([train_op, loss], feed_dict=feed_dict)
            if step % 10 == 0:
                print('Step %d: loss = %.2f' % (step, loss_value))
            if (step + 1) % 20 == 0 or (step + 1) == FLAGS.max_steps:
                do_eval(sess, eval_correct, images_placeholder, labels_placeholder)


def main(_):
    run_training()


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--learning_rate', type=float, default=0.3)
    parser.add_argument('--max_steps', type=int, default=30)
    parser.add_argument('--hidden1', type=int, default=12)
    parser.add_argument('--batch_size', type=int, default=20)
    FLAGS, unparsed = parser.parse_known_args()
    main(unparsed)
