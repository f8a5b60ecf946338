"""``tf.contrib.legacy_seq2seq``: sequence-to-sequence models over lists of time steps."""

from tf1graphs.v1.contrib.legacy_seq2seq._attention import attention_decoder, embedding_attention_decoder
from tf1graphs.v1.contrib.legacy_seq2seq._decoders import (
    _extract_argmax_and_embed,
    embedding_rnn_decoder,
    rnn_decoder,
)
from tf1graphs.v1.contrib.legacy_seq2seq._losses import model_with_buckets, sequence_loss, sequence_loss_by_example
from tf1graphs.v1.contrib.legacy_seq2seq._models import (
    basic_rnn_seq2seq,
    embedding_attention_seq2seq,
    embedding_rnn_seq2seq,
    embedding_tied_rnn_seq2seq,
    tied_rnn_seq2seq,
)
from tf1graphs.v1.contrib.legacy_seq2seq._one_to_many import one2many_rnn_seq2seq

__all__ = [
    "attention_decoder",
    "basic_rnn_seq2seq",
    "embedding_attention_decoder",
    "embedding_attention_seq2seq",
    "embedding_rnn_decoder",
    "embedding_rnn_seq2seq",
    "embedding_tied_rnn_seq2seq",
    "model_with_buckets",
    "one2many_rnn_seq2seq",
    "rnn_decoder",
    "sequence_loss",
    "sequence_loss_by_example",
    "tied_rnn_seq2seq",
    # Programs import this from python/ops/seq2seq, which is this module here.
    "_extract_argmax_and_embed",
]
