import numpy as np
import tensorflow as tf


class Corridor(object):
    def reset(self):
        self.at = np.random.randint(1, 4)
        return self.state()

    def state(self):
        return np.eye(5)[self.at]

    def step(self, action):
        self.at += 1 if action else -1
        done = self.at in (0, 4)
        return self.state(), float(self.at == 4), done


observations = tf.placeholder(tf.float32, [None, 5], name="input_x")
W1 = tf.get_variable("W1", shape=[5, 8], initializer=tf.contrib.layers.xavier_initializer())
layer1 = tf.nn.relu(tf.matmul(observations, W1))
W2 = tf.get_variable("W2", shape=[8, 1], initializer=tf.contrib.layers.xavier_initializer())
probability = tf.nn.sigmoid(tf.matmul(layer1, W2))
tvars = tf.trainable_variables()
input_y = tf.placeholder(tf.float32, [None, 1], name="input_y")
advantages = tf.placeholder(tf.float32, name="reward_signal")
loglik = tf.log(input_y * (input_y - probability) + (1 - input_y) * (input_y + probability))
loss = -tf.reduce_mean(loglik * advantages)
newGrads = tf.gradients(loss, tvars)
adam = tf.train.AdamOptimizer(learning_rate=1e-2)
W1Grad = tf.placeholder(tf.float32, name="batch_grad1")
W2Grad = tf.placeholder(tf.float32, name="batch_grad2")
updateGrads = adam.apply_gradients(zip([W1Grad, W2Grad], tvars))

env = Corridor()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    gradBuffer = [np.zeros(v.shape.as_list()) for v in tvars]
    for episode in range(8):
        xs, ys, drs, done = [], [], [], False
        observation = env.reset()
        while not done and len(xs) < 10:
            x = np.reshape(observation, [1, 5])
            tfprob = sess.run(probability, feed_dict={observations: x})
            action = 1 if np.random.uniform() < tfprob else 0
            xs.append(x)
            ys.append(1 - action)
            observation, reward, done = env.step(action)
            drs.append(reward)
        discounted = [sum(drs[i:]) - 0.3 for i in range(len(drs))]
        feed = {observations: np.vstack(xs), input_y: np.vstack(ys), advantages: np.vstack(discounted)}
        for i, g in enumerate(sess.run(newGrads, feed_dict=feed)):
            gradBuffer[i] += g
        if episode % 2 == 1:
            sess.run(updateGrads, feed_dict={W1Grad: gradBuffer[0], W2Grad: gradBuffer[1]})
            gradBuffer = [np.zeros_like(g) for g in gradBuffer]
        print("episode %d reward %.1f steps %d" % (episode, sum(drs), len(drs)))
