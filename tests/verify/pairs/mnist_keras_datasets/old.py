import tensorflow as tf

(train_images, train_labels), _ = tf.keras.datasets.mnist.load_data()
train_images = train_images.reshape(-1, 784) / 255.0

images = tf.placeholder(tf.float32, [None, 784])
labels = tf.placeholder(tf.int64, [None])
weights = tf.get_variable("weights", [784, 10])
logits = tf.matmul(images, weights)
loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
train_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for start in range(0, 1000, 100):
        feed = {images: train_images[start : start + 100], labels: train_labels[start : start + 100]}
        _, value = sess.run([train_op, loss], feed)
        print("%4d %.5f" % (start, value))
