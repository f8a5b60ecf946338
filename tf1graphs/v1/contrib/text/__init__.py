"""``tf.contrib.text``: pairs of words that stand near each other, for word2vec."""

from tf1graphs.v1.contrib.text.skip_gram_ops import skip_gram_sample, skip_gram_sample_with_text_vocab

__all__ = ["skip_gram_sample", "skip_gram_sample_with_text_vocab"]
