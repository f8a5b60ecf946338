# coding: utf-8

# In[1]:

import numpy as np
import tensorflow as tf

tf.reset_default_graph()
sess = tf.InteractiveSession()

# In[2]:

a = tf.constant([[1.0, 2.0], [3.0, 4.0]])
b = tf.constant([[1.0], [0.5]])
print(tf.matmul(a, b).eval())

# In[3]:

x = tf.placeholder(tf.float32, [None, 2])
W = tf.Variable(tf.zeros([2, 1]))
y = tf.matmul(x, W)

# In[4]:

sess.run(tf.global_variables_initializer())
print(y.eval(feed_dict={x: [[1, 2]]}))

# In[5]:

y_ = tf.placeholder(tf.float32, [None, 1])
loss = tf.reduce_mean(tf.square(y - y_))
train_step = tf.train.GradientDescentOptimizer(0.02).minimize(loss)
data = np.arange(8.0).reshape(4, 2)
for i in range(4):
    train_step.run(feed_dict={x: data, y_: data[:, :1]})
    print(i, loss.eval(feed_dict={x: data, y_: data[:, :1]}))

# In[6]:

print(W.eval())
