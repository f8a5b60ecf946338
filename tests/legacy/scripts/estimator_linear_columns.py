"""LinearClassifier and LinearRegressor over bucketized, vocabulary, hashed and crossed feature columns."""
from __future__ import print_function

import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
rng = np.random.RandomState(11)
n = 200
age = rng.randint(18, 70, n).astype(np.float32)
education = rng.choice(['school', 'college', 'doctorate'], n)
job = rng.choice(['clerk', 'farmer', 'nurse', 'pilot'], n)
hours = rng.uniform(10, 60, n).astype(np.float32)
income = (age / 30 + hours / 25 + 2 * (education == 'doctorate') + (job == 'pilot') + rng.randn(n) * .3).astype('float32')

fc = tf.feature_column
age_column = fc.numeric_column('age')
age_buckets = fc.bucketized_column(age_column, boundaries=[25, 35, 45, 55])
education_column = fc.categorical_column_with_vocabulary_list('education', ['school', 'college', 'doctorate'])
job_column = fc.categorical_column_with_hash_bucket('job', hash_bucket_size=20)
crossed = fc.crossed_column([age_buckets, 'education'], hash_bucket_size=30)
hours_column = fc.numeric_column('hours', normalizer_fn=lambda x: (x - 35.0) / 15.0)

features = {'age': age, 'education': education, 'job': job, 'hours': hours}


def input_fn(labels, num_epochs=1):
    return tf.estimator.inputs.numpy_input_fn(features, labels, batch_size=50, num_epochs=num_epochs, shuffle=False)


config = tf.estimator.RunConfig(tf_random_seed=3)
classifier = tf.estimator.LinearClassifier(
    feature_columns=[age_buckets, education_column, job_column, crossed, hours_column],
    model_dir=tempfile.mkdtemp(), config=config, optimizer=tf.train.FtrlOptimizer(0.1, l1_regularization_strength=0.01))
classifier.train(input_fn((income > 4).astype(np.int32), None), steps=40)
results = classifier.evaluate(input_fn((income > 4).astype(np.int32)))
for key in ('accuracy', 'auc', 'average_loss', 'label/mean', 'prediction/mean'):
    print('%s: %.6f' % (key, results[key]))
print('education weights', classifier.get_variable_value('linear/linear_model/education/weights').ravel().tolist())

regressor = tf.estimator.LinearRegressor(
    feature_columns=[education_column, hours_column], model_dir=tempfile.mkdtemp(), config=config)
regressor.train(input_fn(income, None), steps=60)
print('regression loss %.6f' % regressor.evaluate(input_fn(income))['average_loss'])
predictions = [p['predictions'][0] for p in regressor.predict(input_fn(None))]
print([round(float(p), 6) for p in predictions[:5]])
print(regressor.get_variable_names())
