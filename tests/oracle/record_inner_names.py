"""Records what stood inside TensorFlow 1.15: the modules of contrib, examples and tensorflow.python, with their names.

``python tests/oracle/record_inner_names.py`` with a Python 3.7 that has tensorflow==1.15.5. It writes
``tf1graphs/v1/_inner_names.txt.gz``: a line for each module, its path below ``tensorflow`` and then its names.
"""

import gzip
import importlib
import pkgutil
import types
from pathlib import Path

import tensorflow  # noqa: F401 (it loads the packages below in the order that they need)

FILE = Path(__file__).resolve().parents[2] / "tf1graphs" / "v1" / "_inner_names.txt.gz"
ROOTS = ["contrib", "examples", "python"]
FUTURE = {"absolute_import", "division", "print_function"}


def modules():
    for root in ROOTS:
        package = importlib.import_module("tensorflow." + root)
        yield package
        paths = pkgutil.walk_packages(package.__path__, "tensorflow.%s." % root, onerror=lambda name: None)
        for name in (path.name for path in paths):
            if not name.endswith("_test"):
                try:
                    yield importlib.import_module(name)
                except Exception as error:
                    print("left out", name, type(error).__name__, error)


def names(module):
    return sorted(
        name
        for name, value in vars(module).items()
        if not name.startswith("__") and not isinstance(value, types.ModuleType) and name not in FUTURE
    )


def line(module):
    name = module.__name__.replace("tensorflow_core", "tensorflow")
    return " ".join([name.partition(".")[2]] + names(module))


text = "\n".join(sorted({line(module) for module in modules()})) + "\n"
# The time of writing is left out: the same names are the same file.
with open(str(FILE), "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
    out.write(text.encode())
