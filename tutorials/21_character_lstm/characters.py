"""A text as numbers, what the network reads of it, and how the next character is chosen."""

import numpy as np

from tf1graphs import datasets, tutorial

n_step = 60
# 0 stands for greedy: the most probable character each time.
temperatures = [0, 0.2, 0.5, 1.0, 1.2]


def add_options(options):
    tutorial.add_data(options, "a text file (UTF-8) to learn from")
    options.add_argument(
        "--text",
        choices=["keeper", "nietzsche"],
        default="keeper",
        help="without --data: the embedded keeper's book (the default), or Nietzsche, downloaded once",
    )


def read(args):
    """Returns the text to learn from, in lower case."""
    if args.data:
        text = datasets.text.read(args.data)
    elif args.text == "nietzsche":
        text = datasets.text.nietzsche()
    else:
        text = datasets.text.keepers_book()
    # The epoch that begins last must fill a batch, too.
    needed = n_step + args.stride * args.batch_size
    if len(text) < needed:
        tutorial.fail(f"the text has {len(text)} characters; one batch of {args.batch_size} needs {needed} or more")
    return text.lower()


def encode(text, alphabet):
    """Returns the number of each character in the alphabet."""
    numbers = {character: number for number, character in enumerate(alphabet)}
    return np.array([numbers[character] for character in text], np.int32)


def windows(codes, stride, first):
    """Returns windows of 60 characters, one every ``stride`` from ``first`` on, and the character behind each."""
    starts = np.arange(first, len(codes) - n_step, stride)
    return codes[starts[:, np.newaxis] + np.arange(n_step)], codes[starts + n_step]


def epoch_batches(codes, epoch, args, random):
    """Returns an epoch's windows [steps, batch, 60] and the characters behind them [steps, batch], in a random order.

    Each epoch begins one character later than the one before, so that after ``stride`` epochs every character of the
    text has been asked for, and not only every third. What fills no batch is left out.
    """
    inputs, targets = windows(codes, args.stride, epoch % args.stride)
    steps = len(inputs) // args.batch_size
    order = random.permutation(len(inputs))[: steps * args.batch_size].reshape(steps, args.batch_size)
    return inputs[order], targets[order]


def seed_start(text, random):
    """Returns where 60 characters begin that end with a space, so that a word is to follow; 0 if there are none."""
    ends = [end for end in range(n_step, len(text)) if text[end - 1] == " "] or [n_step]
    return random.choice(ends) - n_step


def probabilities(logits, temperature):
    """Returns softmax(logits / temperature): the lower the temperature, the more the likely ones are preferred."""
    if temperature == 0:
        return np.eye(len(logits))[np.argmax(logits)]
    weights = np.exp((logits - logits.max()) / np.float64(temperature))
    return weights / weights.sum()


def write(logits_of, seed, length, random):
    """Goes on from a window [60] at each temperature, character by character.

    Args:
        logits_of: function from windows [temperatures, 60] to the logits of the characters that follow.
        seed: the numbers of the first 60 characters.
        length: how many characters to write.
        random: draws them.

    Returns:
        The numbers of the characters, [temperatures, length].
    """
    codes = np.tile(seed, [len(temperatures), 1])
    for _ in tutorial.progress(range(length), "Writing"):
        logits = logits_of(codes[:, -n_step:])
        rows = [probabilities(*each) for each in zip(logits, temperatures)]
        chosen = [[random.choice(len(row), p=row)] for row in rows]
        codes = np.concatenate([codes, np.array(chosen, np.int32)], axis=1)
    return codes[:, n_step:]


def print_samples(seed_text, samples):
    """Prints what was written at each temperature behind the seed text."""
    print("\n=== Seed:", repr(seed_text), "===")
    for temperature, sample in zip(temperatures, samples):
        print("\n--- temperature", temperature, "(greedy) ---" if temperature == 0 else "---")
        print(sample)
