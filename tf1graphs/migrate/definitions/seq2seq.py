"""Losses and a decoder of sequences.

Sources: ``contrib/seq2seq/python/ops/loss.py`` and ``contrib/legacy_seq2seq/python/ops/seq2seq.py`` of 1.15.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

SEQUENCE_CROSS_ENTROPY = Definition(
    "sequence_cross_entropy",
    '''\
def sequence_cross_entropy(
    logits,
    targets,
    weights,
    average_across_timesteps=True,
    average_across_batch=True,
    softmax_loss_function=tf.nn.sparse_softmax_cross_entropy_with_logits,
):
    """Returns the weighted mean of the cross-entropies of logits, [batch, time, class], over time, batch or both."""
    shape = tf.shape(logits)
    losses = softmax_loss_function(labels=tf.reshape(targets, [-1]), logits=tf.reshape(logits, [-1, shape[2]]))
    losses = tf.reshape(losses, shape[:2]) * weights
    axes = [axis for axis, is_averaged in enumerate([average_across_batch, average_across_timesteps]) if is_averaged]
    if not axes:
        return losses
    return tf.math.divide_no_nan(tf.reduce_sum(losses, axes), tf.reduce_sum(weights, axes))
''',
)

SEQUENCE_LOSS_BY_EXAMPLE = Definition(
    "sequence_loss_by_example",
    '''\
def sequence_loss_by_example(logits, targets, weights, average_across_timesteps=True, softmax_loss_function=None):
    """Returns the weighted sum or mean of the cross-entropies, [batch], of lists with an entry for each step."""
    losses = []
    for step_logits, step_targets, step_weights in zip(logits, targets, weights, strict=True):
        if softmax_loss_function is None:
            step_targets = tf.reshape(step_targets, [-1])
            loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=step_targets, logits=step_logits)
        else:
            loss = softmax_loss_function(labels=step_targets, logits=step_logits)
        losses.append(loss * step_weights)
    return tf.add_n(losses) / (tf.add_n(weights) + 1e-12) if average_across_timesteps else tf.add_n(losses)
''',
)

RNN_DECODER = Definition(
    "rnn_decoder",
    '''\
def rnn_decoder(inputs, state, cell, loop_function=None):
    """Runs a cell over a list of inputs; a loop function makes each but the first from the output before it."""
    outputs = []
    for step, step_inputs in enumerate(inputs):
        if loop_function is not None and outputs:
            step_inputs = loop_function(outputs[-1], step)
        output, state = cell(step_inputs, state)
        outputs.append(output)
    return outputs, state
''',
)
