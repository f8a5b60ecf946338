"""The modes of a model function."""


class ModeKeys:
    """The modes of a model function; inference has another name here than in ``tf.estimator``."""

    TRAIN = "train"
    EVAL = "eval"
    INFER = "infer"
