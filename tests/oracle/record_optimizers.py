"""Records what TensorFlow 1.15's optimizers, schedules and moving averages compute, for the rules that migrate them.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_optimizers.py``.
It writes ``tests/fixtures/tf115/migrate_optimizers.json``: for each optimizer all variables after the first and the
last step, once with dense gradients and once with looked-up rows; for each schedule its values by step; for each moving
average its values after the last step.
"""

import json
import os
from pathlib import Path

import numpy as np
import tensorflow as tf

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "migrate_optimizers.json"
STEPS = 12
# Some rows twice in a batch, some in no batch for a while, one never.
ROWS = [[1, 1, 2], [3, 1, 3], [2, 2, 2], [0, 1, 2]]

# `rate` changes from step to step.
OPTIMIZERS = [
    "tf.train.GradientDescentOptimizer(0.05)",
    "tf.train.GradientDescentOptimizer(learning_rate=rate)",
    "tf.train.MomentumOptimizer(0.05, 0.9)",
    "tf.train.MomentumOptimizer(0.05, 0.9, use_nesterov=True)",
    "tf.train.MomentumOptimizer(rate, 0.5)",
    "tf.train.MomentumOptimizer(rate, momentum=0.9, use_nesterov=True)",
    "tf.train.AdamOptimizer()",
    "tf.train.AdamOptimizer(0.05)",
    "tf.train.AdamOptimizer(0.05, beta1=0.5, beta2=0.9, epsilon=0.1)",
    "tf.train.AdamOptimizer(rate)",
    "tf.train.AdagradOptimizer(0.05)",
    "tf.train.AdagradOptimizer(rate, initial_accumulator_value=0.01)",
    "tf.train.RMSPropOptimizer(0.05)",
    "tf.train.RMSPropOptimizer(0.05, 0.5, momentum=0.9, epsilon=0.01)",
    "tf.train.RMSPropOptimizer(rate, momentum=0.5)",
    "tf.train.RMSPropOptimizer(0.05, centered=True)",
    "tf.train.RMSPropOptimizer(rate, 0.5, momentum=0.5, centered=True)",
    "tf.train.AdadeltaOptimizer()",
    "tf.train.AdadeltaOptimizer(0.5, rho=0.5, epsilon=1e-3)",
    "tf.train.AdadeltaOptimizer(rate)",
    "tf.train.FtrlOptimizer(0.05)",
    "tf.train.FtrlOptimizer(0.05, l1_regularization_strength=0.1, l2_regularization_strength=0.2)",
    "tf.train.FtrlOptimizer(rate, -0.75, initial_accumulator_value=0.5)",
    "tf.train.FtrlOptimizer(0.05, l2_shrinkage_regularization_strength=0.1)",
    "tf.train.ProximalGradientDescentOptimizer(0.05, l1_regularization_strength=0.1, l2_regularization_strength=0.2)",
    "tf.train.ProximalGradientDescentOptimizer(rate)",
    "tf.train.ProximalAdagradOptimizer(0.05, l1_regularization_strength=0.1, l2_regularization_strength=0.2)",
    "tf.train.ProximalAdagradOptimizer(rate, initial_accumulator_value=0.5)",
    "tf.contrib.opt.AdaMaxOptimizer(0.05)",
    "tf.contrib.opt.AdaMaxOptimizer(rate, beta1=0.5)",
    "tf.contrib.opt.LazyAdamOptimizer(0.05)",
    "tf.contrib.opt.LazyAdamOptimizer(rate, beta2=0.9)",
    "tf.contrib.opt.NadamOptimizer(0.05)",
    "tf.contrib.opt.NadamOptimizer(rate, epsilon=0.1)",
]

