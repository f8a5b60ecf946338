"""Draws a text token by token inside of the graph, from the k most likely ones."""
import tensorflow as tf

import model


def top_k_logits(logits, k):
    def of_best():
        values, _ = tf.nn.top_k(logits, k=k)
        smallest = values[:, -1, tf.newaxis]
        return tf.where(logits < smallest, tf.ones_like(logits, dtype=logits.dtype) * -1e10, logits)

    return tf.cond(tf.equal(k, 0), lambda: logits, of_best)


def sample_sequence(hparams, length, context, batch_size, temperature=1, top_k=0):
    def step(tokens, past=None):
        output = model.model(hparams=hparams, X=tokens, past=past, reuse=tf.AUTO_REUSE)
        presents = output['present']
        presents.set_shape(model.past_shape(hparams=hparams, batch_size=batch_size))
        return {'logits': output['logits'][:, :, :hparams.n_vocab], 'presents': presents}

    with tf.name_scope('sample_sequence'):
        # The last token of the context is the first that the loop reads.
        context_output = step(context[:, :-1])

        def body(past, prev, output):
            next_outputs = step(prev[:, tf.newaxis], past=past)
            logits = next_outputs['logits'][:, -1, :] / tf.to_float(temperature)
            samples = tf.multinomial(top_k_logits(logits, k=top_k), num_samples=1, output_dtype=tf.int32)
            return [tf.concat([past, next_outputs['presents']], axis=-2), tf.squeeze(samples, axis=[1]),
                    tf.concat([output, samples], axis=1)]

        _, _, tokens = tf.while_loop(
            cond=lambda *args: True, body=body, maximum_iterations=length,
            loop_vars=[context_output['presents'], context[:, -1], context],
            shape_invariants=[tf.TensorShape(model.past_shape(hparams=hparams, batch_size=batch_size)),
                              tf.TensorShape([batch_size]), tf.TensorShape([batch_size, None])],
            back_prop=False)
        return tokens
