import numpy as np
import tensorflow as tf

vocabulary, size = 12, 4
train_inputs = tf.placeholder(tf.int32, shape=[None])
train_labels = tf.placeholder(tf.int32, shape=[None])
embeddings = tf.Variable(tf.random_uniform([vocabulary, size], -1.0, 1.0), name="embeddings")
weights = tf.Variable(tf.truncated_normal([size, vocabulary], stddev=0.5), name="weights")
embed = tf.nn.embedding_lookup(embeddings, train_inputs)
logits = tf.matmul(embed, weights)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=train_labels))
optimizer = tf.train.GradientDescentOptimizer(1.0).minimize(loss)
norm = tf.sqrt(tf.reduce_sum(tf.square(embeddings), 1, keep_dims=True))
normalized = embeddings / norm

rng = np.random.RandomState(17)
with tf.Session() as session:
    tf.global_variables_initializer().run()
    average_loss = 0
    for step in range(8):
        inputs = rng.randint(vocabulary, size=10)
        _, loss_val = session.run([optimizer, loss], {train_inputs: inputs, train_labels: (inputs + 1) % vocabulary})
        average_loss += loss_val
    print("average loss %.5f" % (average_loss / 8))
    final = normalized.eval()
    print(np.round((final**2).sum(), 4))
