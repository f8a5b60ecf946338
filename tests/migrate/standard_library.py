"""Files of the standard library, as input that is not ours."""

from __future__ import annotations

import sysconfig
from functools import cache
from pathlib import Path

_FOLDER = Path(sysconfig.get_paths()["stdlib"])


@cache
def sample(step: int = 25) -> list[Path]:
    """Returns every ``step``-th file of the standard library, its tests included, where there are any."""
    return sorted(file for file in _FOLDER.rglob("*.py") if "site-packages" not in file.parts)[::step]
