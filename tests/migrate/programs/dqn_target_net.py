import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.set_random_seed(1)


class Maze:
    def __init__(self):
        self.place = np.zeros(2)

    def reset(self):
        self.place = np.zeros(2)
        return self.place

    def step(self, action):
        self.place = np.clip(self.place + [(0, 1), (0, -1), (1, 0), (-1, 0)][action], 0, 3)
        done = bool(self.place.sum() == 6)
        return self.place, float(done), done


class DeepQNetwork:
    def __init__(self, n_actions, n_features, gamma=0.9, e_greedy=0.9, replace_target_iter=3, batch_size=8):
        self.n_actions = n_actions
        self.n_features = n_features
        self.gamma = gamma
        self.epsilon = e_greedy
        self.replace_target_iter = replace_target_iter
        self.memory_size = 20
        self.batch_size = batch_size
        self.learn_step_counter = 0
        self.memory = np.zeros((self.memory_size, n_features * 2 + 2))
        self._build_net()
        t_params = tf.get_collection("target_net_params")
        e_params = tf.get_collection("eval_net_params")
        self.replace_target_op = [tf.assign(t, e) for t, e in zip(t_params, e_params)]
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())
        self.cost_his = []

    def _build_net(self):
        def build_layers(s, c_names, n_l1, w_initializer, b_initializer, trainable):
            with tf.variable_scope("l1"):
                w1 = tf.get_variable(
                    "w1",
                    [self.n_features, n_l1],
                    initializer=w_initializer,
                    collections=c_names,
                    trainable=trainable,
                )
                b1 = tf.get_variable(
                    "b1", [1, n_l1], initializer=b_initializer, collections=c_names, trainable=trainable
                )
                l1 = tf.nn.relu(tf.matmul(s, w1) + b1)
            with tf.variable_scope("l2"):
                w2 = tf.get_variable(
                    "w2",
                    [n_l1, self.n_actions],
                    initializer=w_initializer,
                    collections=c_names,
                    trainable=trainable,
                )
                b2 = tf.get_variable(
                    "b2", [1, self.n_actions], initializer=b_initializer, collections=c_names, trainable=trainable
                )
                return tf.matmul(l1, w2) + b2

        self.s = tf.placeholder(tf.float32, [None, self.n_features], name="s")
        self.q_target = tf.placeholder(tf.float32, [None, self.n_actions], name="Q_target")
        with tf.variable_scope("eval_net"):
            c_names, n_l1, w_initializer, b_initializer = (
                ["eval_net_params", tf.GraphKeys.GLOBAL_VARIABLES],
                10,
                tf.random_normal_initializer(0.0, 0.3),
                tf.constant_initializer(0.1),
            )
            self.q_eval = build_layers(self.s, c_names, n_l1, w_initializer, b_initializer, True)
        with tf.variable_scope("loss"):
            self.loss = tf.reduce_mean(tf.squared_difference(self.q_target, self.q_eval))
        with tf.variable_scope("train"):
            self._train_op = tf.train.RMSPropOptimizer(0.01).minimize(self.loss)
        self.s_ = tf.placeholder(tf.float32, [None, self.n_features], name="s_")
        with tf.variable_scope("target_net"):
            c_names = ["target_net_params", tf.GraphKeys.GLOBAL_VARIABLES]
            self.q_next = build_layers(self.s_, c_names, n_l1, w_initializer, b_initializer, False)

    def store_transition(self, s, a, r, s_):
        if not hasattr(self, "memory_counter"):
            self.memory_counter = 0
        self.memory[self.memory_counter % self.memory_size] = np.hstack((s, [a, r], s_))
        self.memory_counter += 1

    def choose_action(self, observation):
        observation = observation[np.newaxis, :]
        if np.random.uniform() < self.epsilon:
            return np.argmax(self.sess.run(self.q_eval, feed_dict={self.s: observation}))
        return np.random.randint(0, self.n_actions)

    def learn(self):
        if self.learn_step_counter % self.replace_target_iter == 0:
            self.sess.run(self.replace_target_op)
        rows = np.random.choice(min(self.memory_counter, self.memory_size), size=self.batch_size)
        batch = self.memory[rows, :]
        q_next, q_eval = self.sess.run(
            [self.q_next, self.q_eval],
            feed_dict={self.s_: batch[:, -self.n_features :], self.s: batch[:, : self.n_features]},
        )
        q_target = q_eval.copy()
        actions = batch[:, self.n_features].astype(int)
        reward = batch[:, self.n_features + 1]
        q_target[np.arange(self.batch_size), actions] = reward + self.gamma * np.max(q_next, axis=1)
        _, cost = self.sess.run(
            [self._train_op, self.loss], feed_dict={self.s: batch[:, : self.n_features], self.q_target: q_target}
        )
        self.cost_his.append(cost)
        self.learn_step_counter += 1


env = Maze()
agent = DeepQNetwork(4, 2)
step = 0
for episode in range(3):
    observation = env.reset()
    for _ in range(12):
        action = agent.choose_action(observation)
        observation_, reward, done = env.step(action)
        agent.store_transition(observation, action, reward, observation_)
        if step > 10 and step % 2 == 0:
            agent.learn()
        observation = observation_
        step += 1
        if done:
            break
print(agent.cost_his)
