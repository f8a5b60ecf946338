"""Packages of ``tf.contrib`` that are other parts of TensorFlow under another name, and small ones beside them."""

import importlib
import os
import sys
import tempfile

from .inputs import normal


def _module(tf, package, path):
    """Returns a module that 1.15 has at a path in a package, and tf1graphs as the package."""
    if "tf1graphs" in sys.modules:
        return getattr(tf.contrib, package)
    return importlib.import_module("tensorflow.contrib." + package + path)


def _batch_function(tf):
    return _module(tf, "batching", ".python.ops.batch_ops").batch_function_v1


def _batched(tf, **options):
    """Two calls at once, each of which gets its own rows back, and the gradient of what they were computed from."""
    weights = tf.get_variable("weights", [3])

    together = _batch_function(tf)(1, 10, 100000, **options)

    @together
    def scaled(x):
        return x * weights

    return [scaled(normal(2, 3)(tf))]


def _batch_of_no_tensor(tf):
    together = _batch_function(tf)(1, 10, 1000)

    @together
    def same(x):
        return x

    return same([1.0])


def _reduced(name, *options):
    def call(tf):
        all_reduce = _module(tf, "all_reduce", ".python.all_reduce")
        tensors = [normal(4)(tf) * float(factor) for factor in range(1, 5)]
        return getattr(all_reduce, name)(tensors, *[option(tf) for option in options])

    return call


def _add(tf):
    return tf.add


def _workers(tf):
    return 2


def _summary(tf):
    merged = tf.summary.merge([tf.summary.scalar("a", 1.5), tf.summary.scalar("b", 2.0)])

    def run(session):
        testing = tf.contrib.testing
        with tempfile.TemporaryDirectory() as folder:
            nothing = [testing.latest_event_file(folder), len(list(testing.latest_events(folder)))]
            writer = tf.summary.FileWriter(folder)
            writer.add_summary(session.run(merged), 3)
            writer.add_summary(session.run(tf.summary.scalar("a", 7.0)), 5)
            writer.close()
            events = testing.latest_summaries(folder)
            values = testing.simple_values_from_events(events, ["a", "b", "c"])
            name = os.path.basename(testing.latest_event_file(folder)).split(".")[0]
        testing.assert_summary(["a", "b"], {"a": 1.501}, testing.to_summary_proto(session.run(merged)))
        return nothing + [len(events), sorted(values), [values[key] for key in sorted(values)], name]

    return run


def _other_tags(tf):
    summary = tf.summary.Summary(value=[tf.summary.Summary.Value(tag="a", simple_value=1.0)])
    return tf.contrib.testing.assert_summary(["b"], {}, summary)


def _other_value(tf):
    summary = tf.summary.Summary(value=[tf.summary.Summary.Value(tag="a", simple_value=1.0)])
    return tf.contrib.testing.assert_summary(["a"], {"a": 2.0}, summary)


def _fake_writer(tf):
    fake = tf.contrib.testing.FakeSummaryWriter
    fake.install()
    try:
        writer = tf.summary.FileWriterCache.get("a_folder_that_is_not")
        summary = tf.summary.Summary(value=[tf.summary.Summary.Value(tag="a", simple_value=1.0)])
        writer.add_summary(summary.SerializeToString(), 4)
        writer.add_graph(tf.get_default_graph())
        case = tf.test.TestCase("run")
        writer.assert_summaries(
            case,
            expected_logdir="a_folder_that_is_not",
            expected_summaries={4: {"a": 1.0}},
            expected_added_graphs=[tf.get_default_graph()],
        )
        return [sorted(writer.summaries), isinstance(writer, fake)]
    finally:
        fake.uninstall()
        tf.summary.FileWriterCache.clear()


def _profiled(tf):
    analyzer = tf.contrib.tfprof.model_analyzer
    with tf.Graph().as_default() as graph:
        tf.get_variable("weights", [3, 4])
        options = dict(analyzer.TRAINABLE_VARS_PARAMS_STAT_OPTIONS, output="none")
        found = analyzer.print_model_analysis(graph, tfprof_options=options)
        return [found.total_parameters, sorted(analyzer.FLOAT_OPS_OPTIONS), analyzer.PRINT_ALL_TIMING_MEMORY["select"]]


def _quantized(tf):
    quantized = tf.contrib.quantization.quantize_v2(tf.constant([0.0, 0.5, 1.0]), 0.0, 1.0, tf.quint8)
    return tf.contrib.quantization.dequantize(quantized.output, quantized.output_min, quantized.output_max)


def _autograph(tf):
    def relu(x):
        if x > 0:  # noqa: SIM108
            y = x
        else:
            y = x * 0.1
        return y

    converted = tf.contrib.autograph.to_graph(relu)
    return [converted(tf.constant(-2.0)), converted(tf.constant(3.0))]


CALLS = {
    "batch_function_v1": _batched,
    "batch_function_v1 of sizes": lambda tf: _batched(tf, allowed_batch_sizes=[3, 10], max_enqueued_batches=2),
    "batch_function_v1 of no tensor": _batch_of_no_tensor,
    "build_ring_all_reduce": _reduced("build_ring_all_reduce", _workers, lambda tf: 1, lambda tf: [0, 1], _add),
    "build_recursive_hd_all_reduce": _reduced("build_recursive_hd_all_reduce", _add),
    "build_shuffle_all_reduce": _reduced("build_shuffle_all_reduce", lambda tf: ["/cpu:0"], lambda tf: tf.add_n),
    "summaries": _summary,
    "assert_summary of other tags": _other_tags,
    "assert_summary of another value": _other_value,
    "FakeSummaryWriter": _fake_writer,
    "FakeSummaryWriter not installed": lambda tf: tf.contrib.testing.FakeSummaryWriter.uninstall(),
    "print_model_analysis": _profiled,
    "quantize_v2": _quantized,
    "to_graph": _autograph,
    "ProfilerHook": lambda tf: _module(tf, "hooks", "").ProfilerHook is tf.train.ProfilerHook,
    "encode_proto": lambda tf: tf.contrib.proto.encode_proto is tf.io.encode_proto,
    "decode_proto": lambda tf: tf.contrib.proto.decode_proto is tf.io.decode_proto,
    "experimental_jit_scope": lambda tf: (
        tf.contrib.compiler.jit.experimental_jit_scope is tf.xla.experimental.jit_scope
    ),
}