SCHEDULES = [
    "tf.train.exponential_decay(0.1, step, 4, 0.9)",
    "tf.train.exponential_decay(0.1, step, 4, 0.9, staircase=True)",
    "tf.train.exponential_decay(rate, step, 7.5, decay_rate=0.5)",
    "tf.train.natural_exp_decay(0.1, step, 4, 0.5)",
    "tf.train.natural_exp_decay(0.1, step, 4, 0.2 + 0.3, staircase=True)",
    "tf.train.inverse_time_decay(0.1, step, 4, 0.5)",
    "tf.train.inverse_time_decay(0.1, step, 4, 0.5, staircase=True)",
    "tf.train.polynomial_decay(0.1, step, 10)",
    "tf.train.polynomial_decay(0.1, step, 10, 0.01, power=0.5)",
    "tf.train.polynomial_decay(0.1, step, 6, end_learning_rate=0.01, power=2.0, cycle=True)",
    "tf.train.piecewise_constant(step, [5, 10, 15], [0.1, 0.05, 0.01, 0.001])",
    "tf.train.piecewise_constant_decay(step, boundaries=[10], values=[1, 2])",
    "tf.train.piecewise_constant(step, [5], [rate, 0.01])",
    "tf.train.cosine_decay(0.1, step, 10)",
    "tf.train.cosine_decay(0.1, step, 10, alpha=0.2)",
    "tf.train.cosine_decay_restarts(0.1, step, 4)",
    "tf.train.cosine_decay_restarts(0.1, step, 5, t_mul=1.0, m_mul=0.5, alpha=0.1)",
    "tf.train.cosine_decay_restarts(0.1, step, 3, 1.5, 0.9)",
    "tf.train.linear_cosine_decay(0.1, step, 10)",
    "tf.train.linear_cosine_decay(0.1, step, 10, num_periods=2.0, alpha=0.1, beta=0.01)",
]
AVERAGES = [
    "tf.train.ExponentialMovingAverage(0.9)",
    "tf.train.ExponentialMovingAverage(decay=0.99, num_updates=step)",
    "tf.train.ExponentialMovingAverage(0.5, zero_debias=True, name='average')",
]


def train(code, has_rows):
    with tf.Graph().as_default(), tf.Session() as session:
        rate, rows = tf.placeholder(tf.float32, []), tf.placeholder(tf.int32, [3])
        table = tf.Variable(np.sin(np.arange(1, 11, dtype=np.float32)).reshape(5, 2))
        weights = tf.Variable(np.cos(np.arange(1, 5, dtype=np.float32)).reshape(2, 2))
        bias = tf.Variable(np.array([0.5, -0.25], np.float32))
        looked_up = tf.nn.embedding_lookup(table, rows) if has_rows else tf.matmul(tf.one_hot(rows, 5), table)
        loss = tf.reduce_sum(tf.square(tf.tanh(tf.matmul(looked_up, weights) + bias) - 0.5))
        variables = [table, weights, bias]
        step = eval(code, {"tf": tf, "rate": rate}).minimize(loss, var_list=variables)
        session.run(tf.global_variables_initializer())
        states = []
        for i in range(STEPS):
            session.run(step, {rate: 0.1 / (1 + i), rows: ROWS[i % len(ROWS)]})
            states.append(np.concatenate([value.ravel() for value in session.run(variables)]))
        return [[float("%.8g" % number) for number in states[i]] for i in (0, -1)]


def values(code, dtype):
    with tf.Graph().as_default(), tf.Session() as session:
        step, rate = tf.placeholder(dtype, []), tf.placeholder(tf.float32, [])
        value = eval(code, {"tf": tf, "step": step, "rate": rate})
        return [float("%.8g" % session.run(value, {step: i, rate: 0.2})) for i in range(21)]


def averaged(code):
    with tf.Graph().as_default(), tf.Session() as session:
        step = tf.Variable(0, trainable=False)
        weights = tf.Variable([1.0, 2.0])
        average = eval(code, {"tf": tf, "step": step})
        loss = tf.reduce_sum(tf.square(weights - tf.cast(step, tf.float32)))
        with tf.control_dependencies([tf.train.GradientDescentOptimizer(0.1).minimize(loss, global_step=step)]):
            update = average.apply([weights])
        session.run(tf.global_variables_initializer())
        for _ in range(STEPS):
            session.run(update)
        return [float("%.8g" % number) for number in session.run(average.average(weights))]


def main():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    tf.logging.set_verbosity(tf.logging.ERROR)
    found = {
        "steps": STEPS,
        "rows": ROWS,
        "optimizers": {
            code: {"dense": train(code, has_rows=False), "rows": train(code, has_rows=True)} for code in OPTIMIZERS
        },
        "schedules": {code: values(code, tf.int64) for code in SCHEDULES},
        "averages": {code: averaged(code) for code in AVERAGES},
    }
    FIXTURE.write_text(json.dumps(found, sort_keys=True).replace('}, "', '},\n "').replace('], "', '],\n "') + "\n")
    print("%d optimizers, %d schedules" % (len(OPTIMIZERS), len(SCHEDULES)))


if __name__ == "__main__":
    main()
