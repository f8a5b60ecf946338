"""Verses as numbers: cleaning, a vocabulary, padding, and writing word by word."""

import re
from collections import Counter

import numpy as np

from tf1graphs import datasets, tutorial

# <pad> is 0, so that an array of zeros is padding.
symbols = ["<pad>", "<unk>", "<start>", "<end>"]
pad, unk, start, end = range(4)
# The longest sentence, with <start> and <end>.
n_word = 15


def add_options(options):
    tutorial.add_data(options, "a text file with a verse in each line, or a folder of .txt files")
    options.add_argument(
        "--begin",
        nargs="+",
        default=["", "the river", "my love", "i walked"],
        metavar="WORDS",
        help="what the verses to write begin with",
    )


def clean(line):
    """Returns a line's words and ?.!, as a list; every other character ends a word, and case is dropped."""
    line = re.sub(r"([?.!,])", r" \1 ", line.lower())
    return re.sub(r"[^a-z?.!,]+", " ", line).split()


def read(args):
    """Returns the different sentences [words] that fit; so no sentence to validate with is one to train on."""
    text = datasets.text.read_all(args.data) if args.data else datasets.text.songs()
    sentences = dict.fromkeys(tuple(clean(line)) for line in text.splitlines())
    fitting = [sentence for sentence in sentences if 0 < len(sentence) <= n_word - 2]
    if len(fitting) < 2 * args.batch_size:
        tutorial.fail(
            f"the text has {len(fitting)} different lines of 1 to {n_word - 2} words; "
            f"batches of {args.batch_size} need {2 * args.batch_size} or more"
        )
    return fitting


def split(sentences, random):
    """Returns nine tenths of the sentences to train on, and one tenth to validate with."""
    order = random.permutation(len(sentences))
    n_validation = -(-len(sentences) // 10)
    shuffled = [sentences[number] for number in order]
    return shuffled[n_validation:], shuffled[:n_validation]


def make_vocabulary(sentences, size):
    """Returns the symbols and the most frequent words, ``size`` entries at most; those of equal frequency by letter."""
    counts = Counter(word for sentence in sentences for word in sentence)
    words = sorted(counts, key=lambda word: (-counts[word], word))
    return symbols + words[: size - len(symbols)]


def encode(words, vocabulary):
    """Returns the number of each word; words that the vocabulary lacks are <unk>."""
    numbers = {word: number for number, word in enumerate(vocabulary)}
    return [numbers.get(word, unk) for word in words]


def make_batch(sentences, vocabulary):
    """Returns source and target [sentences, n_word - 1], padded at the end: at each place the target is one word on."""
    rows = np.full([len(sentences), n_word], pad, np.int32)
    for row, sentence in zip(rows, sentences):
        codes = [start, *encode(sentence, vocabulary), end]
        row[: len(codes)] = codes
    return rows[:, :-1], rows[:, 1:]


def shuffled_batches(source, target, batch_size, random):
    """Returns both as [steps, batch, ...] in a new order; what fills no batch is left out."""
    steps = len(source) // batch_size
    order = random.permutation(len(source))[: steps * batch_size].reshape(steps, batch_size)
    return source[order], target[order]


def write(logits_of, begin, vocabulary, random):
    """Returns a verse that begins with the given words: one word after the other is drawn, until <end> or n_word.

    Args:
        logits_of: function from a source [1, n_word - 1] to logits [1, n_word - 1, n_class] of the words that follow.
        begin: the words to begin with.
        vocabulary: all words.
        random: draws them.
    """
    codes = [start, *encode(clean(begin), vocabulary)]
    while len(codes) < n_word and codes[-1] != end:
        source = np.full([1, n_word - 1], pad, np.int32)
        source[0, : len(codes)] = codes
        logits = logits_of(source)[0, len(codes) - 1].astype(np.float64)
        # These are never written: nothing follows padding, a second beginning or a word that is not known.
        logits[[pad, unk, start]] = -np.inf
        # Divided by a temperature of 0.5, which prefers the likely words, as in 21_character_lstm.
        weights = np.exp((logits - logits.max()) / 0.5)
        codes.append(random.choice(len(vocabulary), p=weights / weights.sum()))
    return " ".join(vocabulary[code] for code in codes[1:] if code != end)


def print_epoch(epoch, cost, validation_cost):
    """Prints both costs; perplexity is e to the cost: among how many words the network is as good as guessing."""
    print(
        "Epoch:",
        "%04d" % (epoch + 1),
        "Avg. cost =",
        "{:.3f}".format(cost),
        "validation cost =",
        "{:.3f}".format(validation_cost),
        "perplexity =",
        "{:.1f}".format(np.exp(validation_cost)),
    )
