"""Small uses of the attention and beam search of ``tf.contrib.seq2seq``."""

from .inputs import SEQUENCES, VECTORS

SYMBOLS = 5


def _embedding(tf):
    return tf.get_variable("embedding", [SYMBOLS, 3])


def _decoded_with_attention(tf):
    seq2seq = tf.contrib.seq2seq
    attention = seq2seq.BahdanauAttention(4, SEQUENCES(tf), memory_sequence_length=[6, 3])
    cell = seq2seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(4), attention, attention_layer_size=SYMBOLS)
    helper = seq2seq.TrainingHelper(SEQUENCES(tf), [4, 2])
    decoder = seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32))
    outputs, state, lengths = seq2seq.dynamic_decode(decoder)
    return outputs, state.attention, state.alignments, lengths


def _attention(mechanism, wrapper=None, units=4, lengths=(6, 3), **options):
    def call(tf):
        seq2seq = tf.contrib.seq2seq
        memory = tf.get_variable("memory", [2, 6, 3])
        attention = getattr(seq2seq, mechanism)(units, memory, memory_sequence_length=lengths, **options)
        cell = seq2seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(4), attention, **(wrapper or {}))
        state = cell.zero_state(2, tf.float32)
        for step in range(2):
            with tf.variable_scope("decoder", reuse=step > 0):
                outputs, state = cell(SEQUENCES(tf)[:, step], state)
        history = state.alignment_history
        return outputs, state.attention, state.alignments, state.time, history.stack() if history else history

    return call


def _custom_attention(tf):
    seq2seq = tf.contrib.seq2seq
    attention = seq2seq.LuongAttention(
        4, SEQUENCES(tf), custom_key_value_fn=lambda keys, values: (keys / 2, values / 2)
    )
    cell = seq2seq.AttentionWrapper(
        tf.nn.rnn_cell.GRUCell(4),
        attention,
        attention_layer=tf.layers.Dense(3, name="mine"),
        cell_input_fn=lambda inputs, attention: inputs + attention,
        initial_cell_state=tf.ones([2, 4]),
    )
    return cell(VECTORS(tf)[:2], cell.zero_state(2, tf.float32))


def _two_attentions(tf):
    seq2seq = tf.contrib.seq2seq
    attentions = [seq2seq.LuongAttention(4, SEQUENCES(tf)), seq2seq.BahdanauAttention(2, 2 * SEQUENCES(tf))]
    cell = seq2seq.AttentionWrapper(
        tf.nn.rnn_cell.BasicLSTMCell(4), attentions, attention_layer_size=[3, 2], output_attention=False
    )
    return cell(VECTORS(tf)[:2], cell.zero_state(2, tf.float32))


def _attention_cell(tf, **options):
    attention = tf.contrib.seq2seq.LuongAttention(4, SEQUENCES(tf))
    return tf.contrib.seq2seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(4), attention, **options)


def _clone(shape):
    def call(tf):
        cell = _attention_cell(tf)
        return cell.zero_state(2, tf.float32).clone(cell_state=tf.ones(shape))

    return call


def _state_size(tf):
    size = _attention_cell(tf, alignment_history=True, attention_layer_size=5).state_size
    return [size.cell_state, size.attention, size.alignments, size.attention_state, size.alignment_history]


def _monotonic(mode):
    def call(tf):
        choose = [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]] if mode == "hard" else [[0.1, 0.5, 0.9], [0.3, 0.2, 1.0]]
        return tf.contrib.seq2seq.monotonic_attention(choose, [[1.0, 0.0, 0.0], [0.2, 0.7, 0.1]], mode)

    return call


