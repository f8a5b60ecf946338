"""The embedding projector: metadata, config with sprite, projector.visualize_embeddings and a checkpoint next to it."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.tensorboard.plugins import projector

LOG_DIR = tempfile.mkdtemp()
words = ['zero', 'one', 'two', 'three', 'four', 'five']

tf.set_random_seed(66)
embedding_var = tf.Variable(tf.random_normal([6, 3], stddev=0.5), name='word_embedding')
images_var = tf.Variable(np.random.RandomState(0).rand(6, 4).astype('float32'), name='images', trainable=False)

with open(os.path.join(LOG_DIR, 'metadata.tsv'), 'w') as metadata:
    metadata.write('Name\tParity\n')
    for i, word in enumerate(words):
        metadata.write('%s\t%s\n' % (word, ('even', 'odd')[i % 2]))

# pull numbers of the same parity together
parity = np.array([[float(i % 2 == j % 2) for j in range(6)] for i in range(6)])
norms = tf.reduce_sum(tf.square(embedding_var), 1, keepdims=True)
distances = norms - 2 * tf.matmul(embedding_var, embedding_var, transpose_b=True) + tf.transpose(norms)
loss = tf.reduce_mean(parity * distances + (1 - parity) * tf.maximum(0., 1.0 - distances))
train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)

config = projector.ProjectorConfig()
embedding = config.embeddings.add()
embedding.tensor_name = embedding_var.name
embedding.metadata_path = 'metadata.tsv'
other = config.embeddings.add()
other.tensor_name = images_var.name
other.sprite.image_path = 'sprite.png'
other.sprite.single_image_dim.extend([2, 2])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    summary_writer = tf.summary.FileWriter(LOG_DIR)
    projector.visualize_embeddings(summary_writer, config)
    for step in range(4):
        print('%d %.6f' % (step, sess.run([loss, train])[0]))
    tf.train.Saver({'word_embedding': embedding_var}).save(sess, os.path.join(LOG_DIR, 'model.ckpt'), 1)
    print(sess.run(embedding_var)[1].tolist())
    summary_writer.close()

print(open(os.path.join(LOG_DIR, 'projector_config.pbtxt')).read().strip())
print(sorted(name for name in os.listdir(LOG_DIR) if not name.startswith('events')))
