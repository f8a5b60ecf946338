"""Every kind of feature column: by input_layer, linear_model and sequences, and in a wide and deep estimator."""

import os
import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
fc = tf.feature_column

folder = tempfile.mkdtemp()
vocabulary = os.path.join(folder, "cities.txt")
with open(vocabulary, "w") as f:
    f.write("paris\nrome\noslo\n")

rng = np.random.RandomState(3)
N = 12
data = {
    "age": rng.uniform(18, 80, N).astype(np.float32),
    "income": rng.lognormal(3, 1, (N, 2)).astype(np.float32),
    "color": np.array(["red", "green", "blue", "grey"] * 3),
    "city": np.array(["oslo", "rome", "bonn"] * 4),
    "rank": rng.randint(0, 5, N),
    "word": np.array(["w%d" % (i % 5) for i in range(N)]),
    "weight": rng.uniform(0.5, 1.5, N).astype(np.float32),
}
labels = ((data["age"] > 45) ^ (data["rank"] > 2)).astype(np.int32)

age = fc.numeric_column("age", normalizer_fn=lambda x: (x - 40.0) / 20.0)
income = fc.numeric_column("income", shape=[2])
ages = fc.bucketized_column(fc.numeric_column("age"), [25, 40, 60])
color = fc.categorical_column_with_vocabulary_list("color", ["red", "green", "blue"], num_oov_buckets=1)
city = fc.categorical_column_with_vocabulary_file("city", vocabulary, vocabulary_size=3, default_value=0)
rank = fc.categorical_column_with_identity("rank", 5)
word = fc.categorical_column_with_hash_bucket("word", 7)
cross = fc.crossed_column([ages, "color"], hash_bucket_size=10)
weighted = fc.weighted_categorical_column(word, "weight")
shared = fc.shared_embedding_columns([rank, fc.categorical_column_with_identity("rank2", 5)], 2)
data["rank2"] = data["rank"][::-1].copy()

deep = [
    age,
    income,
    ages,
    fc.indicator_column(color),
    fc.embedding_column(city, 2, combiner="sqrtn"),
    fc.embedding_column(word, 3, initializer=tf.constant_initializer(0.2), max_norm=0.3),
    fc.indicator_column(cross),
] + shared
wide = [ages, color, rank, cross, weighted]


def show(name, values):
    print(name, values.shape, " ".join("%.4f" % v for v in np.asarray(values).ravel()[:12]))


print(sorted(fc.make_parse_example_spec(deep + wide).keys()))
with tf.Graph().as_default(), tf.Session() as sess:
    tf.set_random_seed(5)
    features = {name: tf.constant(values) for name, values in data.items()}
    cols_to_vars = {}
    layer = fc.input_layer(features, deep, cols_to_vars=cols_to_vars)
    linear = fc.linear_model(features, wide, units=2, sparse_combiner="mean")
    gradient = tf.gradients(tf.reduce_sum(linear), tf.trainable_variables("linear_model"))
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    show("input_layer", sess.run(layer))
    show("columns", sess.run(tf.reduce_mean(layer, 0)))
    show("linear_model", sess.run(linear))
    for variable in tf.global_variables():
        print(variable.op.name, variable.shape.as_list())
    print(sorted(len(found) for found in cols_to_vars.values()))
    for each in gradient:
        show("gradient", sess.run(tf.convert_to_tensor(each)))

with tf.Graph().as_default(), tf.Session() as sess:
    tf.set_random_seed(6)
    sequence = tf.contrib.feature_column
    steps = tf.SparseTensor(
        [[0, 0], [0, 1], [1, 0], [2, 0], [2, 1], [2, 2]], tf.constant([1, 2, 0, 3, 3, 1], tf.int64), [3, 3]
    )
    numbers = tf.SparseTensor(steps.indices, tf.constant([0.5, 1.5, 2.5, 3.5, 4.5, 5.5]), [3, 3])
    ids = sequence.sequence_categorical_column_with_identity("steps", 4)
    columns = [fc.embedding_column(ids, 2), fc.indicator_column(ids), sequence.sequence_numeric_column("numbers")]
    inputs, lengths = sequence.sequence_input_layer({"steps": steps, "numbers": numbers}, columns)
    sess.run(tf.global_variables_initializer())
    show("sequence", sess.run(inputs))
    print("lengths", sess.run(lengths))

estimator = tf.estimator.DNNLinearCombinedClassifier(
    model_dir=os.path.join(folder, "model"),
    linear_feature_columns=wide,
    dnn_feature_columns=deep,
    dnn_hidden_units=[8, 4],
    dnn_optimizer=tf.train.AdagradOptimizer(0.1),
    config=tf.estimator.RunConfig(tf_random_seed=9),
)
train = tf.estimator.inputs.numpy_input_fn(data, labels, batch_size=4, num_epochs=10, shuffle=False)
estimator.train(train)
result = estimator.evaluate(tf.estimator.inputs.numpy_input_fn(data, labels, num_epochs=1, shuffle=False))
print("accuracy %.4f loss %.4f auc %.4f" % (result["accuracy"], result["average_loss"], result["auc"]))
print(len(estimator.get_variable_names()), "variables")
