"""tf.keras layers and losses inside a hand-driven TF1 graph: set_session, learning_phase, placeholders."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.python.keras import backend as K

np.random.seed(4)
tf.set_random_seed(4)

sess = tf.Session()
K.set_session(sess)

pixels = tf.placeholder(tf.float32, shape=(None, 20), name='pixels')
labels = tf.placeholder(tf.float32, shape=(None, 3), name='labels')

x = tf.keras.layers.Dense(16, activation='relu', name='fc1')(pixels)
x = tf.keras.layers.Dropout(0.5, name='drop')(x)
x = tf.keras.layers.Dense(8, activation='tanh', name='fc2')(x)
classes = tf.keras.layers.Dense(3, activation='softmax', name='classes')(x)

loss = tf.reduce_mean(tf.keras.losses.categorical_crossentropy(labels, classes))
train_step = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
accuracy = tf.reduce_mean(tf.keras.metrics.categorical_accuracy(labels, classes))

for v in tf.trainable_variables():
    print(v.name, K.int_shape(v))

data = np.random.rand(90, 20).astype('float32')
onehot = np.eye(3)[np.argmax(data[:, :3], axis=1)]

sess.run(tf.global_variables_initializer())
with sess.as_default():
    for i in range(30):
        batch = np.random.randint(0, 90, 30)
        feed = {pixels: data[batch], labels: onehot[batch], K.learning_phase(): 0}
        if i % 6 == 0:
            print('iteration %d loss %.6f' % (i, loss.eval(feed)))
        train_step.run(feed)
    print('accuracy', accuracy.eval({pixels: data, labels: onehot, K.learning_phase(): 0}))
    print('predictions', classes.eval({pixels: data[:2], K.learning_phase(): 0}).tolist())
print('sum of squares', K.eval(K.sum(K.square(K.variable([1., 2., 3.])))))
K.clear_session()
