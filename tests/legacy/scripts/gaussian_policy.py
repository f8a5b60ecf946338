"""A stochastic policy for continuous actions: squashed MultivariateNormalDiag, and a Mixture over options, by REINFORCE."""
import numpy as np
import tensorflow as tf

ds = tf.contrib.distributions
tfb = ds.bijectors

flags = tf.app.flags
flags.DEFINE_integer('episodes', 25, 'Number of batches.')
flags.DEFINE_float('learning_rate', 0.05, 'Learning rate.')
FLAGS = flags.FLAGS


class GaussianPolicy(object):
    """Actions in (-1, 1): tanh is a scaled and shifted sigmoid."""

    def __init__(self, observations, action_dim, scope='policy'):
        with tf.variable_scope(scope):
            net = tf.contrib.layers.fully_connected(observations, 8, activation_fn=tf.nn.tanh)
            mean = tf.contrib.layers.fully_connected(net, action_dim, activation_fn=None)
            log_std = tf.get_variable('log_std', [action_dim], initializer=tf.constant_initializer(-0.5))
        self.raw = ds.MultivariateNormalDiag(mean, tf.exp(log_std) * tf.ones_like(mean))
        squash = tfb.Chain([tfb.AffineScalar(shift=-1.0, scale=2.0), tfb.Sigmoid(), tfb.AffineScalar(scale=2.0)])
        self.distribution = ds.TransformedDistribution(self.raw, squash, name='squashed')
        self.action = self.distribution.sample()

    def log_prob(self, actions):
        # the sigmoid's jacobian is per element: sum over the event
        return self.distribution.log_prob(actions)


def reward_of(observations, actions):
    target = np.tanh(observations[:, :2] * [1.0, -1.0])
    return -np.sum((actions - target) ** 2, axis=1)


def main(_):
    tf.set_random_seed(11)
    rng = np.random.RandomState(11)
    obs = tf.placeholder(tf.float32, [None, 3], 'obs')
    acts = tf.placeholder(tf.float32, [None, 2], 'acts')
    advantages = tf.placeholder(tf.float32, [None], 'advantages')

    policy = GaussianPolicy(obs, 2)
    loss = -tf.reduce_mean(policy.log_prob(acts) * advantages)
    entropy = tf.reduce_mean(policy.raw.entropy())
    train = tf.train.AdamOptimizer(FLAGS.learning_rate).minimize(loss - 0.001 * entropy)

    # a policy over options, that is not trained
    options = ds.Mixture(
        ds.Categorical(logits=obs[:, :2]),
        [ds.MultivariateNormalDiag(obs, scale_identity_multiplier=0.1), ds.MultivariateNormalDiag(-obs, tf.ones_like(obs))])
    option = options.sample(seed=4)
    gate = ds.RelaxedOneHotCategorical(0.5, logits=obs).sample(seed=5)
    chosen = ds.OneHotCategorical(logits=obs).sample(seed=6)
    count = ds.Poisson(tf.exp(obs[:, 0])).sample(seed=7)

    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for episode in range(FLAGS.episodes):
            observations = rng.uniform(-1, 1, (32, 3)).astype(np.float32)
            actions = sess.run(policy.action, {obs: observations})
            rewards = reward_of(observations, actions)
            feed = {obs: observations, acts: np.clip(actions, -0.999, 0.999), advantages: rewards - rewards.mean()}
            _, value = sess.run([train, entropy], feed)
            if episode % 6 == 0:
                print('episode %d reward %.3f entropy %.3f' % (episode, rewards.mean(), value))
        few = {obs: observations[:2]}
        print(np.round(sess.run(policy.raw.mean(), few), 3).tolist())
        print(np.round(sess.run(option, few), 3).tolist(), np.round(sess.run(options.log_prob(obs), few), 3).tolist())
        print(np.round(sess.run(gate, few), 3).tolist(), sess.run(chosen, few).tolist(), sess.run(count, few).tolist())


if __name__ == '__main__':
    tf.app.run()
