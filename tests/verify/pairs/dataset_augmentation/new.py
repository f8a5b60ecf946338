import numpy as np
import tensorflow as tf

images = np.random.RandomState(1).rand(24, 10, 10, 3).astype(np.float32)
labels = (images.mean((1, 2))[:, 0] > 0.5).astype(np.int64)


def augment(image, label):
    image = tf.image.random_crop(image, [8, 8, 3])
    image = tf.image.random_flip_left_right(image)
    image = tf.image.random_brightness(image, max_delta=0.2)
    return image + tf.random.normal([8, 8, 3], stddev=0.01), label


dataset = tf.data.Dataset.from_tensor_slices((images, labels))
dataset = dataset.shuffle(24).map(augment).batch(6).repeat(4).prefetch(1)
softmax_w = tf.Variable(tf.random.truncated_normal([192, 2], stddev=0.05), name="softmax_w")
softmax_b = tf.Variable(tf.zeros([2]), name="softmax_b")


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        logits = tf.reshape(x, [-1, 192]) @ softmax_w + softmax_b
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
    slopes = tape.gradient(loss, [softmax_w, softmax_b])
    softmax_w.assign_sub(0.05 * slopes[0])
    softmax_b.assign_sub(0.05 * slopes[1])
    return loss


for step, (x, y) in enumerate(dataset):
    loss_value = train(x, y)
    print(f"step {step}: loss {loss_value.numpy():.5f}")
