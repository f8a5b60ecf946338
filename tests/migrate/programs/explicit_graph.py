import numpy as np
import tensorflow as tf

graph = tf.Graph()
with graph.as_default():
    tf_train = tf.constant(np.eye(4, dtype=np.float32))
    tf_labels = tf.constant(np.array([[1, 0], [0, 1], [1, 0], [0, 1]], np.float32))
    weights = tf.Variable(tf.zeros([4, 2]))
    biases = tf.Variable(tf.zeros([2]))
    logits = tf.matmul(tf_train, weights) + biases
    loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=tf_labels, logits=logits))
    optimizer = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
    train_prediction = tf.nn.softmax(logits)

with tf.Session(graph=graph) as session:
    tf.global_variables_initializer().run()
    for step in range(5):
        _, l, predictions = session.run([optimizer, loss, train_prediction])
        print("Loss at step %d: %f" % (step, l))
    print(predictions)
