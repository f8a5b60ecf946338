import keras
import numpy as np
import tensorflow as tf

from tf1graphs import optimizers

W1 = tf.Variable(keras.initializers.GlorotUniform()([5, 8]), name="W1")
W2 = tf.Variable(keras.initializers.GlorotUniform()([8, 1]), name="W2")
adam = optimizers.Adam([W1, W2], 1e-2)


@tf.function
def probability_of(observations):
    return tf.sigmoid(tf.nn.relu(observations @ W1) @ W2)


def play():
    at, states, labels, rewards = np.random.randint(1, 4), [], [], []
    while at not in (0, 4) and len(states) < 10:
        states.append(np.eye(5, dtype=np.float32)[at])
        right = bool(np.random.uniform() < probability_of(tf.constant(states[-1:])).numpy())
        labels.append([1.0 - right])
        at += 1 if right else -1
        rewards.append(float(at == 4))
    return states, labels, rewards


total = [tf.zeros([5, 8]), tf.zeros([8, 1])]
for episode in range(8):
    states, labels, rewards = play()
    advantages = tf.constant([[sum(rewards[i:]) - 0.3] for i in range(len(rewards))])
    chosen = tf.constant(labels)
    with tf.GradientTape() as tape:
        p = probability_of(tf.constant(np.array(states)))
        likelihood = tf.math.log(chosen * (chosen - p) + (1 - chosen) * (chosen + p))
        loss = -tf.reduce_mean(likelihood * advantages)
    total = [a + b for a, b in zip(total, tape.gradient(loss, [W1, W2]))]
    if episode % 2 == 1:
        adam.apply(total)
        total = [tf.zeros_like(slope) for slope in total]
    print("episode %d reward %.1f steps %d" % (episode, sum(rewards), len(rewards)))
