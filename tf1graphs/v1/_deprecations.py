"""Silences the deprecation notices of TF1's own names: who imports ``tf1graphs.v1`` has asked for them."""

from __future__ import annotations

import logging
import re
import warnings

_NOTICE_OF_TF_KERAS = re.compile(r"`(tf\.nn\.rnn_cell|tf\.layers|Layer|layer)\.\w+` (is|are) deprecated|The name tf\.")


def _is_no_notice(record: logging.LogRecord) -> bool:
    return not _NOTICE_OF_TF_KERAS.match(record.getMessage().removeprefix("From "))


def silence() -> None:
    """Drops TensorFlow's and tf-keras's notices that a TF1 name is deprecated; all other warnings stay."""
    from tensorflow.python.util import deprecation

    deprecation._PRINT_DEPRECATION_WARNINGS = False
    warnings.filterwarnings("ignore", message=_NOTICE_OF_TF_KERAS.pattern, category=UserWarning)
    logging.getLogger("tensorflow").addFilter(_is_no_notice)
