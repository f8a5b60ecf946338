"""``tf.contrib.crf``: linear chain conditional random fields.

Everywhere ``inputs`` are unary scores ``[batch, time, tags]``, ``sequence_lengths`` is ``[batch]`` and
``transition_params`` is ``[tags, tags]``, the score of the tag of the row being followed by the tag of the column.

Source: Lafferty, McCallum and Pereira, Conditional Random Fields, ICML 2001; the forward and Viterbi recursions are
those of Rabiner, A Tutorial on Hidden Markov Models, 1989, section III.
"""

from tf1graphs.v1.contrib.crf._decoding import (
    CrfDecodeBackwardRnnCell,
    CrfDecodeForwardRnnCell,
    crf_decode,
    viterbi_decode,
)
from tf1graphs.v1.contrib.crf._scores import (
    CrfForwardRnnCell,
    crf_binary_score,
    crf_log_likelihood,
    crf_log_norm,
    crf_multitag_sequence_score,
    crf_sequence_score,
    crf_unary_score,
)

__all__ = [
    "CrfDecodeBackwardRnnCell",
    "CrfDecodeForwardRnnCell",
    "CrfForwardRnnCell",
    "crf_binary_score",
    "crf_decode",
    "crf_log_likelihood",
    "crf_log_norm",
    "crf_multitag_sequence_score",
    "crf_sequence_score",
    "crf_unary_score",
    "viterbi_decode",
]
