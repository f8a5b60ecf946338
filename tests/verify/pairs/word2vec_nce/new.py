import numpy as np
import tensorflow as tf

embeddings = tf.Variable(tf.random.uniform([20, 5], -1.0, 1.0), name="embeddings")
nce_weights = tf.Variable(tf.random.truncated_normal([20, 5], stddev=0.4), name="nce_weights")
nce_biases = tf.Variable(tf.zeros([20]), name="nce_biases")
variables = [embeddings, nce_weights, nce_biases]


@tf.function
def train(words, labels):
    with tf.GradientTape() as tape:
        embed = tf.nn.embedding_lookup(embeddings, words)
        loss = tf.reduce_mean(tf.nn.nce_loss(nce_weights, nce_biases, labels, embed, num_sampled=6, num_classes=20))
    for variable, slope in zip(variables, tape.gradient(loss, variables)):
        variable.assign_sub(0.5 * tf.convert_to_tensor(slope))
    return loss


for step in range(12):
    words = np.random.randint(0, 20, size=8)
    loss = train(tf.constant(words), tf.constant((words[:, None] + 1) % 20))
    print("step", step, "loss", loss.numpy())
