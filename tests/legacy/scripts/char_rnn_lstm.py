"""A character model: stacked LSTM cells with dropout, the state carried from chunk to chunk, a line written by sampling."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

VERSE = 'the snow is on the hill and the hill is in the sun and the sun is on the snow '
ROWS, CHUNK, UNITS = 4, 20, 24

alphabet = ''.join(sorted(set(VERSE)))
codes = np.array([alphabet.index(ch) for ch in VERSE * 5], np.int32)
print('%d characters of %d kinds' % (len(codes), len(alphabet)))


def build(rows, chunk, training):
    """The same graph for training (many rows) and for writing (one character at a time)."""
    net = {}
    net['in'] = tf.placeholder(tf.int32, [rows, chunk])
    layers = []
    for _ in range(2):
        layer = tf.nn.rnn_cell.BasicLSTMCell(UNITS)
        if training:
            layer = tf.nn.rnn_cell.DropoutWrapper(layer, output_keep_prob=0.9)
        layers.append(layer)
    stack = tf.nn.rnn_cell.MultiRNNCell(layers)
    net['start'] = stack.zero_state(rows, tf.float32)
    hidden, net['end'] = tf.nn.dynamic_rnn(stack, tf.one_hot(net['in'], len(alphabet)), initial_state=net['start'],
                                           parallel_iterations=1)
    net['logits'] = tf.layers.dense(hidden, len(alphabet), name='letters')
    return net


tf.set_random_seed(2017)
with tf.variable_scope('verse'):
    train = build(ROWS, CHUNK, True)
with tf.variable_scope('verse', reuse=True):
    write = build(1, 1, False)
wanted = tf.placeholder(tf.int32, [ROWS, CHUNK])
loss = tf.contrib.seq2seq.sequence_loss(train['logits'], wanted, tf.ones([ROWS, CHUNK]))
optimizer = tf.train.AdamOptimizer(0.04)
pairs = [(tf.clip_by_norm(g, 1.0), v) for g, v in optimizer.compute_gradients(loss)]
learn = optimizer.apply_gradients(pairs)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    width = (len(codes) - 1) // ROWS // CHUNK * CHUNK
    xs = codes[:ROWS * width].reshape(ROWS, width)
    ys = codes[1:ROWS * width + 1].reshape(ROWS, width)
    for epoch in range(12):
        memory = sess.run(train['start'])
        for at in range(0, width, CHUNK):
            feed = {train['in']: xs[:, at:at + CHUNK], wanted: ys[:, at:at + CHUNK], train['start']: memory}
            value, memory, _ = sess.run([loss, train['end'], learn], feed)
        if epoch % 3 == 2:
            print('epoch %d loss %.6f memory %.6f' % (epoch, value, memory[1].h[0, 0]))
    print([(v.name, v.shape.as_list()) for v in tf.trainable_variables()])

    dice = np.random.RandomState(3)
    letter, memory, line = alphabet.index('t'), sess.run(write['start']), 't'
    for _ in range(30):
        logits, memory = sess.run([write['logits'], write['end']], {write['in']: [[letter]], write['start']: memory})
        odds = np.exp(logits[0, 0].astype(np.float64) * 2)
        letter = dice.choice(len(alphabet), p=odds / odds.sum())
        line += alphabet[letter]
    print('written: %r' % line)
    print('last logits', logits[0, 0, :3].tolist())
