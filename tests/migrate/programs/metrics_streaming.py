import numpy as np
import tensorflow as tf

tf.set_random_seed(1)
random = np.random.RandomState(0)
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.int64, [None])
hidden = tf.layers.dense(x, 8, tf.nn.relu)
output = tf.layers.dense(hidden, 3)
loss = tf.losses.sparse_softmax_cross_entropy(labels=y, logits=output)
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
prediction = tf.argmax(output, axis=1)
one_hot = tf.one_hot(y, 3)
probability = tf.nn.softmax(output)

accuracy = tf.metrics.accuracy(labels=y, predictions=prediction)[1]
acc, acc_op = tf.metrics.accuracy(tf.equal(y, 1), tf.equal(prediction, 1), name="of_one")
_, mean_op = tf.metrics.mean(hidden)
with tf.name_scope("errors"):
    mse, mse_op = tf.metrics.mean_squared_error(one_hot, probability)
    rmse, rmse_op = tf.metrics.root_mean_squared_error(one_hot, probability)
    mae, mae_op = tf.metrics.mean_absolute_error(one_hot - 0.5, probability)
precision, precision_op = tf.metrics.precision(y, prediction)
recall, recall_op = tf.metrics.recall(tf.expand_dims(y, 1), prediction)
right = [tf.metrics.true_positives(y, prediction)[1], tf.metrics.true_negatives(y, prediction)[1]]
wrong = [tf.metrics.false_positives(y, prediction)[1], tf.metrics.false_negatives(y, prediction)[1]]
auc, auc_op = tf.metrics.auc(tf.equal(y, 1), probability[:, 1])
iou, confusion = tf.metrics.mean_iou(y, prediction, num_classes=4)
updates = [acc_op, mean_op, mse_op, rmse_op, mae_op, precision_op, recall_op]

sess = tf.Session()
sess.run(tf.group(tf.global_variables_initializer(), tf.local_variables_initializer()))
for step in range(10):
    count = 4 + step % 3
    feed = {x: random.rand(count, 4), y: random.randint(0, 3, count)}
    _, value = sess.run([train_op, loss], feed)
    print(step, value, sess.run(accuracy, feed))
    print(sess.run(updates, feed))
    print(sess.run([right, wrong], feed))
    print(sess.run([auc_op, confusion], feed), sess.run([auc, iou]))
    print(sess.run([acc, mse, rmse, mae]), sess.run([precision, recall]))
