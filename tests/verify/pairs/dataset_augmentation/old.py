import numpy as np
import tensorflow as tf

images = np.random.RandomState(1).rand(24, 10, 10, 3).astype(np.float32)
labels = (images.mean((1, 2))[:, 0] > 0.5).astype(np.int64)


def augment(image, label):
    image = tf.random_crop(image, [8, 8, 3])
    image = tf.image.random_flip_left_right(image)
    image = tf.image.random_brightness(image, max_delta=0.2)
    image += tf.random_normal([8, 8, 3], stddev=0.01)
    return image, label


dataset = tf.data.Dataset.from_tensor_slices((images, labels))
dataset = dataset.shuffle(24).map(augment).batch(6).repeat(4).prefetch(1)
x, y = tf.compat.v1.data.make_one_shot_iterator(dataset).get_next()
flat = tf.reshape(x, [-1, 8 * 8 * 3])
W = tf.Variable(tf.truncated_normal([192, 2], stddev=0.05), name="softmax_w")
b = tf.Variable(tf.zeros([2]), name="softmax_b")
logits = tf.nn.xw_plus_b(flat, W, b)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
train_op = tf.train.GradientDescentOptimizer(0.05).minimize(loss)
with tf.Session() as sess:
    tf.global_variables_initializer().run()
    for step in range(16):
        _, loss_value = sess.run([train_op, loss])
        print("step %d: loss %.5f" % (step, loss_value))
