"""Records the names of TensorFlow 1.15's public API and of its ``tf.contrib``.

``python tests/oracle/record_names.py GOLDEN`` with a Python 3.7 that has tensorflow==1.15.5. GOLDEN is the folder
``tensorflow/tools/api/golden/v1`` of TensorFlow's source at branch r1.15: TensorFlow's own list of its public API, to
which its tests held it. Without GOLDEN only ``tf.contrib`` is recorded, which has no such list and is walked.
It writes ``public_names.txt.gz`` and ``contrib_names.txt.gz`` into ``tests/fixtures/tf115/``.
"""

import functools
import gzip
import importlib
import re
import sys
import types
from pathlib import Path

import tensorflow

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "tf115"
# A line of a golden file that names the API object, or a member of it (two spaces deep).
PATH = re.compile(r'^path: "tensorflow\.?(.*)"$', re.MULTILINE)
MEMBER = re.compile(r'^  (?:member|member_method) \{\n    name: "(.*)"$', re.MULTILINE)
# Packages of tf.contrib whose public names stand in a module below them.
INNER = ["tensorboard.plugins.projector", "eager.metrics", "framework.nest", "slim.nets"]
# The first is all ops once more, the second internals of autograph.
NOT_PUBLIC = ["quantization", "autograph"]


def public_names(golden):
    found = set()
    for file in golden.glob("*.pbtxt"):
        text = file.read_text()
        path = ".".join(filter(None, ["tf", PATH.search(text).group(1)]))
        found.update([path], ("%s.%s" % (path, name) for name in MEMBER.findall(text) if not name.startswith("__")))
    return found


def contrib_names():
    contrib = tensorflow.contrib
    packages = [name for name in dir(contrib) if isinstance(getattr(contrib, name), types.ModuleType)]
    found = set()
    packages = [name for name in packages if name.islower() and name[0] != "_" and name not in NOT_PUBLIC]
    for package in packages + INNER:
        module = contrib_module(package)
        found.update(
            "tf.contrib.%s.%s" % (package, name) for name, value in vars(module).items() if is_part(name, value)
        )
    return found


def contrib_module(path):
    """A package such as tf.contrib.eager is an object of another name than the folder that the import finds."""
    try:
        return functools.reduce(getattr, path.split("."), tensorflow.contrib)
    except AttributeError:
        return importlib.import_module("tensorflow.contrib." + path)


def is_part(name, value):
    """Whether a name is a function or class, and none that a star import has washed up from elsewhere."""
    home = getattr(value, "__module__", None) or ""
    elsewhere = home.startswith(("__future__", "collections", "typing", "tensorflow.python.util.all_util"))
    return callable(value) and not name.startswith("_") and not elsewhere


def write(file, names):
    # The time of writing is left out: the same names are the same file.
    with open(str(FIXTURES / file), "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write("".join(name + "\n" for name in sorted(names)).encode())
    print("%s: %d names" % (file, len(names)))


def main():
    if sys.argv[1:]:
        write("public_names.txt.gz", public_names(Path(sys.argv[1])))
    write("contrib_names.txt.gz", contrib_names())


if __name__ == "__main__":
    main()
