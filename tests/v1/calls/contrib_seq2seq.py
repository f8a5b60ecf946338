"""Small uses of the decoders and losses of ``tf.contrib.seq2seq``."""

from .inputs import SEQUENCES, VECTORS

SYMBOLS = 5
# Otherwise the order of the draws depends on the executor.
IN_ORDER = {"parallel_iterations": 1}


def _embedding(tf):
    return tf.get_variable("embedding", [SYMBOLS, 3])


def _decoded(tf, cell, helper, output_layer=None, **options):
    seq2seq = tf.contrib.seq2seq
    decoder = seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32), output_layer)
    return seq2seq.dynamic_decode(decoder, **options)


def _training(options=None, **decode):
    def call(tf):
        helper = tf.contrib.seq2seq.TrainingHelper(SEQUENCES(tf), [6, 4], **(options or {}))
        cell = tf.nn.rnn_cell.GRUCell(SYMBOLS)
        return _decoded(tf, cell, helper, **decode)

    return call


def _training_time_major(tf):
    inputs = tf.transpose(SEQUENCES(tf), [1, 0, 2])
    helper = tf.contrib.seq2seq.TrainingHelper(inputs, [6, 0], time_major=True)
    return _decoded(tf, tf.nn.rnn_cell.BasicLSTMCell(SYMBOLS), helper, output_time_major=True)


def _training_with_layer(tf):
    helper = tf.contrib.seq2seq.TrainingHelper(SEQUENCES(tf), [6, 4])
    layer = tf.layers.Dense(SYMBOLS, use_bias=False, name="projection")
    return _decoded(tf, tf.nn.rnn_cell.BasicLSTMCell(4), helper, output_layer=layer)


def _greedy(tf):
    helper = tf.contrib.seq2seq.GreedyEmbeddingHelper(_embedding(tf), [1, 2], 4)
    return _decoded(tf, tf.nn.rnn_cell.GRUCell(SYMBOLS), helper, maximum_iterations=7)


def _greedy_of_function(tf):
    embedding = _embedding(tf)
    helper = tf.contrib.seq2seq.GreedyEmbeddingHelper(lambda ids: tf.gather(embedding, ids), tf.fill([2], 1), 4)
    return _decoded(tf, tf.nn.rnn_cell.GRUCell(SYMBOLS), helper, maximum_iterations=3, impute_finished=True)


def _sample(tf):
    helper = tf.contrib.seq2seq.SampleEmbeddingHelper(_embedding(tf), [1, 2], 4, softmax_temperature=0.5, seed=7)
    tf.set_random_seed(3)
    return _decoded(tf, tf.nn.rnn_cell.GRUCell(SYMBOLS), helper, maximum_iterations=5)


def _scheduled_embedding(probability):
    def call(tf):
        tf.set_random_seed(3)
        helper = tf.contrib.seq2seq.ScheduledEmbeddingTrainingHelper(
            SEQUENCES(tf), [6, 5], _embedding(tf), probability, seed=5, scheduling_seed=6
        )
        return _decoded(tf, tf.nn.rnn_cell.GRUCell(SYMBOLS), helper, **IN_ORDER)

    return call


def _scheduled_output(**options):
    def call(tf):
        tf.set_random_seed(3)
        helper = tf.contrib.seq2seq.ScheduledOutputTrainingHelper(SEQUENCES(tf), [6, 5], 0.5, seed=5, **options)
        return _decoded(tf, tf.nn.rnn_cell.GRUCell(3), helper, **IN_ORDER)

    return call


def _scheduled_output_with_auxiliary(tf):
    tf.set_random_seed(3)
    helper = tf.contrib.seq2seq.ScheduledOutputTrainingHelper(
        SEQUENCES(tf), [6, 5], [0.5, 0.9], seed=5, auxiliary_inputs=2 * SEQUENCES(tf), next_inputs_fn=lambda x: x + 1
    )
    return _decoded(tf, tf.nn.rnn_cell.GRUCell(3), helper, **IN_ORDER)


def _custom(tf):
    inputs = VECTORS(tf)[:2]
    helper = tf.contrib.seq2seq.CustomHelper(
        initialize_fn=lambda: (tf.fill([2], False), inputs),
        sample_fn=lambda time, outputs, state: tf.cast(tf.argmax(outputs, -1), tf.int32),
        next_inputs_fn=lambda time, outputs, state, sample_ids: (tf.fill([2], time >= 2), inputs * 2, state),
    )
    return _decoded(tf, tf.nn.rnn_cell.GRUCell(SYMBOLS), helper)


def _inference(tf):
    helper = tf.contrib.seq2seq.InferenceHelper(
        sample_fn=lambda outputs: outputs + 1,
        sample_shape=[3],
        sample_dtype=tf.float32,
        start_inputs=VECTORS(tf)[:2],
        end_fn=lambda ids: tf.reduce_sum(ids, 1) > 5,
    )
    return _decoded(tf, tf.nn.rnn_cell.GRUCell(3), helper, maximum_iterations=4)


