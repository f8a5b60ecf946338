import numpy as np
import tensorflow as tf

train_x = np.random.RandomState(0).uniform(-1, 1, [48, 2]).astype(np.float32)
train_y = (train_x[:, 0] * train_x[:, 1] > 0).astype(np.int32)

x_ph = tf.placeholder(tf.float32, [None, 2])
y_ph = tf.placeholder(tf.int32, [None])
dataset = tf.data.Dataset.from_tensor_slices((x_ph, y_ph)).shuffle(1000).batch(16)
iterator = dataset.make_initializable_iterator()
next_x, next_y = iterator.get_next()

h = tf.layers.dense(next_x, 10, tf.nn.relu)
logits = tf.layers.dense(h, 2)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=next_y, logits=logits))
train_op = tf.train.AdamOptimizer(0.01).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(6):
        sess.run(iterator.initializer, {x_ph: train_x, y_ph: train_y})
        total, batches = 0.0, 0
        while True:
            try:
                l, _ = sess.run([loss, train_op])
                total += l
                batches += 1
            except tf.errors.OutOfRangeError:
                break
        print("Epoch", epoch, "loss", total / batches)
