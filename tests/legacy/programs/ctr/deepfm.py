"""A factorization machine and a deep network on the same embeddings."""
import tensorflow as tf

import columns


def batch_norm_layer(x, train_phase, scope_bn):
    return tf.contrib.layers.batch_norm(x, decay=0.9, center=True, scale=True, updates_collections=None,
                                        is_training=train_phase, reuse=None if train_phase else tf.AUTO_REUSE,
                                        scope=scope_bn)


def build_optimizer(name, learning_rate):
    if name == 'Adam':
        return tf.train.AdamOptimizer(learning_rate=learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8)
    if name == 'Adagrad':
        return tf.train.AdagradOptimizer(learning_rate=learning_rate, initial_accumulator_value=1e-8)
    if name == 'Momentum':
        return tf.train.MomentumOptimizer(learning_rate=learning_rate, momentum=0.95)
    return tf.train.GradientDescentOptimizer(learning_rate)


def model_fn(features, labels, mode, params):
    training = mode == tf.estimator.ModeKeys.TRAIN
    with tf.variable_scope('fm_first_order'):
        y_w = tf.squeeze(tf.feature_column.linear_model(features, columns.linear()), 1)

    with tf.variable_scope('fm_second_order'):
        embedded = columns.embedded(params['embedding_size'])
        flat = tf.feature_column.input_layer(features, embedded)
        embeddings = tf.reshape(flat, [-1, len(embedded), params['embedding_size']])
        sum_square = tf.square(tf.reduce_sum(embeddings, 1))
        square_sum = tf.reduce_sum(tf.square(embeddings), 1)
        y_v = 0.5 * tf.reduce_sum(tf.subtract(sum_square, square_sum), 1)

    with tf.variable_scope('deep_part'):
        deep_inputs = flat
        for i, units in enumerate(params['deep_layers']):
            deep_inputs = tf.contrib.layers.fully_connected(
                inputs=deep_inputs, num_outputs=units, scope='mlp%d' % i,
                weights_regularizer=tf.contrib.layers.l2_regularizer(params['l2_reg']))
            if params['batch_norm']:
                deep_inputs = batch_norm_layer(deep_inputs, training, 'bn_%d' % i)
            if training:
                deep_inputs = tf.nn.dropout(deep_inputs, keep_prob=params['dropout'][i])
        y_d = tf.contrib.layers.fully_connected(inputs=deep_inputs, num_outputs=1, activation_fn=tf.identity,
                                                scope='deep_out')
        y_d = tf.reshape(y_d, shape=[-1])

    y = y_w + y_v + y_d
    pred = tf.sigmoid(y)
    predictions = {'prob': pred}
    if mode == tf.estimator.ModeKeys.PREDICT:
        key = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
        export_outputs = {key: tf.estimator.export.PredictOutput(predictions)}
        return tf.estimator.EstimatorSpec(mode=mode, predictions=predictions, export_outputs=export_outputs)

    if params['loss_type'] == 'log_loss':
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=y, labels=labels))
    else:
        loss = tf.reduce_mean(tf.square(labels - pred))
    loss += tf.losses.get_regularization_loss()
    eval_metric_ops = {'auc': tf.metrics.auc(labels, pred),
                       'accuracy': tf.metrics.accuracy(labels, tf.to_float(pred > 0.5))}
    if mode == tf.estimator.ModeKeys.EVAL:
        return tf.estimator.EstimatorSpec(mode=mode, predictions=predictions, loss=loss,
                                          eval_metric_ops=eval_metric_ops)
    optimizer = build_optimizer(params['optimizer'], params['learning_rate'])
    train_op = optimizer.minimize(loss, global_step=tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode=mode, predictions=predictions, loss=loss, train_op=train_op)
