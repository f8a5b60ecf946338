"""``tf.contrib.staging``, ``stateless``, ``util``, ``signal``, ``keras`` and ``summary``: what needs no files."""

import numpy as np


def _graph_def(tf):
    graph = tf.Graph()
    with graph.as_default():
        tf.add(tf.constant(1.0), tf.constant(2.0), name="sum")
    return graph.as_graph_def()


def _staged(tf):
    area = tf.contrib.staging.StagingArea([tf.float32, tf.int32], shapes=[[2], []], capacity=2)
    put = area.put([tf.constant([1.0, 2.0]), tf.constant(3)])
    values, size, clear = area.get(), area.size(), area.clear()

    def run(session):
        session.run(put)
        session.run(put)
        found = [session.run(size)] + session.run(values)
        session.run(clear)
        return found + [session.run(size), values[0].shape.as_list()]

    return run


def _staged_by_name(tf):
    area = tf.contrib.staging.StagingArea([tf.float32, tf.int32], names=["x", "n"])
    put, got = area.put({"x": tf.constant([0.5]), "n": tf.constant(4)}), area.get()
    return lambda session: [session.run(put), session.run(got)][1]


def _unused_summary_op(tf):
    """Without a writer a summary is no op."""
    summary = tf.contrib.summary
    with summary.always_record_summaries():
        op = summary.scalar("loss", tf.constant(1.0), step=tf.constant(1, tf.int64))
    return [op.type, len(summary.all_summary_ops()), summary.flush().type, summary.should_record_summaries()]


def _summary_ops(tf):
    summary = tf.contrib.summary
    with summary.create_file_writer("/tmp/unused").as_default():
        silent = summary.should_record_summaries()
        summary.scalar("silent", 1.0)
        with summary.always_record_summaries():
            loud = summary.should_record_summaries()
            summary.histogram("loud", tf.constant([1.0, 2.0]), family="kind", step=tf.constant(3, tf.int64))
        with summary.never_record_summaries():
            never = summary.should_record_summaries()
        with summary.record_summaries_every_n_global_steps(2):
            even = summary.should_record_summaries()
    counts = [len(summary.all_summary_ops()), len(summary.summary_writer_initializer_op())]
    names = [op.name for op in summary.all_summary_ops()]
    return lambda session: session.run([silent, loud, never, even]) + counts + names


def _stateless(name, *arguments, **options):
    return lambda tf: getattr(tf.contrib.stateless, "stateless_" + name)(*arguments, **options)


def _proto(tf):
    util = tf.contrib.util
    proto = util.make_tensor_proto([[1, 2], [3, 4]], dtype=tf.float32)
    return [util.make_ndarray(proto), list(util.make_tensor_proto(7.0, shape=[2, 2]).float_val), proto.dtype]


def _signal(tf):
    signal, x = tf.contrib.signal, tf.constant(np.sin(np.arange(32.0)), tf.float32)
    frames, spectrum = signal.frame(x, 8, 4), signal.stft(x, 8, 4)
    window = signal.inverse_stft_window_fn(4, forward_window_fn=signal.hamming_window)
    mel = signal.linear_to_mel_weight_matrix(3, 5, 16000)
    power = tf.log(tf.matmul(tf.abs(spectrum), mel) + 1e-6)
    return [
        signal.overlap_and_add(frames, 4),
        tf.abs(spectrum),
        signal.inverse_stft(spectrum, 8, 4, window_fn=window),
        signal.hann_window(5),
        signal.mfccs_from_log_mel_spectrograms(power),
    ]


CALLS = {
    "signal": _signal,
    "signal frame refuses a length": lambda tf: tf.contrib.signal.frame(tf.zeros([4]), [2], 1),
    "keras layer": lambda tf: tf.contrib.keras.layers.Dense(2)(tf.ones([1, 3])),
    "staging": _staged,
    "staging by name": _staged_by_name,
    "staging refuses other values": lambda tf: tf.contrib.staging.StagingArea([tf.float32]).put([1.0, 2.0]),
    "stateless uniform": _stateless("random_uniform", [2, 3], [1, 2]),
    "stateless uniform integers": _stateless("random_uniform", [4], [1, 2], minval=0, maxval=9, dtype="int32"),
    "stateless integers need a range": _stateless("random_uniform", [4], [1, 2], dtype="int32"),
    "stateless normal": _stateless("random_normal", [3], seed=[3, 4], mean=1.0, stddev=2.0),
    "stateless truncated": _stateless("truncated_normal", [3], seed=[5, 6]),
    "stateless multinomial": _stateless("multinomial", np.log([[0.5, 0.25, 0.25]]), 5, seed=[7, 8]),
    "util protos": _proto,
    "util proto refuses a shape": lambda tf: tf.contrib.util.make_tensor_proto([1, 2], shape=[3], verify_shape=True),
    "util constant": lambda tf: tf.contrib.util.constant_value(tf.stack([1, 2])),
    "util constant of none": lambda tf: tf.contrib.util.constant_value(tf.placeholder(tf.float32)),
    "util partial constant": lambda tf: [
        str(part) for part in tf.contrib.util.constant_value(tf.stack([1, tf.placeholder(tf.int32, [])]), partial=True)
    ],
    "util ops": lambda tf: sorted(tf.contrib.util.ops_used_by_graph_def(_graph_def(tf)) - {"AddV2"}),
    "util op list": lambda tf: len(tf.contrib.util.stripped_op_list_for_graph(_graph_def(tf)).op),
    "summary without a writer": _unused_summary_op,
    "summary ops": _summary_ops,
    "summary graph needs a tensor": lambda tf: tf.contrib.summary.graph(tf.get_default_graph()),
    "summary initialize needs a writer": lambda tf: tf.contrib.summary.initialize(),
    "summary db writer refuses a name": lambda tf: tf.contrib.summary.create_db_writer("x", user_name="a b"),
    "summary without a directory": lambda tf: str(tf.contrib.summary.create_file_writer(None).flush()),
    "summary eval_dir": lambda tf: [
        tf.contrib.summary.eval_dir("models"),
        tf.contrib.summary.eval_dir("models", name="test"),
    ],
}
