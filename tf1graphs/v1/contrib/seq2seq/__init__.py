"""``tf.contrib.seq2seq``: decoders, attention and beam search for sequence-to-sequence models."""

from tf1graphs.v1.contrib.seq2seq._attention import (
    AttentionMechanism,
    BahdanauAttention,
    LuongAttention,
    _bahdanau_score,
    _BaseAttentionMechanism,
    _luong_score,
    hardmax,
)
from tf1graphs.v1.contrib.seq2seq._attention_wrapper import AttentionWrapper, AttentionWrapperState, _compute_attention
from tf1graphs.v1.contrib.seq2seq._basic_decoder import BasicDecoder, BasicDecoderOutput
from tf1graphs.v1.contrib.seq2seq._beam_search import BeamSearchDecoder, FinalBeamSearchDecoderOutput
from tf1graphs.v1.contrib.seq2seq._beam_search_step import (
    BeamSearchDecoderOutput,
    BeamSearchDecoderState,
    _beam_search_step,
    _get_scores,
    _length_penalty,
    _mask_probs,
    _tensor_gather_helper,
    get_attention_probs,
)
from tf1graphs.v1.contrib.seq2seq._beams import _tile_batch, gather_tree, gather_tree_from_array, tile_batch
from tf1graphs.v1.contrib.seq2seq._custom_helpers import CustomHelper, InferenceHelper
from tf1graphs.v1.contrib.seq2seq._decoder import Decoder, _create_zero_outputs, dynamic_decode
from tf1graphs.v1.contrib.seq2seq._helper import (
    GreedyEmbeddingHelper,
    Helper,
    SampleEmbeddingHelper,
    TrainingHelper,
    _unstack_ta,
)
from tf1graphs.v1.contrib.seq2seq._loss import sequence_loss
from tf1graphs.v1.contrib.seq2seq._memory import _maybe_mask_score, _prepare_memory
from tf1graphs.v1.contrib.seq2seq._monotonic_attention import (
    BahdanauMonotonicAttention,
    LuongMonotonicAttention,
    _BaseMonotonicAttentionMechanism,
    _monotonic_probability_fn,
    monotonic_attention,
    safe_cumprod,
)
from tf1graphs.v1.contrib.seq2seq._sampling import bernoulli_sample, categorical_sample
from tf1graphs.v1.contrib.seq2seq._scheduled_helpers import (
    ScheduledEmbeddingTrainingHelper,
    ScheduledOutputTrainingHelper,
)

__all__ = [
    "AttentionMechanism",
    "AttentionWrapper",
    "AttentionWrapperState",
    "BahdanauAttention",
    "BahdanauMonotonicAttention",
    "BasicDecoder",
    "BasicDecoderOutput",
    "BeamSearchDecoder",
    "BeamSearchDecoderOutput",
    "BeamSearchDecoderState",
    "CustomHelper",
    "Decoder",
    "FinalBeamSearchDecoderOutput",
    "GreedyEmbeddingHelper",
    "Helper",
    "InferenceHelper",
    "LuongAttention",
    "LuongMonotonicAttention",
    "SampleEmbeddingHelper",
    "ScheduledEmbeddingTrainingHelper",
    "ScheduledOutputTrainingHelper",
    "TrainingHelper",
    "dynamic_decode",
    "gather_tree",
    "hardmax",
    "monotonic_attention",
    "safe_cumprod",
    "sequence_loss",
    "tile_batch",
    # Programs import these from the modules below python/ops, which are this one here.
    "_BaseAttentionMechanism",
    "_BaseMonotonicAttentionMechanism",
    "_bahdanau_score",
    "_beam_search_step",
    "_compute_attention",
    "_create_zero_outputs",
    "_get_scores",
    "_length_penalty",
    "_luong_score",
    "_mask_probs",
    "_maybe_mask_score",
    "_monotonic_probability_fn",
    "_prepare_memory",
    "_tensor_gather_helper",
    "_tile_batch",
    "_unstack_ta",
    "bernoulli_sample",
    "categorical_sample",
    "gather_tree_from_array",
    "get_attention_probs",
]
