"""Skip-gram word vectors with nce_loss: pairs from a window, frequent words first, neighbours by cosine."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

from collections import Counter

import numpy as np
import tensorflow as tf

TALES = ['a fox ran over the hill', 'a hare ran over the field', 'the miller baked bread in the mill',
         'the baker baked bread in the shop', 'a fox slept under the hill', 'a hare slept under the field',
         'the miller sold flour at noon', 'the baker sold bread at noon']
WINDOW, SIZE, NEGATIVES = 2, 8, 6

frequency = Counter(word for tale in TALES for word in tale.split())
words = sorted(frequency, key=lambda w: (-frequency[w], w))
number = {word: n for n, word in enumerate(words)}
print('%d words, most frequent: %s' % (len(words), words[:4]))


def skip_grams():
    for tale in TALES:
        ids = [number[word] for word in tale.split()]
        for i, center in enumerate(ids):
            for other in ids[max(0, i - WINDOW):i] + ids[i + 1:i + 1 + WINDOW]:
                yield center, other


pairs = np.array(list(skip_grams()), dtype=np.int32)
print('pairs', pairs.shape, pairs[:3].tolist())

graph = tf.Graph()
with graph.as_default():
    tf.set_random_seed(128)
    center = tf.placeholder(tf.int32, [None], name='center')
    context = tf.placeholder(tf.int32, [None, 1], name='context')
    with tf.device('/cpu:0'):
        vectors = tf.Variable(tf.random_uniform([len(words), SIZE], -0.7, 0.7), name='vectors')
        looked_up = tf.nn.embedding_lookup(vectors, center)
    nce_w = tf.Variable(tf.truncated_normal([len(words), SIZE], stddev=SIZE ** -0.5), name='nce_w')
    nce_b = tf.Variable(tf.zeros([len(words)]), name='nce_b')
    loss = tf.reduce_mean(tf.nn.nce_loss(nce_w, nce_b, context, looked_up, NEGATIVES, len(words)))
    train = tf.train.AdagradOptimizer(0.8).minimize(loss)
    unit = tf.nn.l2_normalize(vectors, 1)
    cosine = tf.matmul(tf.gather(unit, center), unit, transpose_b=True)

with tf.Session(graph=graph) as session:
    session.run(tf.variables_initializer(graph.get_collection('variables')))
    mixer = np.random.RandomState(1)
    for epoch in range(1, 9):
        losses = []
        for chunk in np.array_split(mixer.permutation(pairs), 6):
            _, value = session.run([train, loss], {center: chunk[:, 0], context: chunk[:, 1:]})
            losses.append(value)
        if epoch % 2 == 0:
            print('epoch %d loss %.6f' % (epoch, np.mean(losses)))
    asked = ['fox', 'baker', 'the']
    near = session.run(cosine, {center: [number[w] for w in asked]})
    for word, row in zip(asked, near):
        order = np.argsort(-row)[1:4]
        print('%s: %s' % (word, ', '.join('%s %.6f' % (words[n], row[n]) for n in order)))
    print(session.run(vectors)[0].tolist())