def _gather_tree(tf):
    step_ids = [[[1, 2, 3]], [[4, 5, 6]], [[7, 8, 9]], [[-1, -1, -1]]]
    parents = [[[0, 0, 0]], [[0, 1, 1]], [[2, 1, 2]], [[-1, -1, -1]]]
    return lambda session: session.run(tf.contrib.seq2seq.gather_tree(step_ids, parents, [3], 10))


def _gather_tree_of_lengths(tf):
    step_ids = [[[1, 2], [9, 3]], [[4, 9], [5, 6]], [[7, 8], [3, 2]]]
    parents = [[[0, 0], [0, 0]], [[1, 0], [1, 0]], [[1, 0], [0, 1]]]
    return lambda session: session.run(tf.contrib.seq2seq.gather_tree(step_ids, parents, [3, 2], 9))


def _gather_tree_of_bad_parents(tf):
    return tf.contrib.seq2seq.gather_tree([[[1, 2]], [[3, 4]]], [[[0, 0]], [[0, 7]]], [2], 9)


def _loss(**options):
    def call(tf):
        weights = tf.constant([[1.0, 1.0, 0.5, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]])
        targets = tf.constant([[0, 1, 2, 0, 0, 0], [2, 1, 0, 2, 1, 0]])
        return tf.contrib.seq2seq.sequence_loss(SEQUENCES(tf), targets, weights, **options)

    return call


AVERAGES = {"average_across_timesteps": False, "average_across_batch": False}

CALLS = {
    "TrainingHelper": _training(),
    "TrainingHelper imputed": _training(impute_finished=True, swap_memory=True),
    "TrainingHelper stopped early": _training(maximum_iterations=2),
    "TrainingHelper time major": _training_time_major,
    "TrainingHelper with output layer": _training_with_layer,
    "TrainingHelper of scalar length": lambda tf: tf.contrib.seq2seq.TrainingHelper(SEQUENCES(tf), 6),
    "dynamic_decode of no decoder": lambda tf: tf.contrib.seq2seq.dynamic_decode(4),
    "dynamic_decode with two limits": _training(maximum_iterations=[2, 3]),
    "BasicDecoder of no helper": lambda tf: tf.contrib.seq2seq.BasicDecoder(tf.nn.rnn_cell.GRUCell(4), 3, 0),
    "BasicDecoder of no cell": lambda tf: tf.contrib.seq2seq.BasicDecoder(3, 3, 0),
    "GreedyEmbeddingHelper": _greedy,
    "GreedyEmbeddingHelper of function": _greedy_of_function,
    "GreedyEmbeddingHelper of scalar start": lambda tf: tf.contrib.seq2seq.GreedyEmbeddingHelper(_embedding(tf), 1, 4),
    "GreedyEmbeddingHelper of two ends": lambda tf: tf.contrib.seq2seq.GreedyEmbeddingHelper(_embedding(tf), [1], [4]),
    "SampleEmbeddingHelper": _sample,
    "ScheduledEmbeddingTrainingHelper": _scheduled_embedding(0.5),
    "ScheduledEmbeddingTrainingHelper never": _scheduled_embedding(0.0),
    "ScheduledEmbeddingTrainingHelper of bad probability": _scheduled_embedding([[0.5]]),
    "ScheduledOutputTrainingHelper": _scheduled_output(),
    "ScheduledOutputTrainingHelper of function": _scheduled_output(next_inputs_fn=lambda x: x / 2),
    "ScheduledOutputTrainingHelper with auxiliary": _scheduled_output_with_auxiliary,
    "CustomHelper": _custom,
    "CustomHelper before it starts": lambda tf: tf.contrib.seq2seq.CustomHelper(None, None, None).batch_size,
    "InferenceHelper": _inference,
    "safe_cumprod": lambda tf: tf.contrib.seq2seq.safe_cumprod([[0.5, 0.25, 0.0, 1.0]], axis=1, exclusive=True),
    "hardmax": lambda tf: tf.contrib.seq2seq.hardmax(VECTORS(tf)),
    "tile_batch": lambda tf: tf.contrib.seq2seq.tile_batch((VECTORS(tf), tf.constant([1, 2])), 3),
    "tile_batch of scalar": lambda tf: tf.contrib.seq2seq.tile_batch(1.0, 3),
    "gather_tree": _gather_tree,
    "gather_tree of lengths": _gather_tree_of_lengths,
    "gather_tree of bad parents": _gather_tree_of_bad_parents,
    "sequence_loss": _loss(),
    "sequence_loss of each target": _loss(**AVERAGES),
    "sequence_loss of each step": _loss(average_across_timesteps=False),
    "sequence_loss summed": _loss(sum_over_timesteps=True, sum_over_batch=True, **AVERAGES),
    "sequence_loss summed over the batch": _loss(sum_over_batch=True, **AVERAGES),
    "sequence_loss of both": _loss(sum_over_batch=True),
    "sequence_loss of other function": _loss(softmax_loss_function=lambda labels, logits: logits[:, 0]),
    "sequence_loss of vector": lambda tf: tf.contrib.seq2seq.sequence_loss(VECTORS(tf), [0], [1.0]),
}
