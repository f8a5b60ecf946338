"""The errors of this package's data readers."""

from __future__ import annotations


class DatasetError(ValueError):
    """Data that cannot be used.

    The message is one line that names the file or directory, says what is wrong with
    it, and says what to do.
    """


class UnavailableError(Exception):
    """The files cannot be had from the network; the message says why."""
