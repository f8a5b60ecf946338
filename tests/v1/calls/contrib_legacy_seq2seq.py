"""Small uses of ``tf.contrib.legacy_seq2seq``."""

from .contrib_rnn import joined
from .inputs import normal


def _vectors(tf, steps=2, size=3):
    return tf.unstack(normal(steps, 2, size)(tf))


def _symbols(tf, steps=2):
    return [tf.constant([step, step % 2 + 1]) for step in range(steps)]


def _model(function, *arguments, **options):
    """A call of a function of encoder inputs, decoder inputs and a cell."""

    def call(tf):
        cell = options.get("cell", lambda rnn: rnn.BasicRNNCell(2))(tf.contrib.rnn)
        inputs = options.get("inputs", _symbols)
        found = {key: value for key, value in options.items() if key not in ("cell", "inputs", "gradients")}
        if "output_projection" in found:
            found["output_projection"] = tf.get_variable("W", [2, 4]), tf.get_variable("B", [4])
        if "feed_previous" in found:
            found["feed_previous"] = found["feed_previous"](tf)
        model = getattr(tf.contrib.legacy_seq2seq, function)
        result = joined(tf, *model(inputs(tf), inputs(tf), cell, *arguments, **found))
        return result if options.get("gradients") else tf.stop_gradient(result)

    return call


def _seeded_weights(tf):
    tf.set_random_seed(5)
    cell = tf.contrib.rnn.BasicLSTMCell(2)
    tf.contrib.legacy_seq2seq.embedding_rnn_seq2seq(
        _symbols(tf), _symbols(tf), cell, 3, 3, 2, feed_previous=_on_condition(tf)
    )
    return lambda session: [value[0] for value in session.run([v.initial_value for v in tf.trainable_variables()])]


def _always(tf):
    return True


def _on_condition(tf):
    return tf.constant(True)


def _unless_condition(tf):
    return tf.constant(False)


def _decoder(loop=False):
    def call(tf):
        cell = tf.contrib.rnn.BasicRNNCell(3)
        loop_function = (lambda output, step: output * step) if loop else None
        decode = tf.contrib.legacy_seq2seq.rnn_decoder
        return joined(tf, *decode(_vectors(tf), tf.ones([2, 3]), cell, loop_function))

    return call


def _embedding_decoder(**options):
    def call(tf):
        cell = tf.contrib.rnn.BasicRNNCell(4)
        decode = tf.contrib.legacy_seq2seq.embedding_rnn_decoder
        return tf.stop_gradient(joined(tf, *decode(_symbols(tf), tf.ones([2, 4]), cell, 4, 2, **options)))

    return call


def _wrong_projection(tf):
    projection = tf.ones([2, 3]), tf.ones([3])
    cell = tf.contrib.rnn.BasicRNNCell(2)
    return tf.contrib.legacy_seq2seq.embedding_rnn_decoder(_symbols(tf), tf.ones([2, 2]), cell, 4, 2, projection)


def _attention(function="attention_decoder", inputs=_vectors, arguments=(), loop=False, forward=False, **options):
    def call(tf):
        cell = tf.contrib.rnn.BasicLSTMCell(2)
        found = dict(options, loop_function=lambda output, step: output + step) if loop else options
        states = normal(2, 3, 2)(tf)
        initial = cell.zero_state(2, tf.float32)
        decode = getattr(tf.contrib.legacy_seq2seq, function)
        result = joined(tf, *decode(inputs(tf), initial, states, cell, *arguments, **found))
        return tf.stop_gradient(result) if forward else result

    return call


def _many(**options):
    def call(tf):
        rnn = tf.contrib.rnn
        inputs = {"a": _symbols(tf), "b": _symbols(tf, 1)}
        cells = {"a": rnn.BasicRNNCell(2), "b": rnn.BasicRNNCell(2)}
        found = {key: value(tf) for key, value in options.items()}
        outputs, states = tf.contrib.legacy_seq2seq.one2many_rnn_seq2seq(
            _symbols(tf), inputs, rnn.BasicRNNCell(2), cells, 3, {"a": 3, "b": 4}, 2, **found
        )
        return tf.stop_gradient(joined(tf, outputs, states))

    return call


