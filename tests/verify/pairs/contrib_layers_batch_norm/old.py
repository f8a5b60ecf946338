import numpy as np
import tensorflow as tf
from tensorflow.contrib.layers import batch_norm, fully_connected, xavier_initializer

X = tf.placeholder(tf.float32, shape=(None, 7), name="X")
y = tf.placeholder(tf.int64, shape=(None), name="y")
is_training = tf.placeholder(tf.bool, shape=(), name="is_training")
bn_params = {"is_training": is_training, "decay": 0.9, "updates_collections": None, "scale": True,
             "fused": False}
hidden = fully_connected(X, 10, scope="hidden", normalizer_fn=batch_norm, normalizer_params=bn_params,
                         weights_initializer=xavier_initializer())
logits = fully_connected(hidden, 3, scope="outputs", activation_fn=None)
with tf.name_scope("loss"):
    xentropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
    loss = tf.reduce_mean(xentropy)
training_op = tf.train.MomentumOptimizer(0.05, 0.9, use_nesterov=True).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(12):
        X_batch = np.random.standard_normal((12, 7))
        y_batch = np.random.randint(0, 3, 12)
        sess.run(training_op, feed_dict={X: X_batch, y: y_batch, is_training: True})
        print(epoch, "Test loss:", loss.eval(feed_dict={X: X_batch, y: y_batch, is_training: False}))
