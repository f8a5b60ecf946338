import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.set_random_seed(1)


class Corridor:
    def __init__(self):
        self.rng = np.random.RandomState(8)

    def reset(self):
        self.s = self.rng.uniform(-1.0, 1.0, 2).astype(np.float32)
        return self.s

    def step(self, a):
        self.s = (0.8 * self.s + 0.2 * (a - 1)).astype(np.float32)
        return self.s, -float(abs(self.s[0]))


class CuriousNet:
    def __init__(self, n_a, n_s, lr=0.01, gamma=0.9, replace_iter=4):
        self.n_a, self.n_s, self.lr, self.gamma = n_a, n_s, lr, gamma
        self.replace_iter = replace_iter
        self.steps = 0
        self.memory = np.zeros((16, n_s * 2 + 2))
        self.tfs, self.tfa, self.tfr, self.tfs_, self.dyn_train, self.dqn_train, self.q = self._build_nets()
        t_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="target_net")
        e_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="eval_net")
        with tf.variable_scope("hard_replacement"):
            self.replace_op = [tf.assign(t, e) for t, e in zip(t_params, e_params)]
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

    def _build_nets(self):
        tfs = tf.placeholder(tf.float32, [None, self.n_s], name="s")
        tfa = tf.placeholder(tf.int32, [None], name="a")
        tfr = tf.placeholder(tf.float32, [None], name="ext_r")
        tfs_ = tf.placeholder(tf.float32, [None, self.n_s], name="s_")
        guess, curiosity, dyn_train = self._build_dynamics(tfs, tfa, tfs_)
        total = tf.add(curiosity, tfr, name="total_r")
        q, dqn_loss, dqn_train = self._build_dqn(tfs, tfa, total, tfs_)
        return tfs, tfa, tfr, tfs_, dyn_train, dqn_train, q

    def _build_dynamics(self, s, a, s_):
        with tf.variable_scope("dyn_net"):
            float_a = tf.expand_dims(tf.cast(a, tf.float32), axis=1)
            hidden = tf.layers.dense(tf.concat((s, float_a), axis=1), 5, activation=tf.nn.relu, name="d1")
            guess = tf.layers.dense(hidden, self.n_s, name="d2")
        squared = tf.reduce_sum(tf.square(s_ - guess), axis=1)
        train_op = tf.train.RMSPropOptimizer(self.lr).minimize(tf.reduce_mean(squared))
        return guess, squared, train_op

    def _build_dqn(self, s, a, r, s_):
        with tf.variable_scope("eval_net"):
            q = tf.layers.dense(tf.layers.dense(s, 6, tf.nn.relu, name="e1"), self.n_a, name="q")
        with tf.variable_scope("target_net"):
            q_ = tf.layers.dense(tf.layers.dense(s_, 6, tf.nn.relu, name="t1"), self.n_a, name="q_")
        q_target = r + self.gamma * tf.reduce_max(q_, axis=1)
        indices = tf.stack([tf.range(tf.shape(a)[0], dtype=tf.int32), a], axis=1)
        loss = tf.losses.mean_squared_error(labels=q_target, predictions=tf.gather_nd(q, indices))
        train_op = tf.train.RMSPropOptimizer(self.lr).minimize(
            loss, var_list=tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, "eval_net")
        )
        return q, loss, train_op

    def store(self, s, a, r, s_):
        self.memory[self.steps % 16] = np.hstack((s, [a, r], s_))

    def choose_action(self, s):
        return int(np.argmax(self.sess.run(self.q, feed_dict={self.tfs: s[np.newaxis, :]})))

    def learn(self):
        if self.steps % self.replace_iter == 0:
            self.sess.run(self.replace_op)
        rows = self.memory[np.random.choice(16, size=4)]
        bs, ba, br, bs_ = rows[:, : self.n_s], rows[:, self.n_s], rows[:, self.n_s + 1], rows[:, -self.n_s :]
        self.sess.run(self.dqn_train, {self.tfs: bs, self.tfa: ba, self.tfr: br, self.tfs_: bs_})
        if self.steps % 2 == 0:
            self.sess.run(self.dyn_train, {self.tfs: bs, self.tfa: ba, self.tfs_: bs_})
        self.steps += 1


env = Corridor()
net = CuriousNet(3, 2)
for episode in range(3):
    s = env.reset()
    total = 0.0
    for _ in range(5):
        a = net.choose_action(s)
        s_, r = env.step(a)
        net.store(s, a, r, s_)
        net.learn()
        s = s_
        total += r
    print(episode, total)