def _many_of(cell, keys="a"):
    def call(tf):
        cells = {key: tf.contrib.rnn.BasicRNNCell(2) for key in keys}
        encoder = cell or tf.contrib.rnn.BasicRNNCell(2)
        inputs = {"a": _symbols(tf)}
        return tf.contrib.legacy_seq2seq.one2many_rnn_seq2seq(_symbols(tf), inputs, encoder, cells, 3, {"a": 3}, 2)

    return call


def _loss(function, **options):
    def call(tf):
        logits = _vectors(tf, 2, 3)
        weights = [tf.constant([1.0, 0.0]), tf.constant([0.5, 0.0])]
        return getattr(tf.contrib.legacy_seq2seq, function)(logits, _symbols(tf), weights, **options)

    return call


def _own_loss(tf):
    def squares(labels, logits):
        return tf.reduce_sum(tf.square(logits), 1) * tf.cast(labels, tf.float32)

    return _loss("sequence_loss", softmax_loss_function=squares)(tf)


def _short_loss(tf):
    return tf.contrib.legacy_seq2seq.sequence_loss_by_example(_vectors(tf), _symbols(tf, 1), [tf.ones([2])])


def _buckets(buckets, **options):
    def call(tf):
        def seq2seq(encoder_inputs, decoder_inputs):
            cell = tf.contrib.rnn.BasicRNNCell(2)
            return tf.contrib.legacy_seq2seq.embedding_rnn_seq2seq(encoder_inputs, decoder_inputs, cell, 3, 3, 2)

        outputs, losses = tf.contrib.legacy_seq2seq.model_with_buckets(
            _symbols(tf), _symbols(tf), _symbols(tf), [tf.ones([2])] * 2, buckets, seq2seq, **options
        )
        return [tf.stop_gradient(joined(tf, outputs))] + [tf.stop_gradient(loss) for loss in losses]

    return call


