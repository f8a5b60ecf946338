"""Feature columns outside of an Estimator: input_layer, linear_model, embeddings, crosses, sequences, parsing spec."""
from __future__ import print_function

import tensorflow as tf

fc = tf.feature_column
tf.set_random_seed(58)

features = {
    'price': tf.constant([[1.0], [5.0], [12.0]]),
    'size': tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
    'sales': tf.constant([['web'], ['shop'], ['fair']]),
    'sku': tf.SparseTensor([[0, 0], [1, 0], [1, 1], [2, 0]], ['s1', 's2', 's3', 's9'], [3, 2]),
    'zone': tf.constant([[0], [2], [1]], tf.int64),
}
price = fc.numeric_column('price')
columns = [
    price,
    fc.numeric_column('size', shape=(2,), normalizer_fn=lambda v: v / 2),
    fc.bucketized_column(price, [2., 10.]),
    fc.indicator_column(fc.categorical_column_with_vocabulary_list('sales', ['web', 'shop'], num_oov_buckets=1)),
    fc.embedding_column(fc.categorical_column_with_hash_bucket('sku', 8), dimension=2, combiner='sum'),
    fc.embedding_column(fc.categorical_column_with_identity('zone', 3), dimension=1,
                        initializer=tf.constant_initializer(0.25)),
]
dense_tensor = fc.input_layer(features, columns)
linear = fc.linear_model(features, [
    price, fc.categorical_column_with_identity('zone', 3),
    fc.crossed_column(['sales', fc.bucketized_column(price, [2., 10.])], hash_bucket_size=10)])
first, second = fc.shared_embedding_columns(
    [fc.categorical_column_with_identity('zone', 3), fc.categorical_column_with_identity('other', 3)], dimension=2)
shared = fc.input_layer({'zone': features['zone'], 'other': tf.constant([[1], [1], [0]], tf.int64)}, [first, second])

labels = tf.constant([[1.0], [0.0], [1.0]])
loss = tf.losses.sigmoid_cross_entropy(labels, linear + tf.reduce_sum(dense_tensor, 1, keepdims=True) * 0.01)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

print(sorted(fc.make_parse_example_spec(columns).items())[0])
for v in tf.trainable_variables():
    print(v.op.name, v.shape)

with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    for row in sess.run(dense_tensor).tolist():
        print(row)
    print('shared', sess.run(shared).tolist())
    for _ in range(3):
        print('loss %.6f' % sess.run([loss, train])[0])
    print('linear', sess.run(linear).ravel().tolist())

sequence = tf.contrib.feature_column.sequence_input_layer(
    {'sku': features['sku']},
    [fc.embedding_column(tf.contrib.feature_column.sequence_categorical_column_with_vocabulary_list(
        'sku', ['s1', 's2', 's3', 's9']), 2, initializer=tf.ones_initializer())])
with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    values, lengths = sess.run(sequence)
    print('sequence', values.shape, lengths.tolist())