def _beam(attention=False, history=False, steps=6, **options):
    def call(tf):
        seq2seq, beams = tf.contrib.seq2seq, 3
        cell = tf.nn.rnn_cell.GRUCell(4)
        state = seq2seq.tile_batch(VECTORS(tf)[:2, :1] * tf.ones([2, 4]), beams)
        if attention:
            memory = seq2seq.tile_batch(SEQUENCES(tf), beams)
            lengths = seq2seq.tile_batch(tf.constant([6, 3]), beams)
            mechanism = seq2seq.LuongAttention(4, memory, memory_sequence_length=lengths)
            cell = seq2seq.AttentionWrapper(cell, mechanism, attention_layer_size=4, alignment_history=history)
            state = cell.zero_state(2 * beams, tf.float32).clone(cell_state=state)
        layer = tf.layers.Dense(SYMBOLS, name="projection")
        start = tf.placeholder_with_default([0, 1], [None]) if history else [0, 1]
        decoder = seq2seq.BeamSearchDecoder(cell, _embedding(tf), start, 4, state, beams, layer, **options)
        outputs, state, lengths = seq2seq.dynamic_decode(decoder, maximum_iterations=steps)
        found = [outputs.predicted_ids, outputs.beam_search_decoder_output, state.log_probs, state.lengths, lengths]
        return lambda session: session.run(found + ([state.cell_state.alignment_history] if history else []))

    return call


CALLS = {
    "LuongAttention": _attention("LuongAttention"),
    "LuongAttention scaled": _attention("LuongAttention", {"alignment_history": True}, scale=True),
    "LuongAttention of other depth": _attention("LuongAttention", units=7),
    "LuongAttention with empty memory": _attention("LuongAttention", lengths=(6, 0)),
    "LuongAttention of custom keys": _custom_attention,
    "BahdanauAttention": _attention("BahdanauAttention", {"output_attention": False}),
    "BahdanauAttention normalized": _attention("BahdanauAttention", {"attention_layer_size": 2}, 5, normalize=True),
    "BahdanauMonotonicAttention": _attention("BahdanauMonotonicAttention", score_bias_init=-1.0),
    "BahdanauMonotonicAttention normalized": _attention(
        "BahdanauMonotonicAttention", normalize=True, mode="recursive", score_mask_value=-9.0
    ),
    "LuongMonotonicAttention": _attention("LuongMonotonicAttention", scale=True, lengths=None),
    "LuongMonotonicAttention hard": _attention("LuongMonotonicAttention", mode="hard", units=4),
    "LuongMonotonicAttention of no mode": _attention("LuongMonotonicAttention", mode="soft"),
    "dynamic_decode with attention": _decoded_with_attention,
    "two attentions": _two_attentions,
    "AttentionWrapper of one size too many": lambda tf: _attention_cell(tf, attention_layer_size=[3, 4]),
    "AttentionWrapper of size and layer": lambda tf: _attention_cell(tf, attention_layer_size=3, attention_layer=4),
    "AttentionWrapper of no input function": lambda tf: _attention_cell(tf, cell_input_fn=3),
    "AttentionWrapper of no mechanism": lambda tf: tf.contrib.seq2seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(4), 3),
    "AttentionWrapper called with other state": lambda tf: _attention_cell(tf)(VECTORS(tf), tf.zeros([2, 4])),
    "AttentionWrapper of other batch": lambda tf: _attention_cell(tf).zero_state(3, tf.float32).attention,
    "AttentionWrapperState.clone": _clone([2, 4]),
    "AttentionWrapperState.clone of other shape": _clone([2, 5]),
    "AttentionWrapper.state_size": _state_size,
    "monotonic_attention recursive": _monotonic("recursive"),
    "monotonic_attention parallel": _monotonic("parallel"),
    "monotonic_attention hard": _monotonic("hard"),
    "monotonic_attention of no mode": _monotonic("easy"),
    "BeamSearchDecoder": _beam(),
    "BeamSearchDecoder with penalties": _beam(True, length_penalty_weight=0.6, coverage_penalty_weight=0.3),
    "BeamSearchDecoder with history": _beam(True, True, steps=4),
    "BeamSearchDecoder with coverage but no attention": _beam(coverage_penalty_weight=0.3),
}