CALLS = {
    "rnn_decoder": _decoder(),
    "rnn_decoder with loop": _decoder(loop=True),
    "basic_rnn_seq2seq": _model("basic_rnn_seq2seq", inputs=_vectors, gradients=True),
    "basic_rnn_seq2seq of several cells": _model(
        "basic_rnn_seq2seq",
        inputs=_vectors,
        cell=lambda rnn: rnn.MultiRNNCell([rnn.BasicLSTMCell(2), rnn.BasicLSTMCell(1)]),
        scope="model",
    ),
    "basic_rnn_seq2seq of no inputs": _model("basic_rnn_seq2seq", inputs=lambda tf: []),
    "tied_rnn_seq2seq": _model("tied_rnn_seq2seq", inputs=_vectors, gradients=True),
    "tied_rnn_seq2seq with loop": _model(
        "tied_rnn_seq2seq", lambda output, _: output, inputs=_vectors, cell=lambda rnn: rnn.BasicRNNCell(3)
    ),
    "tied_rnn_seq2seq of no cell": _model("tied_rnn_seq2seq", inputs=_vectors, cell=lambda rnn: 3),
    "embedding_rnn_decoder": _embedding_decoder(),
    "embedding_rnn_decoder with feedback": _embedding_decoder(feed_previous=True, update_embedding_for_previous=False),
    "embedding_rnn_decoder with another projection": _wrong_projection,
    "embedding_rnn_seq2seq": _model("embedding_rnn_seq2seq", 4, 4, 3),
    "embedding_rnn_seq2seq with feedback": _model("embedding_rnn_seq2seq", 4, 4, 3, feed_previous=_always),
    "embedding_rnn_seq2seq with feedback on condition": _model(
        "embedding_rnn_seq2seq", 4, 4, 3, feed_previous=_on_condition, cell=lambda rnn: rnn.BasicLSTMCell(2)
    ),
    "embedding_rnn_seq2seq with feedback unless condition": _model(
        "embedding_rnn_seq2seq", 4, 4, 3, feed_previous=_unless_condition
    ),
    "embedding_rnn_seq2seq with projection": _model(
        "embedding_rnn_seq2seq", 4, 4, 3, output_projection=True, feed_previous=_always
    ),
    "embedding_rnn_seq2seq of no symbols": _model("embedding_rnn_seq2seq", 0, 4, 3),
    "embedding_tied_rnn_seq2seq": _model("embedding_tied_rnn_seq2seq", 4, 3),
    "embedding_tied_rnn_seq2seq with feedback": _model(
        "embedding_tied_rnn_seq2seq", 4, 3, 4, feed_previous=_always, cell=lambda rnn: rnn.BasicLSTMCell(2)
    ),
    "embedding_tied_rnn_seq2seq with feedback on condition": _model(
        "embedding_tied_rnn_seq2seq", 4, 3, feed_previous=_on_condition, cell=lambda rnn: rnn.BasicLSTMCell(2)
    ),
    "embedding_tied_rnn_seq2seq with projection": _model("embedding_tied_rnn_seq2seq", 4, 3, output_projection=True),
    "embedding_tied_rnn_seq2seq with another projection": _model(
        "embedding_tied_rnn_seq2seq", 5, 3, output_projection=True
    ),
    "attention_decoder": _attention(forward=True),
    "attention_decoder with options": _attention(
        output_size=3, num_heads=2, loop=True, initial_state_attention=True, scope="attend", forward=True
    ),
    "attention_decoder of no inputs": _attention(inputs=lambda tf: []),
    "attention_decoder of no heads": _attention(num_heads=0),
    "embedding_attention_decoder": _attention("embedding_attention_decoder", _symbols, (4, 3), forward=True),
    "embedding_attention_decoder with feedback": _attention(
        "embedding_attention_decoder",
        _symbols,
        (4, 3),
        output_size=4,
        feed_previous=True,
        update_embedding_for_previous=False,
        forward=True,
    ),
    "embedding_attention_seq2seq": _model("embedding_attention_seq2seq", 4, 4, 3, gradients=True),
    "embedding_attention_seq2seq with feedback": _model(
        "embedding_attention_seq2seq", 4, 4, 3, feed_previous=_always, num_heads=2, initial_state_attention=True
    ),
    "embedding_attention_seq2seq with feedback on condition": _model(
        "embedding_attention_seq2seq", 4, 4, 3, feed_previous=_on_condition, cell=lambda rnn: rnn.BasicLSTMCell(2)
    ),
    "embedding_attention_seq2seq with projection": _model(
        "embedding_attention_seq2seq", 4, 4, 3, output_projection=True, feed_previous=_always
    ),
    "weights of a seed": _seeded_weights,
    "one2many_rnn_seq2seq": _many(),
    "one2many_rnn_seq2seq with feedback on condition": _many(feed_previous=_on_condition),
    "one2many_rnn_seq2seq of no cell": _many_of(3),
    "one2many_rnn_seq2seq of other keys": _many_of(None, "ab"),
    "sequence_loss_by_example": _loss("sequence_loss_by_example"),
    "sequence_loss_by_example without average": _loss("sequence_loss_by_example", average_across_timesteps=False),
    "sequence_loss_by_example of other lengths": _short_loss,
    "sequence_loss": _loss("sequence_loss"),
    "sequence_loss without average": _loss(
        "sequence_loss", average_across_timesteps=False, average_across_batch=False, name="loss"
    ),
    "sequence_loss with another loss": _own_loss,
    "model_with_buckets": _buckets([(1, 1), (2, 2)]),
    "model_with_buckets with a loss for each example": _buckets([(1, 2)], per_example_loss=True),
    "model_with_buckets of other lengths": _buckets([(3, 2)]),
}
