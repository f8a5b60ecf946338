"""``tf.contrib.training``: batches of segments of sequences, whose states are kept."""

import numpy as np


def _inputs(tf, **more):
    """Returns what reads sequences of 1, 2, 3 and 4 steps, one a run, up to the end."""
    number = tf.train.range_input_producer(4, num_epochs=1, shuffle=False).dequeue()
    steps = tf.range(number + 1)
    inputs = {
        "input_key": tf.as_string(number),
        "input_sequences": {"x": tf.cast(tf.stack([steps, steps * 10], 1), tf.float32), "text": tf.as_string(steps)},
        "input_context": {"twice": tf.stack([number, 2 * number])},
        "input_length": None,
        "initial_states": {"sum": tf.constant([0.5])},
        "num_unroll": 2,
        "batch_size": 2,
        "num_threads": 1,
    }
    return dict(inputs, **more)


def _parts(batch):
    names = ["total_length", "length", "batch_size", "insertion_index", "key", "next_key", "sequence", "sequence_count"]
    return [getattr(batch, name) for name in names] + [batch.sequences, batch.context, batch.state("sum")]


def _run(tf, parts, save):
    """Returns the batches, each with the part that saves its states."""

    def run(session):
        # Without a coordinator: 1.15's own waits for ever on the op that cancels the barrier.
        tf.train.start_queue_runners(session)
        found = []
        try:
            for _ in range(9):
                found.append(session.run([parts, save])[0])
        except tf.errors.OutOfRangeError:
            found.append("end")
        return [value for each in found for value in _leaves(each)]

    return run


def _leaves(value):
    if isinstance(value, dict):
        return [part for key in sorted(value) for part in _leaves(value[key])]
    if isinstance(value, list) or hasattr(value, "dense_shape"):
        return [part for each in value for part in _leaves(each)]
    return [value if isinstance(value, str) else np.asarray(value)]


def _batches(**options):
    def call(tf):
        batch = tf.contrib.training.batch_sequences_with_states(**_inputs(tf, **options))
        new = batch.state("sum") + tf.reduce_sum(batch.sequences["x"], [1, 2])[:, tf.newaxis]
        return _run(tf, _parts(batch), batch.save_state("sum", new))

    return call


def _sparse(tf):
    inputs = _inputs(tf)
    steps = tf.shape(inputs["input_sequences"]["x"], out_type=tf.int64)[0]
    rows = tf.stack([tf.range(steps), tf.zeros([steps], tf.int64)], 1)
    inputs["input_sequences"]["s"] = tf.SparseTensor(rows, tf.range(steps) + 5, tf.stack([steps, 3]))
    inputs["input_context"]["c"] = tf.SparseTensor([[1]], [7], [3])
    batch = tf.contrib.training.batch_sequences_with_states(**inputs)
    return _run(tf, [batch.key, batch.sequences, batch.context], batch.save_state("sum", batch.state("sum")))


def _saver(**options):
    def call(tf):
        inputs = _inputs(tf, input_sequences={"x": tf.reshape(tf.range(8.0), [4, 2])}, input_length=3)
        inputs.pop("num_threads")
        saver = tf.contrib.training.SequenceQueueingStateSaver(**dict(inputs, **options))
        batch = saver.next_batch
        save = batch.save_state("sum", batch.state("sum") * 2.0)

        def run(session):
            tf.train.start_queue_runners(session)
            session.run([saver.prefetch_op])
            session.run([saver.prefetch_op])
            first = session.run([batch.key, batch.sequences["x"], batch.state("sum"), save])[:3]
            second = session.run([batch.key, batch.length, batch.state("sum"), save])[:3]
            session.run(saver.close())
            return first + second + [saver.name, saver.num_unroll, str(saver.batch_size)]

        return run

    return call


CALLS = {
    "batch_sequences_with_states": _batches(),
    "batch_sequences_with_states of a length": _batches(input_length=1),
    "batch_sequences_with_states of keys made unique": lambda tf: (
        tf.contrib.training.batch_sequences_with_states(
            **_inputs(tf, make_keys_unique=True, make_keys_unique_seed=3)
        ).batch_size.op.name
    ),
    "batch_sequences_with_states of sparse tensors": _sparse,
    "batch_sequences_with_states of half a step": _batches(num_unroll=1.5),
    "batch_sequences_with_states of no states": _batches(initial_states={}),
    "batch_sequences_with_states of a small capacity": _batches(capacity=1),
    "batch_sequences_with_states of no sequences": _batches(input_sequences={}),
    "SequenceQueueingStateSaver": _saver(),
    "SequenceQueueingStateSaver of a length of another dtype": _saver(input_length=3.0),
    "SequenceQueueingStateSaver of a key with a colon": _saver(input_context={"a:b": 1}),
    "SequenceQueueingStateSaver of no dictionary": _saver(input_context=[1]),
}
