"""A deep Q-network with replay memory and a target network in a hand-written grid world."""
from __future__ import print_function

import random
from collections import deque

import numpy as np
import tensorflow as tf

random.seed(1)
np.random.seed(1)
tf.set_random_seed(1)


class GridWorld:
    """Walk on a 3x3 board from the upper left to the lower right; the centre is a hole."""
    n_actions = 4

    def reset(self):
        self.row, self.col, self.steps = 0, 0, 0
        return self.observe()

    def observe(self):
        board = np.zeros((3, 3))
        board[self.row, self.col] = 1
        return board.ravel()

    def step(self, action):
        d_row, d_col = [(-1, 0), (1, 0), (0, -1), (0, 1)][action]
        self.row, self.col = min(max(self.row + d_row, 0), 2), min(max(self.col + d_col, 0), 2)
        self.steps += 1
        if (self.row, self.col) == (1, 1):
            return self.observe(), -1., True
        if (self.row, self.col) == (2, 2):
            return self.observe(), 1., True
        return self.observe(), -0.04, self.steps >= 12


class DQN:
    def __init__(self, sess, gamma=0.9, lr=0.02):
        self.sess, self.gamma, self.memory = sess, gamma, deque(maxlen=200)
        self.state = tf.placeholder(tf.float32, [None, 9], 'state')
        self.action = tf.placeholder(tf.int32, [None], 'action')
        self.target = tf.placeholder(tf.float32, [None], 'target')
        self.q, online = self.network('online')
        self.q_next, frozen = self.network('frozen')
        picked = tf.stack([tf.range(tf.size(self.action)), self.action], axis=1)
        self.loss = tf.losses.huber_loss(self.target, tf.gather_nd(self.q, picked))
        self.train_op = tf.train.RMSPropOptimizer(lr).minimize(self.loss, var_list=online)
        self.replace = tf.group(*[old.assign(new) for old, new in zip(frozen, online)])

    def network(self, name):
        with tf.variable_scope(name) as scope:
            hidden = tf.layers.dense(self.state, 16, tf.nn.relu, bias_initializer=tf.constant_initializer(0.1))
            return tf.layers.dense(hidden, GridWorld.n_actions), scope.trainable_variables()

    def choose(self, state, epsilon):
        if random.random() < epsilon:
            return random.randrange(4)
        return int(np.argmax(self.sess.run(self.q, {self.state: state[None]})))

    def learn(self):
        s, a, r, s_, done = (np.array(v) for v in zip(*random.sample(self.memory, 24)))
        target = r + self.gamma * self.sess.run(self.q_next, {self.state: s_}).max(axis=1) * (1 - done)
        return self.sess.run([self.loss, self.train_op], {self.state: s, self.action: a, self.target: target})[0]


env = GridWorld()
with tf.Session() as sess:
    agent = DQN(sess)
    sess.run(tf.global_variables_initializer())
    for episode in range(26):
        state, total, done, loss = env.reset(), 0., False, 0.
        while not done:
            action = agent.choose(state, epsilon=max(0.1, 1 - episode / 15.))
            state_, reward, done = env.step(action)
            agent.memory.append((state, action, reward, state_, float(done)))
            state, total = state_, total + reward
            if len(agent.memory) >= 24:
                loss = agent.learn()
        if episode % 3 == 0:
            sess.run(agent.replace)
        if episode % 5 == 0:
            print('episode %d steps %d reward %.2f loss %.6f' % (episode, env.steps, total, loss))
    print('q of the start', sess.run(agent.q, {agent.state: env.reset()[None]})[0].tolist())
