import tensorflow as tf

base = tf.placeholder(tf.float32, [], name="base")
exponent = tf.placeholder(tf.int32, [], name="exponent")


def body(i, product):
    return i + 1, product * base


_, power = tf.while_loop(lambda i, product: tf.less(i, exponent), body, [tf.constant(0), tf.constant(1.0)])
sign = tf.cond(tf.greater(power, 0.0), lambda: tf.constant("positive"), lambda: tf.constant("negative"))

with tf.Session() as sess:
    for b, e in [(2.0, 5), (-3.0, 3), (1.5, 0)]:
        print(b, e, sess.run([power, sign], feed_dict={base: b, exponent: e}))
