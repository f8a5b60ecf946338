"""Segmentation in two files: this trains the U-net of network.py on discs and keeps the best dice score."""
from __future__ import print_function

import argparse

import numpy as np
import tensorflow as tf

import network


def make_discs(n, rng):
    grid = np.mgrid[0:12, 0:12]
    masks = np.zeros((n, 12, 12), np.int64)
    for mask in masks:
        center = rng.uniform(3, 9, 2)
        mask[((grid - center[:, None, None]) ** 2).sum(0) < rng.uniform(4, 12)] = 1
    return (masks + rng.randn(n, 12, 12) * 0.4)[..., None].astype(np.float32), masks


def run(args):
    rng = np.random.RandomState(args.seed)
    images, masks = make_discs(24, rng)
    test_images, test_masks = make_discs(8, rng)
    tf.set_random_seed(args.seed)
    x = tf.placeholder(tf.float32, [None, 12, 12, 1], name='x')
    y = tf.placeholder(tf.int64, [None, 12, 12], name='y')
    is_training = tf.placeholder(tf.bool, [], name='is_training')
    logits = network.unet(x, 2, is_training)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    score = network.dice(y, tf.argmax(logits, axis=-1))
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train_op = tf.train.AdamOptimizer(args.lr).minimize(loss)
    print('%d trainable weights' % sum(int(np.prod(v.shape.as_list())) for v in tf.trainable_variables()))
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        best = 0.0
        for step in range(args.steps):
            batch = rng.choice(24, 8, replace=False)
            value, _ = sess.run([loss, train_op], {x: images[batch], y: masks[batch], is_training: True})
            if step % 4 == 3:
                test_loss, test_dice = sess.run([loss, score], {x: test_images, y: test_masks, is_training: False})
                best = max(best, test_dice)
                print('step %2d loss %.6f test loss %.6f' % (step + 1, value, test_loss))
        print('best dice in (0, 1):', bool(0 <= best < 1))
        print(sess.run(logits, {x: test_images[:1], is_training: True})[0, 6, 6].tolist())


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--lr', type=float, default=0.01)
    parser.add_argument('--steps', type=int, default=16)
    parser.add_argument('--seed', type=int, default=3)
    run(parser.parse_args())
