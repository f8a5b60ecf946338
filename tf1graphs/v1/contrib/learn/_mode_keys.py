"""The modes of a model function."""


class ModeKeys:
    """The modes of a model function; inference has another name here than in ``tf.estimator``."""

    TRAIN = "train"
    EVAL = "eval"
    INFER = "infer"

    @classmethod
    def validate(cls, key: str) -> None:
        """Checks a mode.

        Raises:
            ValueError: There is no such mode.
        """
        if key not in (cls.TRAIN, cls.EVAL, cls.INFER):
            raise ValueError(f"Invalid mode {key}.")
