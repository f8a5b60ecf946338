"""``experimental``: marks functions that may change."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.util import decorator_utils

_NOTICE = "THIS FUNCTION IS EXPERIMENTAL. It may change or be removed at any time, and without warning."


def experimental(func: Callable[..., Any]) -> Callable[..., Any]:
    """Returns a function that warns on every call that it is experimental, as its docstring does.

    Raises:
        ValueError: ``func`` cannot be called.
    """
    decorator_utils.validate_callable(func, "experimental")

    @functools.wraps(func)
    def warning(*arguments: Any, **options: Any) -> Any:
        logging.warning(
            "%s (from %s) is experimental and may change or be removed at any time, and without warning.",
            decorator_utils.get_qualified_name(func),
            func.__module__,
        )
        return func(*arguments, **options)

    warning.__doc__ = decorator_utils.add_notice_to_docstring(
        func.__doc__, "", "EXPERIMENTAL FUNCTION", "(experimental)", [_NOTICE]
    )
    return warning
