import tensorflow as tf

state = tf.Variable(0, name="counter")
one = tf.constant(1)
new_value = tf.add(state, one)
update = tf.assign(state, new_value)
total = tf.Variable(0, name="total")
with tf.control_dependencies([update]):
    add_to_total = tf.assign_add(total, 10)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(state))
    for _ in range(3):
        sess.run(update)
        print(sess.run(state))
    for _ in range(2):
        print(sess.run(add_to_total))
    print(sess.run([state, total]))
