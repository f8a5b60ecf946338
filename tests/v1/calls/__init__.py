"""Small uses of the parts of the API that tf1graphs supplies: a file for each group, with its table ``CALLS``.

They run on Python 3.7 too: ``tests/oracle/record_calls.py`` records what each gives on TensorFlow 1.15.
"""

import importlib
from pathlib import Path


def groups():
    """Returns the names of the groups, in order."""
    files = Path(__file__).parent.glob("*.py")
    return sorted(file.stem for file in files if file.stem not in ("__init__", "inputs"))


def calls(group):
    """Returns the calls of a group: name -> function of ``tf``."""
    return importlib.import_module("calls." + group).CALLS
