import tensorflow as tf

(train_images, train_labels), _ = tf.keras.datasets.mnist.load_data()
train_images = (train_images.reshape(-1, 784) / 255.0).astype("float32")

weights = tf.Variable(tf.keras.initializers.GlorotUniform()([784, 10]), name="weights")


@tf.function
def train(images, labels):
    with tf.GradientTape() as tape:
        logits = images @ weights
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.cast(labels, tf.int64), logits)
        loss = tf.reduce_mean(losses)
    weights.assign_sub(0.5 * tape.gradient(loss, weights))
    return loss


for start in range(0, 1000, 100):
    value = train(train_images[start : start + 100], train_labels[start : start + 100])
    print("%4d %.5f" % (start, value))
