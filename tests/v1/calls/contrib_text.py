"""``tf.contrib.text``: pairs of tokens, which ones is up to seeds."""

import os
import tempfile

import numpy as np

from .inputs import contrib

TOKENS = list("abcdefghijkl")


def _sampled(runs=2, graph_seed=7, tokens=TOKENS, **options):
    def call(tf):
        if graph_seed is not None:
            tf.set_random_seed(graph_seed)
        pairs = contrib(tf, "text").skip_gram_sample(tf.constant(tokens), **options)

        def run(session):
            values = [session.run(pairs) for _ in range(runs)]
            text = ["".join(np.asarray(part).astype(str)) for value in values for part in value]
            return text + [len(value[0]) for value in values] + [str(pairs[0].dtype), str(pairs[0].shape)]

        return run

    return call


def _after(tf):
    """The random numbers of ops that come later."""
    tf.set_random_seed(1)
    contrib(tf, "text").skip_gram_sample(tf.constant(TOKENS))
    return tf.random_uniform([3])


def _table(tf, default=-1, words="abcdefgh"):
    keys, values = (
        tf.constant(list(words)),
        tf.constant([1.0, 2.0, 30.0, 4.0, 50.0, 6.0, 7.0, 0.0][: len(words)], tf.float64),
    )
    return tf.contrib.lookup.HashTable(tf.contrib.lookup.KeyValueTensorInitializer(keys, values), default)


def _filtered(**options):
    return lambda tf: _sampled(vocab_freq_table=_table(tf), **options)(tf)


def _batched(tf):
    tf.set_random_seed(2)
    pairs = contrib(tf, "text").skip_gram_sample(tf.constant(TOKENS), max_skips=2, batch_size=4)

    def run(session):
        coordinator = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(session, coordinator)
        values = [session.run(pairs) for _ in range(2)]
        coordinator.request_stop()
        coordinator.join(threads)
        return ["".join(np.asarray(part).astype(str)) for value in values for part in value]

    return run


def _file(text, **options):
    def call(tf):
        handle, name = tempfile.mkstemp()
        with os.fdopen(handle, "w") as file:
            file.write(text)
        tf.set_random_seed(3)
        pairs = contrib(tf, "text").skip_gram_sample_with_text_vocab(tf.constant(TOKENS), name, max_skips=2, **options)
        return list(pairs)

    return call


def _refused(call):
    def described(tf):
        try:
            return call(tf)
        except ValueError as error:
            return str(error).split("instead of type")[0]

    return described


VOCABULARY = "a,5\nb,1\nc,30\nd,2\ne,9\nf,0\n"

CALLS = {
    "all pairs": _sampled(min_skips=2, max_skips=2),
    "random": _sampled(runs=4),
    "random with a seed": _sampled(runs=3, max_skips=3, seed=5, name="pairs"),
    "random with the op's seed alone": _sampled(runs=3, graph_seed=None, seed=9, min_skips=0, max_skips=6),
    "random of a power of 2": _sampled(runs=3, min_skips=1, max_skips=4),
    "a part": _sampled(start=2, limit=5, runs=3),
    "a part beyond the end": _sampled(start=8, limit=50, min_skips=0),
    "itself": _sampled(emit_self_as_target=True, max_skips=2),
    "numbers": _sampled(tokens=list(range(9)), max_skips=2),
    "one token": _sampled(tokens=["a"]),
    "after": _after,
    "table": _filtered(),
    "table and count": _filtered(vocab_min_count=4),
    "table and subsampling": _filtered(vocab_subsampling=0.05, corpus_size=100, runs=3),
    "batches": _batched,
    "file": _file(VOCABULARY),
    "file with subsampling": _file(VOCABULARY, vocab_subsampling=0.1, vocab_min_count=1),
    "file with other columns": _file(
        "5\ta\n1\tb\n9\tc\n", vocab_token_index=1, vocab_freq_index=0, vocab_delimiter="\t"
    ),
    "negative skips": _sampled(min_skips=-1),
    "skips the wrong way": _sampled(min_skips=3, max_skips=2),
    "refuses a count without a table": _refused(_sampled(vocab_min_count=2)),
    "refuses subsampling without a size": _refused(_filtered(vocab_subsampling=0.1)),
    "refuses a subsampling": _refused(_filtered(vocab_subsampling=1.5, corpus_size=10)),
    "refuses another table": _refused(_sampled(vocab_freq_table={"a": 1})),
    "refuses a column": _refused(_file(VOCABULARY, vocab_token_index=-1)),
    "refuses equal columns": _refused(_file(VOCABULARY, vocab_token_index=1)),
    "refuses a short row": _refused(_file("a,1\nb\n")),
    "refuses a negative frequency": _refused(_file("a,1\nb,-2\n")),
    "refuses a short corpus": _file(VOCABULARY, corpus_size=3.0),
}
