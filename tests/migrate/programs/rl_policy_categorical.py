import numpy as np
import tensorflow as tf

tf.set_random_seed(1)
rng = np.random.RandomState(4)

states = tf.placeholder(tf.float32, [None, 4])
actions = tf.placeholder(tf.int32, [None])
returns = tf.placeholder(tf.float32, [None])
hidden = tf.layers.dense(states, 8, activation=tf.nn.tanh)
policy = tf.distributions.Categorical(logits=tf.layers.dense(hidden, 3))
old_policy = tf.distributions.Categorical(probs=[0.2, 0.3, 0.5])
choice = policy.sample()
ratio = policy.prob(actions) / (old_policy.prob(actions) + 1e-5)
kl = tf.reduce_mean(tf.distributions.kl_divergence(old_policy, policy))
loss = -tf.reduce_mean(ratio * returns) + 0.1 * kl - 0.01 * tf.reduce_mean(policy.entropy())
train = tf.train.AdamOptimizer(0.01).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(6):
        batch = rng.randn(5, 4)
        chosen = sess.run(choice, {states: batch})
        gains = np.where(chosen == 1, 1.0, -0.5)
        _, value, distance = sess.run([train, loss, kl], {states: batch, actions: chosen, returns: gains})
        print(step, chosen, value, distance)
