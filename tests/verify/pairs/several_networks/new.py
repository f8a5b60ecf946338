import keras
import numpy as np
import tensorflow as tf


class Network:
    def __init__(self, size):
        self.W = tf.Variable(keras.initializers.GlorotUniform()([3, size]), name="W")
        self.V = tf.Variable(keras.initializers.GlorotUniform()([size, 1]), name="V")
        self.velocities = [tf.Variable(tf.zeros(v.shape), trainable=False) for v in (self.W, self.V)]

    @tf.function
    def train(self, x):
        with tf.GradientTape() as tape:
            output = tf.nn.relu(x @ self.W) @ self.V
            loss = tf.reduce_mean(tf.square(output - tf.reduce_sum(x, 1, keepdims=True)))
        for v, velocity, slope in zip([self.W, self.V], self.velocities, tape.gradient(loss, [self.W, self.V])):
            velocity.assign(0.5 * velocity + slope)
            v.assign_sub(0.01 * velocity)
        return loss


for size in (4, 4, 6):
    network = Network(size)
    for epoch in range(6):
        cost = network.train(tf.constant(np.random.rand(5, 3), tf.float32))
        print("size %d epoch %d cost %.6f" % (size, epoch, cost.numpy()))
