"""``tf.flags`` as old programs use it: names that absl has taken, defaults of any type, ``FLAGS._parse_flags()``."""

from __future__ import annotations

import sys
from typing import Any


def _free_names_of_absl(values: Any) -> None:
    """Lets a program define ``log_dir`` and the other flags that absl's own modules define for themselves."""
    define = type(values).__setitem__

    def redefine(self: Any, name: str, flag: Any) -> None:
        owner = self.find_module_defining_flag(name) if name in self else None
        if owner and owner.startswith("absl."):
            flag.allow_override = True
            self[name].allow_override = True
        define(self, name, flag)

    type(values).__setitem__ = redefine


def _accept_any_default(flags: Any) -> None:
    """Keeps a default that the flag's own parser refuses, such as 1e5 for an integer, as TF had it before 1.5."""
    set_default = flags.Flag._set_default

    def set_any_default(self: Any, value: Any) -> None:
        try:
            set_default(self, value)
        except flags.IllegalFlagValueError:
            if isinstance(value, str):
                raise
            self.default, self.default_as_str, self.value = value, repr(str(value)), value

    flags.Flag._set_default = set_any_default


def restore() -> None:
    """Changes absl's flags for this process."""
    from absl import flags

    _free_names_of_absl(flags.FLAGS)
    _accept_any_default(flags)
    values: Any = type(flags.FLAGS)
    values._parse_flags = lambda self: self(sys.argv)
