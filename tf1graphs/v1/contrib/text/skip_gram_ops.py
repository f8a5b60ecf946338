"""``tf.contrib.text.python.ops.skip_gram_ops``: pairs for the skip-gram model, with rare and frequent words left out.

Source: Mikolov and others, "Distributed Representations of Words and Phrases and their Compositionality",
https://arxiv.org/abs/1310.4546, section 2.3, with the probability of their program.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from tensorflow.python.framework import dtypes, ops, random_seed
from tensorflow.python.ops import array_ops, math_ops, random_ops
from tensorflow.python.platform import gfile
from tensorflow.python.training import input as input_ops

from tf1graphs.v1.contrib import lookup
from tf1graphs.v1.contrib.text._candidates import candidates

__all__ = ["skip_gram_sample", "skip_gram_sample_with_text_vocab"]

_BATCHES_IN_QUEUE = 100


def skip_gram_sample(
    input_tensor: Any,
    min_skips: Any = 1,
    max_skips: Any = 5,
    start: Any = 0,
    limit: Any = -1,
    emit_self_as_target: Any = False,
    vocab_freq_table: Any = None,
    vocab_min_count: Any = None,
    vocab_subsampling: float | None = None,
    corpus_size: Any = None,
    batch_size: int | None = None,
    batch_capacity: int | None = None,
    seed: int | None = None,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Returns tokens and, for each, a token near it, both [pairs], or batches of them.

    Args:
        input_tensor: The tokens, [n].
        min_skips: The greatest distance of a pair is random for each token: at least this.
        max_skips: At most this.
        start: The place of the first token that counts.
        limit: How many count; all if it is negative.
        emit_self_as_target: Whether a token is paired with itself.
        vocab_freq_table: A table of the frequencies of tokens; those that it lacks are left out.
        vocab_min_count: Tokens with a smaller frequency are left out.
        vocab_subsampling: Tokens more frequent than this fraction are left out at random.
        corpus_size: The sum of all frequencies.
        batch_size: The size of batches, which come from a queue; without it all pairs come at once.
        batch_capacity: The capacity of the queue.
        seed: The seed of the random numbers.
        name: The name scope.

    Raises:
        ValueError: Arguments that need each other are not given together, or are out of range.
    """
    of_table = (vocab_min_count, vocab_subsampling, corpus_size)
    if vocab_freq_table is None and any(each is not None for each in of_table):
        raise ValueError(
            f"vocab_freq_table is not provided, but vocab_min_count={vocab_min_count}, "
            f"vocab_subsampling={vocab_subsampling}, or corpus_size={corpus_size} is not None. "
            "These settings are useless without a vocab_freq_table."
        )
    if (vocab_subsampling is None) != (corpus_size is None):
        raise ValueError(
            f"vocab_subsampling is {vocab_subsampling} while corpus_size is {corpus_size} - "
            "both must be provided in order for subsampling to work."
        )
    given = [input_tensor, min_skips, max_skips, start, limit]
    with ops.name_scope(name, "skip_gram_sample", values=given):
        if vocab_freq_table is not None:
            input_tensor = _filtered(
                input_tensor, vocab_freq_table, vocab_min_count, vocab_subsampling, corpus_size, seed
            )
        seeds = random_seed.get_seed(seed)
        with ops.name_scope("SkipGramGenerateCandidates"):
            tokens = ops.convert_to_tensor(input_tensor, name="input_tensor")
            sizes = [ops.convert_to_tensor(each, dtypes.int32) for each in (min_skips, max_skips, start, limit)]
            emit_self = ops.convert_to_tensor(emit_self_as_target, dtypes.bool)
            pairs: tuple[Any, Any] = candidates(tokens, *sizes, emit_self, seeds)
        if not batch_size or batch_size < 0:
            return pairs
        capacity = batch_capacity if batch_capacity and batch_capacity > 0 else _BATCHES_IN_QUEUE * batch_size
        first, second = input_ops.batch(list(pairs), batch_size, capacity=capacity, enqueue_many=True)
        return first, second


