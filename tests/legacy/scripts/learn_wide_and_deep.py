"""Linear and wide-and-deep models of tf.contrib.learn over sparse, bucketized, crossed and embedded columns."""
from __future__ import print_function

import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
CATEGORICAL_COLUMNS = ["workclass", "education", "occupation"]
CONTINUOUS_COLUMNS = ["age", "hours_per_week"]
LABEL_COLUMN = "label"

rng = np.random.RandomState(4)
n = 200
df = {
    "workclass": rng.choice(["Private", "State-gov", "Self-emp"], n),
    "education": rng.choice(["Bachelors", "HS-grad", "Masters", "11th"], n),
    "occupation": rng.choice(["Sales", "Tech-support", "Farming-fishing", "Adm-clerical", "Other"], n),
    "age": rng.randint(18, 70, n).astype(np.float32),
    "hours_per_week": rng.randint(10, 60, n).astype(np.float32),
}
score = df["age"] / 40 + df["hours_per_week"] / 50 + (df["education"] == "Masters") - (df["occupation"] == "Other")
df[LABEL_COLUMN] = (score + rng.randn(n) * 0.2 > 2.2).astype(np.int64)


def input_fn(begin, end):
    """Returns all rows at once."""
    continuous_cols = {k: tf.constant(df[k][begin:end]) for k in CONTINUOUS_COLUMNS}
    categorical_cols = {
        k: tf.SparseTensor(
            indices=[[i, 0] for i in range(end - begin)],
            values=df[k][begin:end],
            dense_shape=[end - begin, 1])
        for k in CATEGORICAL_COLUMNS}
    feature_cols = dict(continuous_cols)
    feature_cols.update(categorical_cols)
    return feature_cols, tf.constant(df[LABEL_COLUMN][begin:end])


workclass = tf.contrib.layers.sparse_column_with_keys("workclass", keys=["Private", "State-gov", "Self-emp"])
education = tf.contrib.layers.sparse_column_with_hash_bucket("education", hash_bucket_size=100)
occupation = tf.contrib.layers.sparse_column_with_hash_bucket("occupation", hash_bucket_size=100)
age = tf.contrib.layers.real_valued_column("age", normalizer=lambda x: (x - 44.0) / 15.0)
hours_per_week = tf.contrib.layers.real_valued_column("hours_per_week", normalizer=lambda x: (x - 35.0) / 14.0)
age_buckets = tf.contrib.layers.bucketized_column(
    tf.contrib.layers.real_valued_column("age"), boundaries=[25, 30, 40, 50, 60])
wide_columns = [
    workclass, education, occupation, age_buckets,
    tf.contrib.layers.crossed_column([education, occupation], hash_bucket_size=1000),
    tf.contrib.layers.crossed_column([age_buckets, education, occupation], hash_bucket_size=1000)]
deep_columns = [
    tf.contrib.layers.embedding_column(education, dimension=4),
    tf.contrib.layers.embedding_column(occupation, dimension=4, combiner="sum"),
    tf.contrib.layers.one_hot_column(workclass), age, hours_per_week]


def build_estimator(model_type):
    config = tf.contrib.learn.RunConfig(tf_random_seed=17)
    if model_type == "wide":
        return tf.contrib.learn.LinearClassifier(
            model_dir=tempfile.mkdtemp(), feature_columns=wide_columns, config=config,
            optimizer=tf.train.FtrlOptimizer(
                learning_rate=0.1, l1_regularization_strength=0.1, l2_regularization_strength=0.1))
    return tf.contrib.learn.DNNLinearCombinedClassifier(
        model_dir=tempfile.mkdtemp(), linear_feature_columns=wide_columns, dnn_feature_columns=deep_columns,
        dnn_hidden_units=[12, 6], config=config, fix_global_step_increment_bug=True)


for model_type in ("wide", "wide_n_deep"):
    m = build_estimator(model_type)
    m.fit(input_fn=lambda: input_fn(0, 150), steps=30)
    results = m.evaluate(input_fn=lambda: input_fn(150, n), steps=1)
    print(model_type)
    for key in ("accuracy", "accuracy/baseline_label_mean", "auc", "auc_precision_recall", "loss",
                "labels/prediction_mean", "precision/positive_threshold_0.500000_mean", "global_step"):
        print("  %s: %.5f" % (key, results[key]))
    probabilities = np.array(list(m.predict_proba(input_fn=lambda: input_fn(150, 155))))
    print("  ", ' '.join('%.5f' % p for p in probabilities[:, 1]))
    if model_type == "wide":
        print("  zero weights: %d" % (m.get_variable_value("linear/education/weights") == 0).sum())

regressor = tf.contrib.learn.LinearRegressor(
    feature_columns=[age, hours_per_week, education], config=tf.contrib.learn.RunConfig(tf_random_seed=17))


def regression_input_fn():
    features, _ = input_fn(0, n)
    return features, tf.constant(score.astype(np.float32))


regressor.fit(input_fn=regression_input_fn, steps=50)
print("regression loss %.5f" % regressor.evaluate(input_fn=regression_input_fn, steps=1)["loss"])
print(' '.join('%.4f' % s for s in list(regressor.predict_scores(input_fn=regression_input_fn))[:5]))
