import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.set_random_seed(1)
MEMORY, BATCH, TAU, GAMMA = 24, 8, 0.05, 0.9


class Pendulum:
    def __init__(self):
        self.rng = np.random.RandomState(5)
        self.state = np.zeros(2, np.float32)

    def reset(self):
        self.state = self.rng.uniform(-1.0, 1.0, 2).astype(np.float32)
        return self.state

    def step(self, action):
        angle, speed = self.state
        speed = 0.9 * speed + 0.1 * action[0] - 0.05 * np.sin(angle)
        self.state = np.array([angle + 0.1 * speed, speed], np.float32)
        return self.state, -float(angle**2 + 0.1 * speed**2)


class DDPG(object):
    def __init__(self, a_dim, s_dim, a_bound):
        self.memory = np.zeros((MEMORY, s_dim * 2 + a_dim + 1), dtype=np.float32)
        self.pointer = 0
        self.sess = tf.Session()
        self.a_dim, self.s_dim, self.a_bound = a_dim, s_dim, a_bound
        self.S = tf.placeholder(tf.float32, [None, s_dim], "s")
        self.S_ = tf.placeholder(tf.float32, [None, s_dim], "s_")
        self.A = tf.placeholder(tf.float32, [None, a_dim], "taken")
        self.R = tf.placeholder(tf.float32, [None, 1], "r")

        with tf.variable_scope("Actor"):
            self.a = self._build_a(self.S, scope="eval")
            a_ = self._build_a(self.S_, scope="target")
        with tf.variable_scope("Critic"):
            q = self._build_c(self.S, self.A, scope="eval", trainable=True)
            q_of_policy = self._build_c(self.S, self.a, scope="eval", trainable=True, reuse=True)
            q_ = self._build_c(self.S_, a_, scope="target", trainable=False)

        self.ae_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="Actor/eval")
        self.at_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="Actor/target")
        self.ce_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="Critic/eval")
        self.ct_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="Critic/target")
        self.soft_replace = [
            [tf.assign(ta, (1 - TAU) * ta + TAU * ea), tf.assign(tc, (1 - TAU) * tc + TAU * ec)]
            for ta, ea, tc, ec in zip(self.at_params, self.ae_params, self.ct_params, self.ce_params)
        ]

        q_target = self.R + GAMMA * q_
        td_error = tf.losses.mean_squared_error(labels=q_target, predictions=q)
        self.ctrain = tf.train.AdamOptimizer(0.002).minimize(td_error, var_list=self.ce_params)
        a_loss = -tf.reduce_mean(q_of_policy)
        self.atrain = tf.train.AdamOptimizer(0.001).minimize(a_loss, var_list=self.ae_params)
        self.sess.run(tf.global_variables_initializer())

    def choose_action(self, s):
        return self.sess.run(self.a, {self.S: s[np.newaxis, :]})[0]

    def learn(self):
        self.sess.run(self.soft_replace)
        rows = self.memory[np.random.choice(MEMORY, size=BATCH)]
        bs, ba = rows[:, : self.s_dim], rows[:, self.s_dim : self.s_dim + self.a_dim]
        br, bs_ = rows[:, -self.s_dim - 1 : -self.s_dim], rows[:, -self.s_dim :]
        self.sess.run(self.atrain, {self.S: bs})
        self.sess.run(self.ctrain, {self.S: bs, self.A: ba, self.R: br, self.S_: bs_})

    def store_transition(self, s, a, r, s_):
        self.memory[self.pointer % MEMORY] = np.hstack((s, a, [r], s_))
        self.pointer += 1

    def _build_a(self, s, scope):
        with tf.variable_scope(scope):
            net = tf.layers.dense(s, 6, activation=tf.nn.relu, name="l1")
            a = tf.layers.dense(net, self.a_dim, activation=tf.nn.tanh, name="a")
            return tf.multiply(a, self.a_bound, name="scaled_a")

    def _build_c(self, s, a, scope, trainable, reuse=None):
        with tf.variable_scope(scope, reuse=reuse):
            n_l1 = 6
            w1_s = tf.get_variable("w1_s", [self.s_dim, n_l1])
            w1_a = tf.get_variable("w1_a", [self.a_dim, n_l1])
            b1 = tf.get_variable("b1", [1, n_l1], initializer=tf.zeros_initializer(), trainable=trainable)
            net = tf.nn.relu(tf.matmul(s, w1_s) + tf.matmul(a, w1_a) + b1)
            w2 = tf.get_variable("w2", [n_l1, 1])
            return tf.matmul(net, w2)


env = Pendulum()
ddpg = DDPG(1, 2, 2.0)
for episode in range(4):
    s = env.reset()
    total = 0.0
    for step in range(10):
        a = np.clip(np.random.normal(ddpg.choose_action(s), 1.0), -2, 2)
        s_, r = env.step(a)
        ddpg.store_transition(s, a, r, s_)
        if ddpg.pointer > MEMORY:
            ddpg.learn()
        s = s_
        total += r
    print(episode, total)