def skip_gram_sample_with_text_vocab(
    input_tensor: Any,
    vocab_freq_file: str,
    vocab_token_index: int = 0,
    vocab_token_dtype: Any = dtypes.string,
    vocab_freq_index: int = 1,
    vocab_freq_dtype: Any = dtypes.float64,
    vocab_delimiter: str = ",",
    vocab_min_count: Any = 0,
    vocab_subsampling: float | None = None,
    corpus_size: Any = None,
    min_skips: Any = 1,
    max_skips: Any = 5,
    start: Any = 0,
    limit: Any = -1,
    emit_self_as_target: Any = False,
    batch_size: int | None = None,
    batch_capacity: int | None = None,
    seed: int | None = None,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Returns what ``skip_gram_sample`` does, with the table of a file that has a token and its frequency a line.

    Args:
        input_tensor: The tokens, [n].
        vocab_freq_file: The file.
        vocab_token_index: The column of the token.
        vocab_token_dtype: Its dtype.
        vocab_freq_index: The column of the frequency.
        vocab_freq_dtype: Its dtype.
        vocab_delimiter: What stands between columns.
        vocab_min_count: As there.
        vocab_subsampling: As there.
        corpus_size: As there; the sum of the frequencies without it.
        min_skips: As there.
        max_skips: As there.
        start: As there.
        limit: As there.
        emit_self_as_target: As there.
        batch_size: As there.
        batch_capacity: As there.
        seed: As there.
        name: As there.

    Raises:
        ValueError: The columns are not those of the file, a frequency is negative, or the sum is above ``corpus_size``.
    """
    if vocab_token_index < 0 or vocab_freq_index < 0:
        raise ValueError(
            f"vocab_token_index={vocab_token_index} and vocab_freq_index={vocab_freq_index} must both be >= 0."
        )
    if vocab_token_index == vocab_freq_index:
        raise ValueError(
            f"vocab_token_index and vocab_freq_index should be different, but are both {vocab_token_index}."
        )
    columns = (vocab_token_index, vocab_freq_index)
    frequencies = list(_frequencies(vocab_freq_file, vocab_delimiter, columns, vocab_freq_dtype.as_numpy_dtype))
    total = sum(frequencies, 0.0)
    if not corpus_size:
        corpus_size = total
    elif total - corpus_size > 1e-6:
        raise ValueError(
            f"`corpus_size`={corpus_size} must be greater than or equal to the sum of all the frequency counts "
            f"({total}) of `vocab_freq_file` ({vocab_freq_file})."
        )
    initializer = lookup.TextFileInitializer(
        filename=vocab_freq_file,
        key_dtype=vocab_token_dtype,
        key_index=vocab_token_index,
        value_dtype=vocab_freq_dtype,
        value_index=vocab_freq_index,
        vocab_size=len(frequencies),
        delimiter=vocab_delimiter,
    )
    return skip_gram_sample(
        input_tensor,
        min_skips=min_skips,
        max_skips=max_skips,
        start=start,
        limit=limit,
        emit_self_as_target=emit_self_as_target,
        # A frequency of -1 is none: it stands for tokens that the file lacks.
        vocab_freq_table=lookup.HashTable(initializer, default_value=-1),
        vocab_min_count=vocab_min_count,
        vocab_subsampling=vocab_subsampling,
        corpus_size=None if vocab_subsampling is None else corpus_size,
        batch_size=batch_size,
        batch_capacity=batch_capacity,
        seed=seed,
        name=name,
    )


def _frequencies(file: str, delimiter: str, columns: tuple[int, int], number: Any) -> Iterator[Any]:
    token_index, freq_index = columns
    with gfile.GFile(file, mode="r") as lines:
        for row in csv.reader(lines, delimiter=delimiter):
            if max(columns) >= len(row):
                raise ValueError(
                    f"Row in vocab file only has {len(row)} columns, so vocab_token_index={token_index} or "
                    f"vocab_freq_index={freq_index} is out of bounds. Row content: {row}"
                )
            frequency = number(row[freq_index])
            if frequency < 0:
                raise ValueError(f"Row in vocab file has negative frequency of {frequency}. Row content: {row}")
            yield frequency


def _filtered(
    tokens: Any, table: Any, min_count: Any, subsampling: float | None, corpus_size: Any, seed: int | None
) -> Any:
    """Returns the tokens that are in the table, often enough, and not left out at random."""
    if not isinstance(table, lookup.InitializableLookupTableBase):
        raise ValueError(
            "vocab_freq_table must be a subclass of InitializableLookupTableBase (such as HashTable) "
            f"instead of type {type(table)}."
        )
    with ops.name_scope("filter_vocab", values=[table, tokens, min_count]):
        frequency = table.lookup(tokens)
        kept = math_ops.not_equal(frequency, table.default_value)
        if min_count is not None:
            kept = math_ops.logical_and(kept, frequency >= math_ops.cast(min_count, frequency.dtype))
        tokens = array_ops.boolean_mask(tokens, kept)
        frequency = array_ops.boolean_mask(frequency, kept)
    if not subsampling:
        return tokens
    if subsampling < 0 or subsampling > 1:
        raise ValueError(f"Invalid vocab_subsampling={subsampling} - it should be within range [0, 1].")
    with ops.name_scope("subsample_vocab", values=[tokens, frequency, subsampling]):
        corpus_size = math_ops.cast(corpus_size, dtypes.float64)
        frequency = math_ops.cast(frequency, dtypes.float64)
        threshold = math_ops.cast(subsampling, dtypes.float64)
        root = math_ops.sqrt(frequency / (threshold * corpus_size)) + 1.0
        keep = root * (threshold * corpus_size / frequency)
        drawn = random_ops.random_uniform(
            array_ops.shape(frequency), minval=0, maxval=1, dtype=dtypes.float64, seed=seed
        )
        return array_ops.boolean_mask(tokens, drawn <= keep)
