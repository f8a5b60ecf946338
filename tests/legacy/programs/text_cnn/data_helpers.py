import re

import numpy as np

SUBJECTS = ['the plot', 'the cast', 'its music', 'the ending', 'the director', 'every scene']
GOOD = ['is a joy', "doesn't disappoint", 'moves and delights', 'shines', 'is warm (and funny)']
BAD = ['is a mess', "doesn't work", 'bores and annoys', 'drags on', 'is cold, and dull']
ENDS = ['', ', from first to last', '; see for yourself', ' - as ever']


def clean_str(string):
    """Tokenizes as the Yoon Kim's CNN for sentences did: contractions and punctuation stand alone."""
    string = re.sub(r"[^A-Za-z0-9(),!?\'\`]", ' ', string)
    string = re.sub(r"\'s", " \'s", string)
    string = re.sub(r"n\'t", " n\'t", string)
    string = re.sub(r',', ' , ', string)
    string = re.sub(r'!', ' ! ', string)
    string = re.sub(r'\(', ' ( ', string)
    string = re.sub(r'\)', ' ) ', string)
    string = re.sub(r'\s{2,}', ' ', string)
    return string.strip().lower()


def load_data_and_labels(count=160, seed=3):
    """Sentences and one-hot labels; the last column is of praise."""
    rng = np.random.RandomState(seed)
    texts, labels = [], []
    for i in range(count):
        good = i % 2
        said = (GOOD if good else BAD)[rng.randint(5)]
        texts.append(clean_str(SUBJECTS[rng.randint(6)] + ' ' + said + ENDS[rng.randint(4)]))
        labels.append([1 - good, good])
    return [texts, np.array(labels)]


def batch_iter(data, batch_size, num_epochs, shuffle=True):
    data = np.array(data, dtype=object)
    num_batches = int((len(data) - 1) / batch_size) + 1
    for _ in range(num_epochs):
        order = np.random.permutation(len(data)) if shuffle else np.arange(len(data))
        for number in range(num_batches):
            yield data[order[number * batch_size:(number + 1) * batch_size]]
