import numpy as np
import tensorflow as tf

from environment import GridWorld
from network import ACNetwork, update_target_graph


def discount(x, gamma):
    out, running = np.zeros(len(x), np.float32), 0.0
    for t in reversed(range(len(x))):
        running = x[t] + gamma * running
        out[t] = running
    return out


class Worker(object):
    def __init__(self, number, s_size, a_size, trainer, model_path, global_episodes):
        self.name = 'worker_' + str(number)
        self.number = number
        self.rng = np.random.RandomState(100 + number)
        self.env = GridWorld(seed=10 + number)
        self.model_path = model_path
        self.global_episodes = global_episodes
        self.increment = self.global_episodes.assign_add(1)
        self.episode_rewards, self.episode_lengths = [], []
        self.summary_writer = tf.summary.FileWriter(model_path + '/train_' + str(number))
        self.local_AC = ACNetwork(s_size, a_size, self.name, trainer)
        self.update_local_ops = update_target_graph('global', self.name)

    def train(self, rollout, sess, gamma, bootstrap_value, rnn_state):
        observations, actions, rewards, values = [np.array(column) for column in zip(*rollout)]
        rewards_plus = np.append(rewards, bootstrap_value)
        value_plus = np.append(values, bootstrap_value)
        advantages = discount(rewards + gamma * value_plus[1:] - value_plus[:-1], gamma)
        feed_dict = {self.local_AC.target_v: discount(rewards_plus, gamma)[:-1], self.local_AC.inputs: observations,
                     self.local_AC.actions: actions, self.local_AC.advantages: advantages,
                     self.local_AC.state_in[0]: rnn_state[0], self.local_AC.state_in[1]: rnn_state[1]}
        fetched = sess.run([self.local_AC.value_loss, self.local_AC.policy_loss, self.local_AC.entropy,
                            self.local_AC.grad_norms, self.local_AC.var_norms, self.local_AC.apply_grads],
                           feed_dict=feed_dict)
        return [each / len(rollout) for each in fetched[:3]] + fetched[3:5]

    def act(self, sess, state, rnn_state):
        a_dist, v, new_state = sess.run(
            [self.local_AC.policy, self.local_AC.value, self.local_AC.state_out],
            feed_dict={self.local_AC.inputs: [state], self.local_AC.state_in[0]: rnn_state[0],
                       self.local_AC.state_in[1]: rnn_state[1]})
        action = int(np.searchsorted(np.cumsum(a_dist[0]), self.rng.rand()))
        return min(action, a_dist.shape[1] - 1), v[0, 0], new_state

    def episode(self, sess, gamma):
        """Plays with the newest global weights, in parts of eight steps."""
        sess.run(self.update_local_ops)
        rollout, reward, done = [], 0.0, False
        s = self.env.reset()
        rnn_state = batch_state = self.local_AC.state_init
        while not done:
            a, v, rnn_state = self.act(sess, s, rnn_state)
            s1, r, done = self.env.step(a)
            rollout.append([s, a, r, v])
            reward += r
            s = s1
            if len(rollout) == 8 or done:
                bootstrap = 0.0 if done else self.act(sess, s, rnn_state)[1]
                losses = self.train(rollout, sess, gamma, bootstrap, batch_state)
                sess.run(self.update_local_ops)
                rollout, batch_state = [], rnn_state
        self.episode_rewards.append(reward)
        self.episode_lengths.append(self.env.steps)
        return losses

    def work(self, turns, gamma, sess, coord, saver, max_episodes):
        with coord.stop_on_exception():
            while not coord.should_stop():
                with turns.of(self.number):
                    episode_count = sess.run(self.global_episodes)
                    if episode_count >= max_episodes:
                        coord.request_stop()
                        continue
                    losses = self.episode(sess, gamma)
                    if len(self.episode_rewards) % 10 == 0:
                        self.summarize(losses, episode_count)
                    sess.run(self.increment)
                    if self.name == 'worker_0' and len(self.episode_rewards) % 20 == 0:
                        saver.save(sess, self.model_path + '/model-' + str(episode_count) + '.cptk')

    def summarize(self, losses, episode_count):
        summary = tf.Summary()
        summary.value.add(tag='Perf/Reward', simple_value=float(np.mean(self.episode_rewards[-10:])))
        for tag, value in zip(['Value Loss', 'Policy Loss', 'Entropy', 'Grad Norm', 'Var Norm'], losses):
            summary.value.add(tag='Losses/' + tag, simple_value=float(value))
        self.summary_writer.add_summary(summary, episode_count)
        self.summary_writer.flush()
