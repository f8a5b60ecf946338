"""A text classifier in several files: a package of helpers, a model module, and this program."""
from __future__ import print_function

import os
import tempfile

import tensorflow as tf

from helpers import batches, build_vocabulary, load_reviews
from helpers.text import encode
from model import BagOfEmbeddings

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_integer('embedding_size', 8, 'dimensions of the word vectors')
tf.app.flags.DEFINE_integer('epochs', 5, 'passes over the training data')
tf.app.flags.DEFINE_float('learning_rate', 0.05, 'for Adam')


def main(_):
    reviews = load_reviews()
    vocabulary = build_vocabulary(text for text, _ in reviews)
    print('%d reviews, %d words' % (len(reviews), len(vocabulary)))
    train, test = reviews[4:], reviews[:4]

    tf.set_random_seed(2018)
    model = BagOfEmbeddings(len(vocabulary) + 1, FLAGS.embedding_size, FLAGS.learning_rate)
    saver = tf.train.Saver(max_to_keep=1)
    checkpoint = os.path.join(tempfile.mkdtemp(), 'reviews.ckpt')
    best = None
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for epoch in range(FLAGS.epochs):
            losses = [model.step(sess, *batch) for batch in batches(train, vocabulary, size=4, seed=epoch)]
            loss, accuracy = model.evaluate(sess, *encode(test, vocabulary))
            print('epoch %d train %.6f test %.6f accuracy %.2f' % (epoch + 1, sum(losses) / len(losses), loss, accuracy))
            if best is None or loss < best:
                best = loss
                saver.save(sess, checkpoint)
        saver.restore(sess, checkpoint)
        loss, _ = model.evaluate(sess, *encode(test, vocabulary))
        print('best test loss %.6f' % loss, loss == best)
        ids, _ = encode([('great story', 1), ('awful mess', 0)], vocabulary)
        print(sess.run(model.probability, {model.ids: ids}).tolist())


if __name__ == '__main__':
    tf.app.run()
