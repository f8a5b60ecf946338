import numpy as np
import tensorflow as tf


def build_graph(learning_rate):
    tf.reset_default_graph()
    x = tf.placeholder(tf.float32, [None, 5])
    code = tf.layers.dense(x, 2, tf.nn.relu, name="encoder")
    decoded = tf.layers.dense(code, 5, name="decoder")
    loss = tf.losses.mean_squared_error(x, decoded)
    return {
        "x": x,
        "code": code,
        "loss": loss,
        "train": tf.train.RMSPropOptimizer(learning_rate).minimize(loss),
    }


g = build_graph(0.01)
batch = np.random.RandomState(5).rand(10, 5)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(5):
        loss, _ = sess.run([g["loss"], g["train"]], feed_dict={g["x"]: batch})
        print("loss", loss)
    print(sess.run(g["code"], feed_dict={g["x"]: batch}).sum())
