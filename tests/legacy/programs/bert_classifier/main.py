"""Trains a small encoder on hidden words, fine-tunes it as a classifier with TPUEstimator, and writes predictions."""
from __future__ import absolute_import, division, print_function

import os
import random
import tempfile

import tensorflow as tf

import data
import modeling
import optimization
import tokenization

flags = tf.flags
FLAGS = flags.FLAGS
flags.DEFINE_string('output_dir', None, 'Where checkpoints and predictions go; a new folder if not given.')
flags.DEFINE_bool('use_tpu', False, 'Whether to train on a TPU.')
flags.DEFINE_integer('max_seq_length', 20, 'Length of the padded inputs.')
flags.DEFINE_integer('train_batch_size', 16, 'Total batch size for training.')
flags.DEFINE_integer('eval_batch_size', 8, 'Total batch size for eval.')
flags.DEFINE_integer('predict_batch_size', 4, 'Total batch size for predict.')
flags.DEFINE_float('learning_rate', 1e-3, 'The peak learning rate.')
flags.DEFINE_integer('pretrain_steps', 30, 'Steps of hidden words.')
flags.DEFINE_integer('train_steps', 60, 'Steps of fine-tuning.')
flags.DEFINE_float('warmup_proportion', 0.1, 'Share of steps in which the learning rate rises.')
LABELS = ['bad', 'good']
PREDICTIONS = 2


def masked_logits(model, config, positions):
    """Scores of all words at the hidden places, from the embedding table itself."""
    batch, length, width = modeling.get_shape_list(model.sequence_output)
    offsets = tf.reshape(tf.range(0, batch, dtype=tf.int32) * length, [-1, 1])
    flat = tf.reshape(positions + offsets, [-1])
    tensor = tf.gather(tf.reshape(model.sequence_output, [-1, width]), flat)
    with tf.variable_scope('cls/predictions'):
        with tf.variable_scope('transform'):
            tensor = tf.layers.dense(tensor, width, activation=modeling.get_activation(config.hidden_act),
                                     kernel_initializer=modeling.create_initializer(config.initializer_range))
            tensor = modeling.layer_norm(tensor)
        bias = tf.get_variable('output_bias', shape=[config.vocab_size], initializer=tf.zeros_initializer())
        return tf.nn.bias_add(tf.matmul(tensor, model.embedding_table, transpose_b=True), bias)


def classifier_logits(model, is_training):
    output = model.pooled_output
    weights = tf.get_variable('output_weights', [len(LABELS), output.shape[-1].value],
                              initializer=tf.truncated_normal_initializer(stddev=0.02))
    bias = tf.get_variable('output_bias', [len(LABELS)], initializer=tf.zeros_initializer())
    with tf.variable_scope('loss'):
        if is_training:
            output = tf.nn.dropout(output, keep_prob=0.9)
        return tf.nn.bias_add(tf.matmul(output, weights, transpose_b=True), bias)


class LossPrinter(tf.train.SessionRunHook):
    def __init__(self, loss, every):
        self.loss, self.every, self.seen = loss, every, []

    def before_run(self, run_context):
        return tf.train.SessionRunArgs(self.loss)

    def after_run(self, run_context, run_values):
        self.seen.append(run_values.results)
        if len(self.seen) % self.every == 0:
            print('step %d loss %.4f' % (len(self.seen), sum(self.seen[-self.every:]) / self.every))


def model_fn_builder(config, init_checkpoint, num_train_steps, hidden_words):
    def model_fn(features, labels, mode, params):
        is_training = mode == tf.estimator.ModeKeys.TRAIN
        model = modeling.Encoder(config, is_training, features['input_ids'], features['input_mask'],
                                 features['segment_ids'])
        if hidden_words:
            logits = masked_logits(model, config, features['masked_positions'])
            targets = tf.reshape(features['masked_ids'], [-1])
        else:
            logits, targets = classifier_logits(model, is_training), features['label_ids']
        log_probs = tf.nn.log_softmax(logits, axis=-1)
        one_hot = tf.one_hot(targets, depth=logits.shape[-1].value, dtype=tf.float32)
        per_example_loss = -tf.reduce_sum(one_hot * log_probs, axis=-1)
        loss = tf.reduce_mean(per_example_loss)

        tvars = tf.trainable_variables()
        initialized = {}
        if init_checkpoint:
            assignment_map, initialized = modeling.get_assignment_map_from_checkpoint(tvars, init_checkpoint)
            tf.train.init_from_checkpoint(init_checkpoint, assignment_map)
        if is_training:
            print('%d variables, %d from a checkpoint' % (len(tvars), sum(v.name in initialized for v in tvars)))
            warmup = int(num_train_steps * FLAGS.warmup_proportion)
            train_op = optimization.create_optimizer(loss, FLAGS.learning_rate, num_train_steps, warmup, FLAGS.use_tpu)
            return tf.contrib.tpu.TPUEstimatorSpec(mode=mode, loss=loss, train_op=train_op,
                                                   training_hooks=[LossPrinter(loss, every=10)])
        if mode == tf.estimator.ModeKeys.EVAL:
            def metric_fn(per_example_loss, targets, logits):
                predictions = tf.argmax(logits, axis=-1, output_type=tf.int32)
                return {'eval_accuracy': tf.metrics.accuracy(targets, predictions),
                        'eval_loss': tf.metrics.mean(per_example_loss)}
            return tf.contrib.tpu.TPUEstimatorSpec(mode=mode, loss=loss,
                                                   eval_metrics=(metric_fn, [per_example_loss, targets, logits]))
        return tf.contrib.tpu.TPUEstimatorSpec(mode=mode, predictions={'probabilities': tf.nn.softmax(logits)})

    return model_fn


