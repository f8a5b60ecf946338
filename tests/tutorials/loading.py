"""Imports a tutorial's script, whose folder is no package, from its path."""

import importlib.util
import sys


def load(path):
    """Returns the module in the file at ``path``, which may import its neighbours."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
