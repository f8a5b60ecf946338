"""Imports a tutorial's script, whose folder is no package, from its path."""

import importlib.util
import sys


def load(path):
    """Returns the module in the file at ``path``, which may import its neighbours."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", str(path))
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
        # The next tutorial's neighbours may have the same names.
        for neighbour in path.parent.glob("*.py"):
            sys.modules.pop(neighbour.stem, None)
    return module
