import numpy as np
import tensorflow as tf

inputs = np.random.RandomState(2).rand(32, 4).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices(inputs)
dataset = dataset.map(lambda row: row + tf.random_uniform([4], 0, 0.1), num_parallel_calls=4)
dataset = dataset.apply(tf.data.experimental.shuffle_and_repeat(8, 2)).batch(8)
row = dataset.make_one_shot_iterator().get_next()
code = tf.layers.dense(row + tf.random_normal(tf.shape(row), stddev=0.05), 2, tf.nn.sigmoid, name="encoder")
decoded = tf.layers.dense(code, 4, name="decoder")
loss = tf.losses.mean_squared_error(row, decoded)
train = tf.train.AdamOptimizer(0.02).minimize(loss)
with tf.train.SingularMonitoredSession() as sess:
    while not sess.should_stop():
        print("denoising loss %.6f" % sess.run([loss, train])[0])
