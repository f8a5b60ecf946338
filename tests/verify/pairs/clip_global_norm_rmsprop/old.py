import numpy as np
import tensorflow as tf

inputs = tf.placeholder(tf.float32, [None, 4])
targets = tf.placeholder(tf.float32, [None, 1])
lr = tf.placeholder(tf.float32, [])
hidden = tf.layers.dense(inputs, 6, activation=tf.tanh, kernel_initializer=tf.orthogonal_initializer())
value = tf.layers.dense(hidden, 1, kernel_initializer=tf.variance_scaling_initializer())
loss = tf.nn.l2_loss(value - targets)
params = tf.trainable_variables()
grads = tf.gradients(loss, params)
grads, norm = tf.clip_by_global_norm(grads, 0.5)
trainer = tf.train.RMSPropOptimizer(learning_rate=lr, decay=0.99, epsilon=1e-5)
train = trainer.apply_gradients(list(zip(grads, params)))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for update in range(15):
        obs = np.random.randn(7, 4)
        feed = {inputs: obs, targets: np.abs(obs[:, :1]), lr: 0.01 * (1 - update / 15.0)}
        value_loss, grad_norm, _ = sess.run([loss, norm, train], feed)
        print("nupdates", update, "value_loss", float(value_loss), "norm", float(grad_norm))
