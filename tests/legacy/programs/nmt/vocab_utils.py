import os

import tensorflow as tf

UNK, SOS, EOS = '<unk>', '<s>', '</s>'
UNK_ID = 0


def check_vocab(vocab_file):
    """Returns the number of words; the first three have to be the special ones."""
    with tf.gfile.GFile(vocab_file, 'r') as f:
        vocab = [word.strip() for word in f]
    assert vocab[:3] == [UNK, SOS, EOS], 'The first words of %s are %s' % (vocab_file, vocab[:3])
    return len(vocab)


def create_vocab_tables(src_vocab_file, tgt_vocab_file):
    return [tf.contrib.lookup.index_table_from_file(path, default_value=UNK_ID)
            for path in (src_vocab_file, tgt_vocab_file)]


def write_data(folder, rng):
    """Sentences of a made-up language, whose words stand in the order opposite to that of their translations."""
    pairs = [('sol', 'sun'), ('luna', 'moon'), ('mar', 'sea'), ('alta', 'high'), ('azul', 'blue'), ('ve', 'sees'),
             ('canta', 'sings'), ('y', 'and')]
    for part, count in [('train', 96), ('dev', 8)]:
        path = os.path.join(folder, part)
        with open(path + '.src', 'w') as src, open(path + '.tgt', 'w') as tgt:
            for _ in range(count):
                chosen = [pairs[i] for i in rng.randint(0, len(pairs), rng.randint(2, 5))]
                src.write(' '.join(s for s, _ in chosen) + '\n')
                tgt.write(' '.join(t for _, t in reversed(chosen)) + '\n')
    for side in (0, 1):
        with open(os.path.join(folder, 'vocab.' + ['src', 'tgt'][side]), 'w') as f:
            f.write('\n'.join([UNK, SOS, EOS] + [pair[side] for pair in pairs]) + '\n')
