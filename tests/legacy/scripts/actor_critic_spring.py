"""Actor and critic in their own variable scopes; continuous forces from tf.distributions.Normal hold a spring still."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

np.random.seed(33)
tf.set_random_seed(33)
GAMMA = 0.9


def pull(position, speed, force):
    speed = 0.9 * speed + 0.3 * float(np.clip(force, -1, 1)) - 0.1 * position
    return position + 0.3 * speed, speed


def tower(scope, state, outputs):
    with tf.variable_scope(scope):
        hidden = tf.layers.dense(state, 8, tf.nn.elu, name='hidden')
        return [tf.layers.dense(hidden, 1, name=name)[:, 0] for name in outputs]


state = tf.placeholder(tf.float32, [None, 2], 'state')
force = tf.placeholder(tf.float32, [None], 'force')
goal = tf.placeholder(tf.float32, [None], 'goal')

mean, spread = tower('actor', state, ['mean', 'spread'])
value, = tower('critic', state, ['value'])
gaussian = tf.distributions.Normal(tf.tanh(mean), tf.nn.softplus(spread) + 0.1, name='gaussian')
sampled = gaussian.sample(seed=4)

error = goal - value
critic_loss = tf.reduce_mean(tf.square(error))
actor_loss = -tf.reduce_mean(gaussian.log_prob(force) * tf.stop_gradient(error) + 0.01 * gaussian.entropy())
of = {name: tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, name + '/') for name in ('actor', 'critic')}
learn = tf.group(tf.train.AdamOptimizer(0.02).minimize(critic_loss, var_list=of['critic']),
                 tf.train.AdamOptimizer(0.01).minimize(actor_loss, var_list=of['actor']))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for episode in range(6):
        position, speed, path = np.random.uniform(-1, 1), 0.0, []
        for _ in range(15):
            here = [position, speed]
            pushed = sess.run(sampled, {state: [here]})[0]
            position, speed = pull(position, speed, pushed)
            path.append((here, pushed, -abs(position), [position, speed]))
        states, forces, rewards, after = [np.array(column) for column in zip(*path)]
        targets = rewards + GAMMA * sess.run(value, {state: after})
        feed = {state: states, force: forces, goal: targets}
        losses = sess.run([critic_loss, actor_loss], feed)
        sess.run(learn, feed)
        print('episode %d reward %.6f critic %.6f actor %.6f' % (episode, rewards.sum(), losses[0], losses[1]))
    print(sorted(v.name for variables in of.values() for v in variables))
    print('forces', forces[:3].tolist(), 'values', sess.run(value, {state: states[:3]}).tolist())
