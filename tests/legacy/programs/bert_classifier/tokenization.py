"""Text to word pieces: a basic tokenizer (case, accents, punctuation) and greedy longest-match word pieces."""
from __future__ import absolute_import, division, print_function

import collections
import unicodedata

import six
import tensorflow as tf


def to_unicode(text):
    if isinstance(text, six.text_type):
        return text
    return text.decode('utf-8', 'ignore')


def load_vocab(vocab_file):
    """Reads a vocabulary file, one piece a line, into an ordered dictionary of ids."""
    vocab = collections.OrderedDict()
    with tf.gfile.GFile(vocab_file, 'r') as reader:
        for line in reader:
            vocab[to_unicode(line).strip()] = len(vocab)
    return vocab


def is_punctuation(char):
    code = ord(char)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(char).startswith('P')


class BasicTokenizer(object):
    def __init__(self, do_lower_case=True):
        self.do_lower_case = do_lower_case

    def tokenize(self, text):
        tokens = []
        for token in to_unicode(text).split():
            if self.do_lower_case:
                decomposed = unicodedata.normalize('NFD', token.lower())
                token = ''.join(c for c in decomposed if unicodedata.category(c) != 'Mn')
            tokens.extend(self._split_on_punctuation(token))
        return tokens

    def _split_on_punctuation(self, token):
        words, start_new = [], True
        for char in token:
            if is_punctuation(char):
                words.append([char])
                start_new = True
            else:
                if start_new:
                    words.append([])
                start_new = False
                words[-1].append(char)
        return [''.join(word) for word in words]


class WordpieceTokenizer(object):
    def __init__(self, vocab, unk_token='[UNK]', max_chars=50):
        self.vocab, self.unk_token, self.max_chars = vocab, unk_token, max_chars

    def tokenize(self, word):
        if len(word) > self.max_chars:
            return [self.unk_token]
        pieces, start = [], 0
        while start < len(word):
            end = len(word)
            while start < end and ('##' if start else '') + word[start:end] not in self.vocab:
                end -= 1
            if end == start:
                return [self.unk_token]
            pieces.append(('##' if start else '') + word[start:end])
            start = end
        return pieces


class FullTokenizer(object):
    def __init__(self, vocab_file, do_lower_case=True):
        self.vocab = load_vocab(vocab_file)
        self.inv_vocab = {v: k for k, v in six.iteritems(self.vocab)}
        self.basic_tokenizer = BasicTokenizer(do_lower_case)
        self.wordpiece_tokenizer = WordpieceTokenizer(self.vocab)

    def tokenize(self, text):
        words = self.basic_tokenizer.tokenize(text)
        return [piece for word in words for piece in self.wordpiece_tokenizer.tokenize(word)]

    def convert_tokens_to_ids(self, tokens):
        return [self.vocab[token] for token in tokens]

    def convert_ids_to_tokens(self, ids):
        return [self.inv_vocab[i] for i in ids]