def estimator_of(model_fn, model_dir):
    per_host = tf.contrib.tpu.InputPipelineConfig.PER_HOST_V2
    run_config = tf.contrib.tpu.RunConfig(
        cluster=None, master=None, model_dir=model_dir, save_checkpoints_steps=20, tf_random_seed=2018,
        tpu_config=tf.contrib.tpu.TPUConfig(iterations_per_loop=10, num_shards=8,
                                            per_host_input_for_training=per_host))
    return tf.contrib.tpu.TPUEstimator(
        use_tpu=FLAGS.use_tpu, model_fn=model_fn, config=run_config, train_batch_size=FLAGS.train_batch_size,
        eval_batch_size=FLAGS.eval_batch_size, predict_batch_size=FLAGS.predict_batch_size)


def main(_):
    output_dir = FLAGS.output_dir or tempfile.mkdtemp()
    tf.gfile.MakeDirs(output_dir)
    vocab_file = os.path.join(output_dir, 'vocab.txt')
    with tf.gfile.GFile(vocab_file, 'w') as writer:
        writer.write(u'\n'.join(data.PIECES) + u'\n')
    tokenizer = tokenization.FullTokenizer(vocab_file)
    with tf.gfile.GFile(os.path.join(output_dir, 'config.json'), 'w') as writer:
        writer.write(modeling.EncoderConfig(len(tokenizer.vocab)).to_json_string())
    config = modeling.EncoderConfig.from_json_file(os.path.join(output_dir, 'config.json'))

    length = FLAGS.max_seq_length
    sizes = {'input_ids': length, 'input_mask': length, 'segment_ids': length, 'label_ids': 0}
    files = {}
    for name, count, seed in [('train', 160, 1), ('dev', 24, 2), ('test', 6, 3)]:
        converted = [data.convert_single_example(each, LABELS, length, tokenizer)
                     for each in data.examples(count, seed, name)]
        files[name] = os.path.join(output_dir, name + '.tf_record')
        data.write_records([features for _, features in converted], files[name])
        print('%s: %s' % (name, ' '.join(converted[0][0])))
        if name == 'train':
            rng = random.Random(12345)
            files['hidden'] = os.path.join(output_dir, 'hidden.tf_record')
            data.write_records([data.mask_tokens(dict(features), tokenizer, rng, PREDICTIONS)
                                for _, features in converted], files['hidden'])

    hidden_sizes = dict(sizes, masked_positions=PREDICTIONS, masked_ids=PREDICTIONS)
    pretrained = os.path.join(output_dir, 'pretrained')
    estimator = estimator_of(model_fn_builder(config, None, FLAGS.pretrain_steps, True), pretrained)
    estimator.train(data.file_based_input_fn_builder(files['hidden'], hidden_sizes, True, True),
                    max_steps=FLAGS.pretrain_steps)

    init_checkpoint = tf.train.latest_checkpoint(pretrained)
    tuned = os.path.join(output_dir, 'tuned')
    estimator = estimator_of(model_fn_builder(config, init_checkpoint, FLAGS.train_steps, False), tuned)
    estimator.train(data.file_based_input_fn_builder(files['train'], sizes, True, True), max_steps=FLAGS.train_steps)
    result = estimator.evaluate(data.file_based_input_fn_builder(files['dev'], sizes, False, True), steps=3)
    print(', '.join('%s %.4f' % (key, result[key]) for key in sorted(result)))

    predict_file = os.path.join(output_dir, 'test_results.tsv')
    with tf.gfile.GFile(predict_file, 'w') as writer:
        for prediction in estimator.predict(data.file_based_input_fn_builder(files['test'], sizes, False, False)):
            writer.write('\t'.join('%.4f' % p for p in prediction['probabilities']) + '\n')
    with tf.gfile.GFile(predict_file) as reader:
        print(reader.read(), end='')
    print(sorted(name for name in tf.gfile.ListDirectory(tuned) if name.endswith('.index')))


if __name__ == '__main__':
    tf.app.run()
