"""Recommends films by weighted alternating least squares, as the recommendation tutorials of 2017 did."""

import numpy as np
import tensorflow as tf
from tensorflow.contrib.factorization.python.ops import factorization_ops

tf.app.flags.DEFINE_integer('latent_factors', 5, 'Depth of the factors')
tf.app.flags.DEFINE_integer('num_iters', 10, 'Number of sweeps')
tf.app.flags.DEFINE_float('regularization', 0.07, 'L2 regularization')
tf.app.flags.DEFINE_float('unobserved_weight', 0.01, 'Weight of what was not rated')
tf.app.flags.DEFINE_float('feature_wt_factor', 130.0, 'Weight of films by their number of ratings')
FLAGS = tf.app.flags.FLAGS

NUM_USERS, NUM_ITEMS, TEST_SIZE = 60, 40, 150


def create_ratings():
    """Ratings of 1 to 5 by users and films of three tastes."""
    random = np.random.RandomState(42)
    tastes = random.normal(size=(NUM_USERS, 3)).dot(random.normal(size=(3, NUM_ITEMS)))
    stars = np.clip(np.round(3 + tastes), 1, 5)
    seen = np.argwhere(random.uniform(size=stars.shape) < 0.4)
    random.shuffle(seen)
    values = stars[seen[:, 0], seen[:, 1]].astype(np.float32)
    return (seen[TEST_SIZE:], values[TEST_SIZE:]), (seen[:TEST_SIZE], values[:TEST_SIZE])


def make_wts(counts, wt_factor):
    """Films that few have rated weigh more."""
    frac = np.array([1.0 / count if count > 0 else 0.0 for count in counts])
    return np.array(wt_factor * frac).astype(np.float32)


def wals_model(pairs, ratings):
    col_wts = make_wts(np.bincount(pairs[:, 1], minlength=NUM_ITEMS), FLAGS.feature_wt_factor)
    with tf.Graph().as_default():
        tf.set_random_seed(42)
        input_tensor = tf.sparse_reorder(tf.SparseTensor(
            indices=pairs, values=ratings, dense_shape=(NUM_USERS, NUM_ITEMS)))
        model = factorization_ops.WALSModel(
            NUM_USERS, NUM_ITEMS, FLAGS.latent_factors,
            unobserved_weight=FLAGS.unobserved_weight,
            regularization=FLAGS.regularization,
            row_weights=np.ones(NUM_USERS, dtype=np.float32),
            col_weights=col_wts)
        return input_tensor, model


def simple_train(model, input_tensor, num_iterations):
    with tf.Session(graph=input_tensor.graph) as sess:
        with input_tensor.graph.as_default():
            _, row_update_op, row_loss, row_reg, weights = model.update_row_factors(sp_input=input_tensor)
            _, col_update_op, col_loss, col_reg, _ = model.update_col_factors(sp_input=input_tensor)
            rwse = tf.sqrt(row_loss / weights)
            sess.run(model.initialize_op)
            sess.run(model.worker_init)
        for i in range(num_iterations):
            sess.run(model.row_update_prep_gramian_op)
            sess.run(model.initialize_row_update_op)
            sess.run(row_update_op)
            row_now, error = sess.run([row_loss + row_reg, rwse])
            sess.run(model.col_update_prep_gramian_op)
            sess.run(model.initialize_col_update_op)
            sess.run(col_update_op)
            col_now = sess.run(col_loss + col_reg)
            print('sweep %2d  rows %.2f  columns %.2f  rwse %.4f' % (i, row_now, col_now, error))
        return sess.run([model.row_factors[0], model.col_factors[0]])


def get_rmse(output_row, output_col, pairs, ratings):
    predicted = np.sum(output_row[pairs[:, 0]] * output_col[pairs[:, 1]], axis=1)
    return np.sqrt(np.mean(np.square(ratings - predicted)))


def generate_recommendations(user_idx, user_rated, row_factor, col_factor, k):
    pred_ratings = col_factor.dot(row_factor[user_idx])
    candidate_items = np.argsort(-pred_ratings)
    return [int(i) for i in candidate_items if i not in user_rated][:k]


def main(_):
    (train_pairs, train_ratings), (test_pairs, test_ratings) = create_ratings()
    print('ratings', len(train_ratings), len(test_ratings))
    input_tensor, model = wals_model(train_pairs, train_ratings)
    output_row, output_col = simple_train(model, input_tensor, FLAGS.num_iters)
    print('train RMSE = %.3f' % get_rmse(output_row, output_col, train_pairs, train_ratings))
    print('test RMSE = %.3f' % get_rmse(output_row, output_col, test_pairs, test_ratings))
    for user in (0, 7, 31):
        rated = set(train_pairs[train_pairs[:, 0] == user, 1])
        print('user', user, 'films', generate_recommendations(user, rated, output_row, output_col, 5))


if __name__ == '__main__':
    tf.app.run()
