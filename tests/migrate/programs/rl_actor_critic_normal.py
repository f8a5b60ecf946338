import numpy as np
import tensorflow as tf

np.random.seed(2)
tf.set_random_seed(2)
GAMMA = 0.9


class Slope(object):
    def __init__(self):
        self.rng = np.random.RandomState(3)

    def reset(self):
        self.state = self.rng.uniform(-1.0, 1.0, 3).astype(np.float32)
        return self.state

    def step(self, action):
        self.state = np.tanh(0.9 * self.state + 0.1 * action[0]).astype(np.float32)
        return self.state, -float(np.sum(self.state**2))


class Actor(object):
    def __init__(self, sess, n_features, action_bound, lr=0.01):
        self.sess = sess
        self.s = tf.placeholder(tf.float32, [1, n_features], "state")
        self.a = tf.placeholder(tf.float32, None, name="act")
        self.td_error = tf.placeholder(tf.float32, None, name="td_error")
        l1 = tf.layers.dense(self.s, 6, activation=tf.nn.relu, name="l1")
        mu = tf.layers.dense(inputs=l1, units=1, activation=tf.nn.tanh, name="mu")
        sigma = tf.layers.dense(inputs=l1, units=1, activation=tf.nn.softplus, name="sigma")
        self.mu, self.sigma = tf.squeeze(mu * 2), tf.squeeze(sigma + 0.1)
        self.normal_dist = tf.distributions.Normal(self.mu, self.sigma)
        self.action = tf.clip_by_value(self.normal_dist.sample(1), action_bound[0], action_bound[1])
        with tf.name_scope("exp_v"):
            log_prob = self.normal_dist.log_prob(self.a)
            self.exp_v = log_prob * self.td_error
            self.exp_v += 0.01 * self.normal_dist.entropy()
        with tf.name_scope("train"):
            self.train_op = tf.train.AdamOptimizer(lr).minimize(-self.exp_v)

    def learn(self, s, a, td):
        feed_dict = {self.s: s[np.newaxis, :], self.a: a, self.td_error: td}
        _, exp_v = self.sess.run([self.train_op, self.exp_v], feed_dict)
        return exp_v

    def choose_action(self, s):
        return self.sess.run(self.action, {self.s: s[np.newaxis, :]})


class Critic(object):
    def __init__(self, sess, n_features, lr=0.02):
        self.sess = sess
        self.s = tf.placeholder(tf.float32, [1, n_features], "state")
        self.v_ = tf.placeholder(tf.float32, [1, 1], name="v_next")
        self.r = tf.placeholder(tf.float32, name="r")
        with tf.variable_scope("Critic"):
            l1 = tf.layers.dense(self.s, 6, activation=tf.nn.relu, name="l1")
            self.v = tf.layers.dense(l1, 1, name="V")
        with tf.variable_scope("squared_TD_error"):
            self.td_error = tf.reduce_mean(self.r + GAMMA * self.v_ - self.v)
            self.loss = tf.square(self.td_error)
        with tf.variable_scope("train"):
            self.train_op = tf.train.AdamOptimizer(lr).minimize(self.loss)

    def learn(self, s, r, s_):
        v_ = self.sess.run(self.v, {self.s: s_[np.newaxis, :]})
        td_error, _ = self.sess.run(
            [self.td_error, self.train_op], {self.s: s[np.newaxis, :], self.v_: v_, self.r: r}
        )
        return td_error


env = Slope()
sess = tf.Session()
actor = Actor(sess, 3, [-2.0, 2.0])
critic = Critic(sess, 3)
sess.run(tf.global_variables_initializer())
for episode in range(3):
    s = env.reset()
    total = 0.0
    for t in range(8):
        a = actor.choose_action(s)
        s_, r = env.step(a)
        td_error = critic.learn(s, r, s_)
        exp_v = actor.learn(s, a, td_error)
        s = s_
        total += r
    print(episode, total, exp_v)
