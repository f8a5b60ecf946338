"""Records the parameters of TensorFlow 1.15's public functions and classes.

``python tests/oracle/record_signatures.py`` with a Python 3.7 that has tensorflow==1.15.5, after ``record_names.py``.
It writes ``signatures.txt.gz`` into ``tests/fixtures/tf115/``: a line for each name that is not below a class, with
what it is (``module``, ``class``, ``function`` or ``value``) and its parameters. A default that is neither a literal
nor a dtype is written ``None``.
"""

import ast
import functools
import gzip
import inspect
from pathlib import Path

import tensorflow as tf
from tensorflow.python.util import tf_inspect

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "tf115"


def names():
    for file in ("public_names.txt.gz", "contrib_names.txt.gz"):
        with gzip.open(str(FIXTURES / file), "rt") as lines:
            yield from lines.read().split()


def default(value):
    if isinstance(value, tf.DType):
        return "tf." + value.name
    try:
        ast.literal_eval(repr(value))
    except (SyntaxError, ValueError):
        return "None"
    return repr(value)


def parameters(value):
    try:
        found = tf_inspect.getfullargspec(value.__init__ if inspect.isclass(value) else value)
    except TypeError:  # It is written in C.
        return ""
    given = found.args[1:] if inspect.isclass(value) else found.args
    defaults = dict(zip(reversed(given), reversed(found.defaults or ())))
    keywords = found.kwonlydefaults or {}
    parts = [name + "=" + default(defaults[name]) if name in defaults else name for name in given]
    parts += ["*" + found.varargs] if found.varargs else ["*"] if found.kwonlyargs else []
    parts += [name + "=" + default(keywords[name]) if name in keywords else name for name in found.kwonlyargs]
    return ", ".join(parts + (["**" + found.varkw] if found.varkw else []))


def main():
    classes = set()
    lines = []
    for name in sorted(names()):
        try:
            value = functools.reduce(getattr, name.split(".")[1:], tf)
        except AttributeError:  # Of a package that is an object of another name than its folder.
            continue
        kind = "module" if inspect.ismodule(value) else "class" if inspect.isclass(value) else "function"
        kind = kind if kind != "function" or callable(value) and not isinstance(value, tf.DType) else "value"
        if kind == "class":
            classes.add(name)
        if name.rpartition(".")[0] not in classes:
            lines.append("\t".join([name, kind, parameters(value) if kind in ("class", "function") else ""]) + "\n")
    # The time of writing is left out: the same signatures are the same file.
    with open(str(FIXTURES / "signatures.txt.gz"), "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write("".join(lines).encode())
    print("%d signatures" % len(lines))


if __name__ == "__main__":
    main()
