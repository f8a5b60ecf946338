import numpy as np
import tensorflow as tf

vocabulary, size, num_sampled = 20, 5, 6
inputs = tf.placeholder(tf.int32, [8], name="inputs")
labels = tf.placeholder(tf.int32, [8, 1], name="labels")
embeddings = tf.Variable(tf.random_uniform([vocabulary, size], -1.0, 1.0), name="embeddings")
embed = tf.nn.embedding_lookup(embeddings, inputs)
nce_weights = tf.Variable(tf.truncated_normal([vocabulary, size], stddev=0.4), name="nce_weights")
nce_biases = tf.Variable(tf.zeros([vocabulary]), name="nce_biases")
loss = tf.reduce_mean(tf.nn.nce_loss(weights=nce_weights, biases=nce_biases, labels=labels, inputs=embed,
                                     num_sampled=num_sampled, num_classes=vocabulary))
optimizer = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
with tf.Session() as session:
    tf.global_variables_initializer().run()
    for step in range(12):
        words = np.random.randint(0, vocabulary, size=8)
        _, loss_val = session.run([optimizer, loss], {inputs: words, labels: (words[:, None] + 1) % vocabulary})
        print("step", step, "loss", loss_val)
