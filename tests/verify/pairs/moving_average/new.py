import keras
import numpy as np
import tensorflow as tf

weights = tf.Variable(tf.random.truncated_normal([3, 2], stddev=0.1), name="weights")
biases = tf.Variable(tf.zeros([2]), name="biases")
schedule = keras.optimizers.schedules.ExponentialDecay(0.4, 5, 0.8, staircase=True)
averages = [tf.Variable(each, trainable=False) for each in (weights, biases)]


@tf.function
def train(step, x, y_):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(x @ weights + biases - y_))
    for variable, slope in zip([weights, biases], tape.gradient(loss, [weights, biases])):
        variable.assign_sub(schedule(step) * slope)
    decay = tf.minimum(0.9, (1.0 + tf.cast(step + 1, tf.float32)) / (10.0 + tf.cast(step + 1, tf.float32)))
    for average, variable in zip(averages, [weights, biases]):
        average.assign_sub((1 - decay) * (average - variable))


for i in range(20):
    xs = tf.constant(np.random.rand(10, 3), tf.float32)
    train(tf.constant(i), xs, xs[:, :2])
    if i % 4 == 0:
        print("After %d training steps, learning rate is %f" % (i, schedule(i + 1)))
        print("average model:", (tf.ones([1, 3]) @ averages[0] + averages[1]).numpy())
