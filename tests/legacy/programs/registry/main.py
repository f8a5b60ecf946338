"""Trains a registered model on a registered problem with a registered set of hyperparameters."""
from __future__ import print_function

import tempfile

import tensorflow as tf

import models
import problems
import registry

flags = tf.flags
FLAGS = flags.FLAGS
flags.DEFINE_string('problem', 'algorithmic_reverse', 'Which problem to solve.')
flags.DEFINE_string('model', 'transformer', 'Which model to use.')
flags.DEFINE_string('hparams_set', 'transformer_tiny', 'Which set of hyperparameters.')
flags.DEFINE_string('hparams', 'learning_rate_constant=0.2,filter_size=24', 'A comma-separated list of changes.')
flags.DEFINE_integer('train_steps', 120, 'How long to train.')
flags.DEFINE_string('output_dir', '', 'Where checkpoints go; a new folder by default.')


def create_hparams(problem):
    hparams = registry.hparams(FLAGS.hparams_set)
    hparams.vocab_size = problem.vocab_size
    return hparams.parse(FLAGS.hparams)


def main(_):
    print(models.__name__, problems.__name__, *registry.list_all())
    folder = FLAGS.output_dir or tempfile.mkdtemp()
    problem = registry.problem(FLAGS.problem)
    hparams = create_hparams(problem)
    print(sorted((key, value) for key, value in hparams.values().items() if 'dropout' in key or 'size' in key))
    train_path = problem.generate_data(folder, 'train', 200, seed=1)
    dev_path = problem.generate_data(folder, 'dev', 20, seed=2)
    run_config = tf.estimator.RunConfig(model_dir=folder, tf_random_seed=1234, save_checkpoints_steps=60,
                                        keep_checkpoint_max=2)
    estimator = tf.estimator.Estimator(registry.model(FLAGS.model).make_model_fn(), config=run_config, params=hparams)
    for steps in (FLAGS.train_steps // 4, FLAGS.train_steps):
        estimator.train(problem.input_fn(train_path, tf.estimator.ModeKeys.TRAIN, hparams), max_steps=steps)
        result = estimator.evaluate(problem.input_fn(dev_path, tf.estimator.ModeKeys.EVAL, hparams))
        print(' '.join('%s %.4f' % (key, result[key]) for key in sorted(result)))
    predictions = estimator.predict(problem.input_fn(dev_path, tf.estimator.ModeKeys.PREDICT, hparams))
    for _, each in zip(range(3), predictions):
        print(each['inputs'].tolist(), '->', each['outputs'].tolist())
    print([name for name in estimator.get_variable_names() if 'encdec' in name and 'training' not in name])


if __name__ == '__main__':
    tf.logging.set_verbosity(tf.logging.ERROR)
    tf.app.run()
