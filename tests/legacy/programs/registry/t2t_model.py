"""What the models share: bottom, body and top, losses, learning rates, and a model_fn for an Estimator."""
import copy

import tensorflow as tf

import common_layers


class T2TModel(object):
    def __init__(self, hparams, mode):
        self.hparams = copy.copy(hparams)
        self.mode = mode
        if mode != tf.estimator.ModeKeys.TRAIN:
            for name in hparams.values():
                if name.endswith('dropout'):
                    self.hparams.set_hparam(name, 0.0)

    def body(self, features):
        raise NotImplementedError('Abstract Method')

    def bottom(self, ids):
        with tf.variable_scope('symbol_modality', reuse=tf.AUTO_REUSE):
            table = tf.get_variable('weights', [self.hparams.vocab_size, self.hparams.hidden_size],
                                    initializer=tf.random_normal_initializer(0.0, self.hparams.hidden_size ** -0.5))
            scaled = table * self.hparams.hidden_size ** 0.5
            return tf.gather(scaled, ids) * tf.expand_dims(tf.to_float(tf.not_equal(ids, 0)), -1)

    def top(self, outputs):
        with tf.variable_scope('symbol_modality', reuse=True):
            return tf.tensordot(outputs, tf.get_variable('weights'), [[-1], [-1]])

    def __call__(self, features):
        with tf.variable_scope(type(self).__name__.lower(), use_resource=self.hparams.use_resource):
            transformed = dict(features, inputs=self.bottom(features['inputs']))
            if 'targets' in features:
                transformed['targets'] = self.bottom(features['targets'])
                transformed['raw_targets'] = features['targets']
            with tf.variable_scope('body'):
                body_outputs = self.body(transformed)
            return self.top(body_outputs)

    @classmethod
    def make_model_fn(cls):
        def model_fn(features, labels, mode, params):
            hparams = params
            model = cls(hparams, mode)
            logits = model(features)
            if mode == tf.estimator.ModeKeys.PREDICT:
                return tf.estimator.EstimatorSpec(mode, predictions={
                    'outputs': tf.argmax(logits, -1), 'inputs': features['inputs']})
            loss_num, loss_den = common_layers.padded_cross_entropy(logits, labels, hparams.label_smoothing)
            loss = loss_num / loss_den
            if mode == tf.estimator.ModeKeys.EVAL:
                weights = tf.to_float(tf.not_equal(labels, 0))
                right = tf.equal(tf.argmax(logits, -1, output_type=tf.int32), labels)
                by_sequence = tf.reduce_all(tf.logical_or(right, tf.equal(labels, 0)), axis=1)
                return tf.estimator.EstimatorSpec(mode, loss=loss, eval_metric_ops={
                    'accuracy': tf.metrics.mean(tf.to_float(right), weights),
                    'accuracy_per_sequence': tf.metrics.mean(tf.to_float(by_sequence))})
            learning_rate = common_layers.learning_rate_schedule(hparams)
            train_op = tf.contrib.layers.optimize_loss(
                name='training', loss=loss, global_step=tf.train.get_or_create_global_step(),
                learning_rate=learning_rate, clip_gradients=hparams.clip_grad_norm or None,
                gradient_noise_scale=None, optimizer=common_layers.ConditionalOptimizer(hparams, learning_rate),
                summaries=['loss', 'learning_rate', 'global_gradient_norm'], colocate_gradients_with_ops=True)
            count = sum(v.shape.num_elements() for v in tf.trainable_variables())
            print('%d variables with %d weights' % (len(tf.trainable_variables()), count))
            return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

        return model_fn
