"""A word-level language model: CudnnLSTM where there is a GPU, and the cells that read its checkpoints elsewhere."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib.cudnn_rnn.python.layers import cudnn_rnn

NUM_LAYERS, NUM_UNITS, STEPS, BATCH, VOCAB = 2, 16, 8, 4, 12


def make_batches(seed, count):
    rng = np.random.RandomState(seed)
    starts = rng.randint(0, VOCAB, size=(count, BATCH, 1))
    words = (starts + 5 * np.arange(STEPS + 1)) % VOCAB
    return words.astype(np.int32)


def lstm(inputs):
    """inputs: [time, batch, depth]."""
    if tf.test.is_gpu_available():
        layer = cudnn_rnn.CudnnLSTM(NUM_LAYERS, NUM_UNITS, direction=cudnn_rnn.CUDNN_RNN_UNIDIRECTION)
        outputs, _ = layer(inputs, training=True)
        return outputs
    cells = [tf.contrib.cudnn_rnn.CudnnCompatibleLSTMCell(NUM_UNITS) for _ in range(NUM_LAYERS)]
    cell = tf.nn.rnn_cell.MultiRNNCell(cells)
    outputs, _ = tf.nn.dynamic_rnn(cell, inputs, dtype=tf.float32, time_major=True)
    return outputs


def describe_layer():
    """What a CudnnLSTM would train, and what its checkpoints have."""
    with tf.Graph().as_default():
        layer = tf.contrib.cudnn_rnn.CudnnLSTM(NUM_LAYERS, NUM_UNITS, direction="bidirectional", dropout=0.2)
        outputs, (h, c) = layer(tf.placeholder(tf.float32, [STEPS, BATCH, 8]))
        print("layer:", [v.name for v in tf.trainable_variables()], outputs.shape, h.shape, c.shape)
        print("weights:", sum(int(np.prod(s)) for s in layer.canonical_weight_shapes), len(layer.canonical_bias_shapes))
        for spec in tf.get_collection(tf.GraphKeys.SAVEABLE_OBJECTS)[0].specs:
            print("saved as:", spec.name)


def main(_):
    describe_layer()
    tf.set_random_seed(11)
    words = tf.placeholder(tf.int32, [BATCH, STEPS + 1])
    embedding = tf.get_variable("embedding", [VOCAB, 8], initializer=tf.random_uniform_initializer(-0.5, 0.5, seed=1))
    inputs = tf.transpose(tf.nn.embedding_lookup(embedding, words[:, :-1]), [1, 0, 2])
    with tf.variable_scope("lm", initializer=tf.random_uniform_initializer(-0.3, 0.3, seed=2)):
        outputs = lstm(inputs)
        logits = tf.layers.dense(tf.transpose(outputs, [1, 0, 2]), VOCAB, name="softmax")
    loss = tf.contrib.seq2seq.sequence_loss(logits, words[:, 1:], tf.ones([BATCH, STEPS]))
    params = tf.trainable_variables()
    grads, norm = tf.clip_by_global_norm(tf.gradients(loss, params), 5.0)
    train_op = tf.train.AdamOptimizer(0.02).apply_gradients(zip(grads, params))
    print([v.op.name for v in params])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step, batch in enumerate(make_batches(0, 40)):
            value, grad_norm, _ = sess.run([loss, norm, train_op], {words: batch})
            if step % 8 == 0:
                print("step %d: perplexity %.3f, gradient norm %.3f" % (step, np.exp(value), grad_norm))
        test = make_batches(1, 1)[0]
        print("test perplexity: %.3f" % np.exp(sess.run(loss, {words: test})))
        print("next words:", np.argmax(sess.run(logits, {words: test}), -1)[0])


if __name__ == "__main__":
    tf.app.run()
