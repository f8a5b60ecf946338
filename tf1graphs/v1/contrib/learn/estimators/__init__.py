"""The estimators of ``tf.contrib.learn``, of before ``tf.estimator``."""
