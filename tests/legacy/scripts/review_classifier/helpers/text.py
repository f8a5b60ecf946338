"""Words to numbers."""
import numpy as np


def build_vocabulary(texts):
    return {word: i + 1 for i, word in enumerate(sorted(set(' '.join(texts).split())))}


def encode(reviews, vocabulary):
    longest = max(len(text.split()) for text, _ in reviews)
    ids = np.zeros((len(reviews), longest), np.int32)
    for row, (text, _) in zip(ids, reviews):
        words = [vocabulary.get(word, 0) for word in text.split()]
        row[:len(words)] = words
    return ids, np.array([label for _, label in reviews], np.float32)


def batches(reviews, vocabulary, size, seed):
    order = np.random.RandomState(seed).permutation(len(reviews))
    for start in range(0, len(reviews), size):
        yield encode([reviews[i] for i in order[start:start + size]], vocabulary)
