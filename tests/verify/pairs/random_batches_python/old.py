from __future__ import print_function

import random

import numpy as np
import tensorflow as tf

random.seed(4)
np.random.seed(4)
tf.set_random_seed(4)
memory = [(random.random(), random.gauss(0, 1)) for _ in range(40)]
state = tf.placeholder("float", [None, 2])
target = tf.placeholder("float", [None])
w1 = tf.Variable(tf.random_normal([2, 5], 0.0, 0.3))
w2 = tf.Variable(tf.random_normal([5, 1], 0.0, 0.3))
q = tf.reshape(tf.matmul(tf.nn.tanh(tf.matmul(state, w1)), w2), [-1])
cost = tf.reduce_mean(tf.square(target - q))
train = tf.train.RMSPropOptimizer(0.01, 0.9, 0.5).minimize(cost)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for episode in range(12):
    minibatch = random.sample(memory, 8)
    noise = np.random.normal(0, 0.1, 8)
    answers = [a * b for a, b in minibatch] + noise
    print("%.6f" % sess.run([cost, train], {state: minibatch, target: answers})[0])
    if random.random() < 0.5:
        print("explore", random.randint(0, 9))
