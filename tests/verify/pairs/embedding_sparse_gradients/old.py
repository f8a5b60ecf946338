import numpy as np
import tensorflow as tf

vocabulary_size, embedding_size = 12, 4
train_inputs = tf.placeholder(tf.int32, shape=[8])
train_labels = tf.placeholder(tf.int32, shape=[8, 1])
embeddings = tf.Variable(tf.random_uniform([vocabulary_size, embedding_size], -1.0, 1.0), name="embeddings")
embed = tf.nn.embedding_lookup(embeddings, train_inputs)
softmax_weights = tf.Variable(tf.truncated_normal([vocabulary_size, embedding_size], stddev=0.5))
softmax_biases = tf.Variable(tf.zeros([vocabulary_size]))
logits = tf.nn.bias_add(tf.matmul(embed, softmax_weights, transpose_b=True), softmax_biases)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.squeeze(train_labels, 1), logits=logits))
optimizer = tf.train.GradientDescentOptimizer(1.0).minimize(loss)
norm = tf.sqrt(tf.reduce_sum(tf.square(embeddings), 1, keep_dims=True))
normalized_embeddings = embeddings / norm
similarity = tf.matmul(normalized_embeddings, tf.transpose(normalized_embeddings))

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    average_loss = 0
    for step in range(20):
        batch_inputs = np.random.randint(vocabulary_size, size=8)
        batch_labels = ((batch_inputs + 1) % vocabulary_size).reshape(8, 1)
        _, loss_val = session.run([optimizer, loss], feed_dict={train_inputs: batch_inputs, train_labels: batch_labels})
        average_loss += loss_val
        if step % 5 == 4:
            print("Average loss at step ", step, ": ", average_loss / 5)
            average_loss = 0
    print("similarity of 0 and 1: %.4f" % similarity.eval()[0, 1])
