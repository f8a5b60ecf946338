import numpy as np
import tensorflow as tf

tf.set_random_seed(3)
rng = np.random.RandomState(6)


class DQN:
    def __init__(self, n_features, n_actions):
        self.n_actions = n_actions
        self.s = tf.placeholder(tf.float32, [None, n_features], name="s")
        self.s_ = tf.placeholder(tf.float32, [None, n_features], name="s_")
        self.a = tf.placeholder(tf.int32, [None], name="a")
        self.r = tf.placeholder(tf.float32, [None], name="r")
        self.q_eval = self._build_net(self.s, "eval_net", trainable=True)
        self.q_next = self._build_net(self.s_, "target_net", trainable=False)
        target = self.r + 0.9 * tf.reduce_max(self.q_next, axis=1)
        chosen = tf.reduce_sum(self.q_eval * tf.one_hot(self.a, n_actions), axis=1)
        self.loss = tf.reduce_mean(tf.squared_difference(tf.stop_gradient(target), chosen))
        self.train_op = tf.train.RMSPropOptimizer(0.01).minimize(self.loss)
        t_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="target_net")
        e_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="eval_net")
        self.replace = [tf.assign(t, e) for t, e in zip(t_params, e_params)]
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

    def _build_net(self, s, scope, trainable):
        with tf.variable_scope(scope):
            h = tf.layers.dense(s, 6, tf.nn.relu, trainable=trainable, name="l1")
            return tf.layers.dense(h, self.n_actions, trainable=trainable, name="q")

    def learn(self, batch, step):
        if step % 3 == 0:
            self.sess.run(self.replace)
        s, a, r, s_ = batch
        feed_dict = {self.s: s, self.a: a, self.r: r, self.s_: s_}
        _, cost = self.sess.run([self.train_op, self.loss], feed_dict)
        return cost

    def act(self, s):
        return int(np.argmax(self.sess.run(self.q_eval, {self.s: s[np.newaxis, :]})))


dqn = DQN(3, 2)
for step in range(6):
    s, s_ = rng.randn(5, 3), rng.randn(5, 3)
    a, r = rng.randint(0, 2, 5), rng.randn(5)
    print(step, dqn.learn((s, a, r, s_), step), dqn.act(s[0]))
