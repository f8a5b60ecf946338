"""Graph convolution on a generated citation graph, with few labels; a perceptron without the graph for comparison."""
from __future__ import division, print_function

import tempfile

import numpy as np
import tensorflow as tf

from models import GCN, MLP
from utils import chebyshev_polynomials, construct_feed_dict, load_data, preprocess_adj, preprocess_features

flags = tf.app.flags
FLAGS = flags.FLAGS
flags.DEFINE_string('models', 'gcn,gcn_cheby,dense', 'Models to train, one after the other.')
flags.DEFINE_float('learning_rate', 0.03, 'Initial learning rate.')
flags.DEFINE_integer('epochs', 50, 'Number of epochs to train.')
flags.DEFINE_integer('hidden1', 8, 'Number of units in hidden layer 1.')
flags.DEFINE_float('dropout', 0.3, 'Dropout rate (1 - keep probability).')
flags.DEFINE_float('weight_decay', 5e-4, 'Weight for L2 loss on embedding matrix.')
flags.DEFINE_integer('early_stopping', 20, 'Tolerance for early stopping (# of epochs).')
flags.DEFINE_integer('max_degree', 2, 'Maximum Chebyshev polynomial degree.')


def train(name, adj, features, labels, masks):
    np.random.seed(123)
    tf.set_random_seed(123)
    if name == 'gcn_cheby':
        support, model_func = chebyshev_polynomials(adj, FLAGS.max_degree), GCN
    else:
        support, model_func = [preprocess_adj(adj)], GCN if name == 'gcn' else MLP
    placeholders = {
        'support': [tf.sparse_placeholder(tf.float32) for _ in support],
        'features': tf.sparse_placeholder(tf.float32, shape=tf.constant(features[2], dtype=tf.int64)),
        'labels': tf.placeholder(tf.float32, shape=(None, labels[0].shape[1])),
        'labels_mask': tf.placeholder(tf.int32),
        'dropout': tf.placeholder_with_default(0., shape=()),
        'num_features_nonzero': tf.placeholder(tf.int32),
    }
    model = model_func(placeholders, input_dim=features[2][1], name=name, logging=True)
    print(name, sorted(model.vars))
    merged = tf.summary.merge_all()
    folder = tempfile.mkdtemp()
    sess = tf.Session()
    writer = tf.summary.FileWriter(folder, sess.graph)

    def evaluate(labels, mask):
        feed_dict = construct_feed_dict(features, support, labels, mask, placeholders)
        return sess.run([model.loss, model.accuracy], feed_dict=feed_dict)

    sess.run(tf.global_variables_initializer())
    cost_val = []
    for epoch in range(FLAGS.epochs):
        feed_dict = construct_feed_dict(features, support, labels[0], masks[0], placeholders)
        feed_dict.update({placeholders['dropout']: FLAGS.dropout})
        outs = sess.run([model.opt_op, model.loss, model.accuracy, merged], feed_dict=feed_dict)
        writer.add_summary(outs[3], epoch)
        cost, acc = evaluate(labels[1], masks[1])
        cost_val.append(cost)
        if epoch % 10 == 9:
            print('Epoch: %04d' % (epoch + 1), 'train_loss= %.5f train_acc= %.5f' % tuple(outs[1:3]),
                  'val_loss= %.5f val_acc= %.5f' % (cost, acc))
        if epoch > FLAGS.early_stopping and cost_val[-1] > np.mean(cost_val[-(FLAGS.early_stopping + 1):-1]):
            print('Early stopping after %d epochs' % (epoch + 1))
            break
    test = evaluate(labels[2], masks[2])
    print('Test set results: cost= %.5f accuracy= %.5f' % tuple(test))
    path = model.save(folder, sess)
    sess.run(tf.global_variables_initializer())
    model.load(path, sess)
    print(evaluate(labels[2], masks[2]) == test)
    writer.close()
    sess.close()


def main(_):
    adj, features, labels, masks = load_data(seed=7)
    features = preprocess_features(features)
    print('%d edges, %d words in %d papers' % (adj.sum() / 2, len(features[1]), len(adj)))
    for name in FLAGS.models.split(','):
        with tf.Graph().as_default():
            train(name, adj, features, labels, masks)


if __name__ == '__main__':
    tf.app.run()
