"""REINFORCE in a corridor: discounted returns minus a moving baseline, whole episodes per update."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

np.random.seed(2)
tf.set_random_seed(2)
CELLS, START, GAMMA = 5, 2, 0.95


def corridor(act):
    """Plays one episode: the right end pays 1, every other step costs a little."""
    cell, history = START, []
    while 0 < cell < CELLS - 1 and len(history) < 20:
        choice = act(cell)
        cell_after = cell + (1 if choice == 1 else -1)
        history.append((cell, choice, 1.0 if cell_after == CELLS - 1 else -0.1))
        cell = cell_after
    return history, cell


def returns(rewards):
    out, ahead = np.zeros(len(rewards), dtype=np.float), 0.0
    for t in range(len(rewards) - 1, -1, -1):
        ahead = rewards[t] + GAMMA * ahead
        out[t] = ahead
    return out


cells = tf.placeholder(tf.int32, [None], name='cells')
choices = tf.placeholder(tf.int32, [None], name='choices')
advantage = tf.placeholder(tf.float32, [None], name='advantage')
hidden = tf.layers.dense(tf.one_hot(cells, CELLS), 10, tf.nn.tanh, kernel_initializer=tf.random_normal_initializer(0., 0.3))
logits = tf.layers.dense(hidden, 2, name='logits')
policy = tf.nn.softmax(logits)
surprise = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=choices, logits=logits)
loss = tf.reduce_mean(surprise * advantage)
entropy = -tf.reduce_mean(tf.reduce_sum(policy * tf.nn.log_softmax(logits), 1))
update = tf.train.AdamOptimizer(0.04).minimize(loss - 0.01 * entropy)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())

    def act(cell):
        odds = sess.run(policy, {cells: [cell]})[0].astype(np.float64)
        return np.random.choice(2, p=odds / odds.sum())

    baseline = 0.0
    for episode in range(31):
        history, end = corridor(act)
        seen, taken, rewards = zip(*history)
        g = returns(rewards)
        value, h, _ = sess.run([loss, entropy, update], {cells: seen, choices: taken, advantage: g - baseline})
        baseline += 0.2 * (g.mean() - baseline)
        if episode % 6 == 0:
            print('episode %2d: %d steps to cell %d, loss %.6f, entropy %.6f' % (episode, len(g), end, value, h))
    print('p(right) by cell', sess.run(policy, {cells: np.arange(CELLS)})[:, 1].tolist())
