"""What each tutorial is fed when its outputs are compared and its steps are timed."""

import numpy as np

from tf1graphs.datasets import textures


class Case:
    """How to train and evaluate one tutorial.

    Attributes:
        batch: function of a ``RandomState`` that returns one batch: placeholder name -> array, in the order in which
            the TF2 version's ``train`` takes them.
        steps: (train op, cost, names of what it is fed) of each optimizer, in the order in which they run; none where
            nothing is trained.
        output: (output, names of what it is fed).
        settings: placeholder name -> value while training, for what is no part of a batch.
        evaluation: the same while the output is computed.
        options: keyword arguments of the TF1 version's ``build`` and of the TF2 version's ``Model``.
    """

    def __init__(
        self,
        batch,
        steps=(("train_op", "cost", ("X", "Y")),),
        output=("model", ("X",)),
        settings=None,
        evaluation=None,
        options=None,
    ):
        self.batch = batch
        self.steps = steps
        self.output = output
        self.settings = settings or {}
        self.evaluation = evaluation or {}
        self.options = options or {}

    def batches(self, count):
        """Returns ``count`` batches, the same ones at every call."""
        random = np.random.RandomState(1)
        return [self.batch(random) for _ in range(count)]

    def inputs(self):
        """Returns what the output is computed from, as ``batch`` does."""
        (batch,) = self.batches(1)
        return {name: batch[name] for name in self.output[1]}


def folder(name):
    """Returns the tutorial's folder; a further case of a tutorial is named ``folder.variant``."""
    return name.partition(".")[0]


def uniform(random, *shape):
    return random.uniform(size=shape).astype(np.float32)


def normal(random, *shape):
    return random.normal(size=shape).astype(np.float32)


def one_hot(random, count, classes):
    return np.eye(classes, dtype=np.float32)[random.randint(classes, size=count)]


def _animals(random):
    return {"X": random.randint(2, size=(6, 2)).astype(np.float32), "Y": one_hot(random, 6, 3)}


def _images(random):
    return {"X": uniform(random, 32, 784), "Y": one_hot(random, 32, 10)}


def _rows(random):
    return {"X": uniform(random, 32, 28, 28), "Y": one_hot(random, 32, 10)}


def _words(random, n_step, lengths):
    count = len(lengths)
    return {
        "X": one_hot(random, (count, n_step), 26),
        "lengths": np.array(lengths, np.int32),
        "Y": random.randint(26, size=count).astype(np.int32),
    }


def _words_case(n_step, lengths):
    return Case(
        lambda random: _words(random, n_step, lengths),
        steps=(("train_op", "cost", ("X", "lengths", "Y")),),
        output=("model", ("X", "lengths")),
        settings={"keep_prob": 0.5},
        evaluation={"keep_prob": 1.0},
    )


def _translations(random):
    return {
        "enc_input": one_hot(random, (8, 4), 41),
        "dec_input": one_hot(random, (8, 3), 41),
        "targets": random.randint(41, size=(8, 3)).astype(np.int32),
    }


def _pictures(random):
    """Returns pictures of ten shapes made of few different patches.

    Noise in place of shapes would be no test of a CNN: the last bit then decides which ReLUs open, Adam makes whole
    steps of the smallest gradients, and weights 1e-7 apart are 1e-2 apart after 100 steps, in one version alone too.
    """
    blocks = np.random.RandomState(2).uniform(size=(10, 7, 7)) < 0.2
    shapes = 0.3 * np.kron(blocks, np.ones((4, 4))).reshape(10, 28, 28, 1)
    labels = one_hot(random, 32, 10)
    return {"X": shapes[labels.argmax(axis=1)].astype(np.float32), "Y": labels}


def _characters(random):
    return {
        "X": random.randint(32, size=(16, 60)).astype(np.int32),
        "Y": random.randint(32, size=16).astype(np.int32),
    }


def _verses(random):
    return {
        "source": random.randint(1, 200, size=(8, 14)).astype(np.int32),
        "target": random.randint(200, size=(8, 14)).astype(np.int32),
    }


def _melody(random):
    return {"X": uniform(random, 4, 2), "Y": random.randint(27, size=4).astype(np.int32)}


def _textures(random):
    pictures, labels = textures.batch(random, 8, 32)
    return {"X": pictures, "Y": labels}


def _scenes(random):
    return {"X": uniform(random, 4, 40, 40, 1), "Y": one_hot(random, (4, 40, 40), 4)}


_TRAINING = {"keep_prob": 0.8, "is_training": True}
_EVALUATION = {"keep_prob": 1.0, "is_training": False}

