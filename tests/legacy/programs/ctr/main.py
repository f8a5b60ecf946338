"""Click prediction: a DeepFM in a model_fn on embedding columns, fed by CSV lines, exported and served."""
from __future__ import print_function

import os
import shutil
import tempfile

import numpy as np
import tensorflow as tf

import columns
import deepfm

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_string('task_type', 'all', 'Which of train, eval, infer, export; all of them by default')
tf.app.flags.DEFINE_integer('embedding_size', 4, 'Embedding size')
tf.app.flags.DEFINE_integer('num_epochs', 3, 'Number of epochs')
tf.app.flags.DEFINE_integer('batch_size', 32, 'Number of batch size')
tf.app.flags.DEFINE_float('learning_rate', 0.02, 'learning rate')
tf.app.flags.DEFINE_float('l2_reg', 0.0005, 'L2 regularization')
tf.app.flags.DEFINE_string('loss_type', 'log_loss', 'loss type {square_loss, log_loss}')
tf.app.flags.DEFINE_string('optimizer', 'Adam', 'optimizer type {Adam, Adagrad, GD, Momentum}')
tf.app.flags.DEFINE_string('deep_layers', '16,8', 'deep layers')
tf.app.flags.DEFINE_string('dropout', '0.9,0.8', 'keep probabilities of the deep layers')
tf.app.flags.DEFINE_boolean('batch_norm', True, 'perform batch normalization (True or False)')


def write_csv(path, count, seed):
    """Clicks that depend on the user, the article and the hour."""
    rng = np.random.RandomState(seed)
    with tf.gfile.GFile(path, 'w') as f:
        for _ in range(count):
            user, article, hour = rng.randint(12), rng.randint(15), rng.randint(24)
            device, age = ['phone', 'tablet', 'desk'][rng.randint(3)], round(rng.gamma(4., 8.), 1)
            score = 1.5 * (user % 3 == 0) + 1.5 * (article % 2) + (hour > 17) - 1.5
            clicked = int(rng.rand() < 1 / (1 + np.exp(-2. * score)))
            f.write('%d,u%d,a%d,%s,%d,%.1f\n' % (clicked, user, article, device, hour, age))


def input_fn(filenames, batch_size=32, num_epochs=1, perform_shuffle=False):
    def decode_csv(line):
        fields = tf.decode_csv(line, columns.DEFAULTS)
        features = dict(zip(columns.NAMES, fields))
        return features, features.pop('clicked')

    dataset = tf.data.TextLineDataset(filenames).map(decode_csv, num_parallel_calls=2).prefetch(100)
    dataset = dataset.repeat(num_epochs)
    if perform_shuffle:
        dataset = dataset.shuffle(buffer_size=64, seed=1)
    iterator = dataset.batch(batch_size).make_one_shot_iterator()
    return iterator.get_next()


def show(result):
    print(', '.join('%s %.4f' % (key, result[key]) for key in sorted(result)))


def serve(export_dir):
    """Answers examples by the SavedModel alone."""
    predict_fn = tf.contrib.predictor.from_saved_model(export_dir)
    examples = []
    for user, article, hour in [(0, 3, 20), (1, 3, 20), (1, 3, 4)]:
        feature = {'hour': tf.train.Feature(int64_list=tf.train.Int64List(value=[hour])),
                   'age': tf.train.Feature(float_list=tf.train.FloatList(value=[30.]))}
        for name, value in [('user', 'u%d' % user), ('article', 'a%d' % article), ('device', 'phone')]:
            feature[name] = tf.train.Feature(bytes_list=tf.train.BytesList(value=[value.encode()]))
        examples.append(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    print('served', ['%.4f' % p for p in predict_fn({'examples': examples})['prob']])


def main(_):
    folder = tempfile.mkdtemp()
    tr, va, te = [os.path.join(folder, name) for name in ('tr.csv', 'va.csv', 'te.csv')]
    for path, count, seed in [(tr, 640, 1), (va, 160, 2), (te, 4, 3)]:
        write_csv(path, count, seed)
    model_dir = os.path.join(folder, 'model')
    shutil.rmtree(model_dir, ignore_errors=True)
    params = {'embedding_size': FLAGS.embedding_size, 'learning_rate': FLAGS.learning_rate, 'l2_reg': FLAGS.l2_reg,
              'batch_norm': FLAGS.batch_norm, 'loss_type': FLAGS.loss_type, 'optimizer': FLAGS.optimizer,
              'deep_layers': [int(n) for n in FLAGS.deep_layers.split(',')],
              'dropout': [float(p) for p in FLAGS.dropout.split(',')]}
    config = tf.estimator.RunConfig(tf_random_seed=2017).replace(
        session_config=tf.ConfigProto(device_count={'GPU': 0, 'CPU': 1}), log_step_count_steps=10,
        save_summary_steps=10)
    estimator = tf.estimator.Estimator(model_fn=deepfm.model_fn, model_dir=model_dir, params=params, config=config)
    train_spec = tf.estimator.TrainSpec(
        input_fn=lambda: input_fn(tr, FLAGS.batch_size, FLAGS.num_epochs, perform_shuffle=True))
    eval_spec = tf.estimator.EvalSpec(input_fn=lambda: input_fn(va, FLAGS.batch_size), steps=None, start_delay_secs=0,
                                      throttle_secs=0)
    if FLAGS.task_type in ('all', 'train'):
        result, _ = tf.estimator.train_and_evaluate(estimator, train_spec, eval_spec)
        show(result)
        for name in estimator.get_variable_names():
            if name.startswith('fm') and 'Adam' not in name:
                print(name, estimator.get_variable_value(name).shape)
    if FLAGS.task_type in ('all', 'infer'):
        for prob in estimator.predict(input_fn=lambda: input_fn(te), predict_keys='prob'):
            print('%.4f' % prob['prob'])
    if FLAGS.task_type in ('all', 'export'):
        spec = tf.feature_column.make_parse_example_spec(columns.linear() + columns.embedded(FLAGS.embedding_size))
        receiver = tf.estimator.export.build_parsing_serving_input_receiver_fn(spec)
        export_dir = estimator.export_savedmodel(os.path.join(folder, 'served'), receiver)
        serve(export_dir.decode())


if __name__ == '__main__':
    tf.logging.set_verbosity(tf.logging.ERROR)
    tf.app.run()
