import numpy as np
import tensorflow as tf

X = tf.placeholder(tf.float32, [None, 10])
Y = tf.placeholder(tf.float32, [None, 2])
keep_prob = tf.placeholder(tf.float32)

W1 = tf.Variable(tf.random_normal([10, 16], stddev=0.1))
L1 = tf.nn.relu(tf.matmul(X, W1))
L1 = tf.nn.dropout(L1, keep_prob)
W2 = tf.Variable(tf.random_normal([16, 2], stddev=0.1))
model = tf.matmul(L1, W2)
cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
optimizer = tf.train.AdamOptimizer(0.01).minimize(cost)

rng = np.random.RandomState(18)
xs, ys = rng.rand(20, 10), np.eye(2)[rng.randint(2, size=20)]
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for epoch in range(3):
    total_cost = 0
    for i in range(2):
        batch_xs, batch_ys = xs[i * 10 : i * 10 + 10], ys[i * 10 : i * 10 + 10]
        _, cost_val = sess.run([optimizer, cost], feed_dict={X: batch_xs, Y: batch_ys, keep_prob: 0.8})
        total_cost += cost_val
    print("Epoch: %d, avg. cost = %.4f" % (epoch + 1, total_cost / 2))
is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))
print("accuracy:", sess.run(accuracy, feed_dict={X: xs, Y: ys, keep_prob: 1.0}))
