import abc

import numpy as np
import tensorflow as tf


class Agent(abc.ABC):
    gamma = 0.9

    def __init__(self, sess, actions):
        self.sess = sess
        self.actions = actions
        self.steps = 0

    def act(self, state):
        self.steps += 1
        return int(np.argmax(self.values(state)))

    @abc.abstractmethod
    def values(self, state):
        """Returns the value of each action."""


class Uniform(Agent):
    def values(self, state):
        return np.ones(self.actions)


class Learner(Agent):
    def __init__(self, sess, actions, features, rate=0.05):
        super(Learner, self).__init__(sess, actions)
        self.features = features
        self.rate = rate
        self.build()

    def build(self):
        self.state = tf.placeholder(tf.float32, [None, self.features])
        self.target = tf.placeholder(tf.float32, [None])
        self.action = tf.placeholder(tf.int32, [None])
        self.q = self.network(self.state)
        chosen = tf.reduce_sum(self.q * tf.one_hot(self.action, self.actions), axis=1)
        self.loss = tf.reduce_mean(tf.square(self.target - chosen))
        self.train_op = tf.train.GradientDescentOptimizer(self.rate).minimize(self.loss)

    def network(self, state):
        raise NotImplementedError

    def values(self, state):
        return self.sess.run(self.q, {self.state: state[np.newaxis]})[0]

    def learn(self, states, actions, rewards):
        feed_dict = {self.state: states, self.action: actions, self.target: self.gamma * rewards}
        return self.sess.run([self.loss, self.train_op], feed_dict)[0]


class Mixin(object):
    def report(self):
        return "%d steps of %s" % (self.steps, type(self).__name__)


class DeepLearner(Mixin, Learner):
    def network(self, state):
        hidden = tf.layers.dense(state, 6, activation=tf.nn.relu)
        return tf.layers.dense(hidden, self.actions)

    def learn(self, states, actions, rewards):
        loss = super().learn(states, actions, rewards)
        return round(float(loss), 4)


tf.set_random_seed(8)
with tf.Session() as sess:
    agents = Uniform(sess, 3), DeepLearner(sess, 3, 4)
    learner = agents[1]
    sess.run(tf.global_variables_initializer())
    rng = np.random.RandomState(8)
    for _ in range(5):
        states = rng.rand(6, 4)
        taken = [learner.act(state) for state in states]
        print(taken, learner.learn(states, taken, rng.rand(6)), agents[0].act(states[0]))
    print(learner.report())
