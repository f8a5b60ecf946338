"""Byte-pair encoding: text to bytes, bytes to printable characters, characters merged by rank."""
import collections
import re

PATTERN = re.compile(r"""'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+""")


def bytes_to_unicode():
    """A printable character for every byte."""
    printable = list(range(ord('!'), ord('~') + 1)) + list(range(0xa1, 0xad)) + list(range(0xae, 0x100))
    table = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(256 + byte)
    return table


def get_pairs(word):
    return list(zip(word[:-1], word[1:]))


def merge(word, pair):
    merged, i = [], 0
    while i < len(word):
        if tuple(word[i:i + 2]) == pair:
            merged.append(word[i] + word[i + 1])
            i += 2
        else:
            merged.append(word[i])
            i += 1
    return tuple(merged)


def learn_merges(text, count):
    """The pairs that stand together most often, one after the other."""
    characters = bytes_to_unicode()
    words = collections.Counter(tuple(characters[b] for b in token.encode('utf-8')) for token in PATTERN.findall(text))
    merges = []
    for _ in range(count):
        pairs = collections.Counter()
        for word, times in words.items():
            for pair in get_pairs(word):
                pairs[pair] += times
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        merged = collections.Counter()
        for word, times in words.items():
            merged[merge(word, best)] += times
        words = merged
    return merges


class Encoder(object):
    def __init__(self, symbols, bpe_merges):
        self.encoder = {symbol: i for i, symbol in enumerate(symbols)}
        self.decoder = {i: symbol for symbol, i in self.encoder.items()}
        self.byte_encoder = bytes_to_unicode()
        self.byte_decoder = {c: b for b, c in self.byte_encoder.items()}
        self.bpe_ranks = dict(zip(bpe_merges, range(len(bpe_merges))))
        self.cache = {}

    def bpe(self, token):
        if token not in self.cache:
            word = tuple(token)
            while len(word) > 1:
                best = min(get_pairs(word), key=lambda pair: self.bpe_ranks.get(pair, float('inf')))
                if best not in self.bpe_ranks:
                    break
                word = merge(word, best)
            self.cache[token] = word
        return self.cache[token]

    def encode(self, text):
        tokens = [''.join(self.byte_encoder[b] for b in token.encode('utf-8')) for token in PATTERN.findall(text)]
        return [self.encoder[piece] for token in tokens for piece in self.bpe(token)]

    def decode(self, ids):
        text = ''.join(self.decoder[i] for i in ids)
        return bytearray(self.byte_decoder[c] for c in text).decode('utf-8', errors='replace')


def get_encoder(text, merges=40):
    pairs = learn_merges(text, merges)
    characters = bytes_to_unicode()
    symbols = sorted({characters[b] for b in text.encode('utf-8')}) + [''.join(pair) for pair in pairs] + ['<|end|>']
    return Encoder(symbols, pairs)