CASES = {
    "02_placeholders_and_variables": Case(
        lambda random: {"X": uniform(random, 2, 3)}, steps=(), output=("expr", ("X",))
    ),
    "03_linear_regression": Case(lambda random: {"X": uniform(random, 3), "Y": uniform(random, 3)}),
    "04_classifier": Case(_animals),
    "05_deep_network": Case(_animals),
    "06_checkpoints": Case(_animals),
    "07_tensorboard": Case(_animals),
    "08_mnist": Case(_images),
    "09_dropout_and_batch_norm": Case(_images, settings=_TRAINING, evaluation=_EVALUATION),
    "09_dropout_and_batch_norm.dropout": Case(
        _images, settings=_TRAINING, evaluation=_EVALUATION, options={"normalize": False}
    ),
    "10_cnn": Case(_pictures, settings={"keep_prob": 0.7}, evaluation={"keep_prob": 1.0}),
    "10_cnn.rmsprop": Case(
        _pictures, settings={"keep_prob": 0.7}, evaluation={"keep_prob": 1.0}, options={"optimizer": "rmsprop"}
    ),
    "11_cnn_layers": Case(_pictures, settings={"is_training": True}, evaluation={"is_training": False}),
    "12_autoencoder": Case(
        lambda random: {"X": uniform(random, 32, 784)},
        steps=(("train_op", "cost", ("X",)),),
        output=("decoder", ("X",)),
    ),
    "13_gan": Case(
        lambda random: {"X": uniform(random, 32, 784), "Z": normal(random, 32, 128)},
        steps=(("train_D", "loss_D", ("X", "Z")), ("train_G", "loss_G", ("Z",))),
        output=("G", ("Z",)),
    ),
    "14_conditional_gan": Case(
        lambda random: {**_images(random), "Z": normal(random, 32, 128)},
        steps=(("train_D", "loss_D", ("X", "Y", "Z")), ("train_G", "loss_G", ("Y", "Z"))),
        output=("G", ("Y", "Z")),
    ),
    "15_rnn_mnist": Case(_rows),
    "16_word_completion": _words_case(6, [6, 2, 3, 5, 3, 4, 1, 6]),
    "16_word_completion.four_letters": _words_case(3, [3] * 8),
    "17_seq2seq": Case(
        _translations,
        steps=(("train_op", "cost", ("enc_input", "dec_input", "targets")),),
        output=("model", ("enc_input", "dec_input")),
        settings={"keep_prob": 0.5},
        evaluation={"keep_prob": 1.0},
        options={"n_class": 41},
    ),
    "21_character_lstm": Case(_characters, options={"n_class": 32}),
    "22_lyricist": Case(
        _verses,
        steps=(("train_op", "cost", ("source", "target")),),
        output=("model", ("source",)),
        options={"n_class": 200},
    ),
    "23_stateful_lstm": Case(_melody, options={"n_features": 2, "n_class": 27}),
    "29_saving_models": Case(_images),
    "30_input_pipelines": Case(_images),
    "18_linear_and_convolution_layers": Case(_pictures),
    "18_linear_and_convolution_layers.dense": Case(_pictures, options={"network": "dense 6"}),
    "19_separable_convolution": Case(_pictures, settings={"is_training": True}, evaluation={"is_training": False}),
    "19_separable_convolution.plain": Case(
        _pictures, settings={"is_training": True}, evaluation={"is_training": False}, options={"separable": False}
    ),
    **{
        "20_convolutional_autoencoder." + way.replace(" ", "_"): Case(
            lambda random: {"X": _pictures(random)["X"]},
            steps=(("train_op", "cost", ("X",)),),
            options={"network": way},
        )
        for way in ("nearest neighbour", "bed of nails", "max unpooling", "transposed convolution")
    },
    "24_deepdream": Case(_textures),
    "25_style_transfer": Case(_textures),
    "31_distributed_training": Case(_images),
    # Its batches are what it has played, so that it takes no steps on given ones.
    "32_reinforcement": Case(
        lambda random: {"S": random.randint(2, size=(32, 35)).astype(np.float32)}, steps=(), output=("Q", ("S",))
    ),
    "26_ensemble_and_search": Case(_images),
    "26_ensemble_and_search.convolutional": Case(_images, options={"network": "convolutional"}),
    "26_ensemble_and_search.recurrent": Case(_images, options={"network": "recurrent"}),
    "27_evaluation": Case(_images),
    "27_evaluation.segmentation": Case(_scenes, options={"task": "segmentation"}),
    "28_augmentation": Case(_pictures, settings={"is_augmented": True}, evaluation={"is_augmented": False}),
}
