"""The one error of converting."""


class CouldNotConvert(Exception):
    """A conversion is not possible; the message is one line."""
