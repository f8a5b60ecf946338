"""Functions that build a part of the graph stand where they are called, where the file would be refused otherwise."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.project import NATIVE as BECAME_NATIVE
from tf1graphs.migrate.project import migrate_all
from tf1graphs.migrate.refusals import Refused
from tf1graphs.migrate.rewriting.inlining.calls import only_call
from tf1graphs.migrate.rewriting.inlining.texts import written_out
from tf1graphs.migrate.source import Source

# What has to be imported or defined before -> nothing of it is changed.
_HEAD = "import math\nfrom types import SimpleNamespace\n\n"
# What it is about -> function and caller, and what becomes of them.
WRITTEN = {
    "names of the same spelling": (
        "def build(x):\n    y = x + 1\n    return x, y\n\n\nx = 2\nx, y = build(3)\nprint(x, y)\n",
        "x = 2\nx = 3\ny = x + 1\nprint(x, y)\n",
    ),
    "a result gets the target's name": (
        "def build(n):\n    result = n * 2\n    return result\n\n\nn = 4\ntrain = build(n)\nprint(train, n)\n",
        "n = 4\ntrain = n * 2\nprint(train, n)\n",
    ),
    "results that swap their names": (
        "def build():\n    a, b = 1, 2\n    return a, b\n\n\nb, a = build()\nprint(a, b)\n",
        "b, a = 1, 2\nprint(a, b)\n",
    ),
    "a result that has no name": (
        "def build(n):\n    a = n + 1\n    return a, a * 2\n\n\na, b = build(1)\nprint(a, b)\n",
        "n = 1\na = n + 1\nb = a * 2\nprint(a, b)\n",
    ),
    "results that have to be given at once": (
        "def build(p):\n    return p + 1, p + 2\n\n\np, q = 1, 2\np, q = build(p)\nprint(p, q)\n",
        "p, q = 1, 2\np, q = p + 1, p + 2\nprint(p, q)\n",
    ),
    "results that are computed from what others read": (
        "def show():\n    return x\n\n\ndef build():\n    return 2, show()\n\n\nx = 1\nx, y = build()\nprint(x, y)\n",
        "def show():\n    return x\n\n\nx = 1\nx, y = 2, show()\nprint(x, y)\n",
    ),
    "a name of the caller that is given": (
        "def build(values):\n    count = len(values)\n    return count\n\n\ndata = [1]\nn = build(data)\nprint(n)\n",
        "data = [1]\nn = len(data)\nprint(n)\n",
    ),
    "a parameter that is changed": (
        "def build(x):\n    x = x + 1\n    return x * 2\n\n\nx = 3\ny = build(x)\nprint(x, y)\n",
        "x = 3\nx_2 = x\nx_2 = x_2 + 1\ny = x_2 * 2\nprint(x, y)\n",
    ),
    "a target that is an argument": (
        "def build(x):\n    y = x + 1\n    return y\n\n\nx = 3\nx = build(x)\nprint(x)\n",
        "x = 3\ny = x + 1\nx = y\nprint(x)\n",
    ),
    "defaults and keywords": (
        "def build(a, b=2, *, c, d=math.pi):\n    return a + b + c + d\n\n\ns = build(c=5, a=1)\nprint(s)\n",
        "c = 5\na = 1\nb = 2\nd = math.pi\ns = a + b + c + d\nprint(s)\n",
    ),
    "a parameter that nothing reads": (
        "def build(a, b):\n    return a\n\n\nx = build(1, print(2))\nprint(x)\n",
        "x = 1\nb = print(2)\nprint(x)\n",
    ),
    "no result": (
        "def build():\n    print(1)\n\n\nx = build()\nprint(x)\n",
        "print(1)\nx = None\nprint(x)\n",
    ),
    "a result that nothing takes": (
        "def build():\n    x = 1\n    print(x)\n    return x\n\n\nbuild()\n",
        "x = 1\nprint(x)\n",
    ),
    "an attribute is given the result": (
        "def build(n):\n    return n + 1\n\n\nclass Net:\n    def __init__(self):\n        self.x = build(2)\n\n\n"
        "print(Net().x)\n",
        "class Net:\n    def __init__(self):\n        n = 2\n        self.x = n + 1\n\n\nprint(Net().x)\n",
    ),
    "several targets": (
        "def build():\n    return [1]\n\n\na = b = build()\nprint(a is b)\n",
        "a = b = [1]\nprint(a is b)\n",
    ),
    "a return within a block": (
        "def build(f):\n    with f:\n        return 1\n\n\nf = io.StringIO()\nx = build(f)\nprint(x, f.closed)\n",
        "f = io.StringIO()\nwith f:\n    x = 1\nprint(x, f.closed)\n",
    ),
    "nothing is left of a block": (
        "def build(f):\n    y = 1\n    with f:\n        return y\n\n\n"
        "f = io.StringIO()\nx = build(f)\nprint(x, f.closed)\n",
        "f = io.StringIO()\nx = 1\nwith f:\n    pass\nprint(x, f.closed)\n",
    ),
    "comments stay, docstrings go": (
        '# Above.\ndef build(n):  # head\n    """Builds."""\n    # First.\n    x = n  # one\n\n    # Second.\n'
        "    return x  # two\n    # Last.\n\n\nn = 1\nx = build(n)  # call\nprint(x)\n",
        "n = 1\n# Above.\n# head\n# call\n# First.\nx = n  # one\n\n# Second.\n# two\n# Last.\nprint(x)\n",
    ),
    "strings over several lines": (
        'def build():\n    text = """a\n  b"""\n    return text\n\n\ndef main():\n    if True:\n        t = build()\n'
        "        print(t)\n\n\nmain()\n",
        'def main():\n    if True:\n        t = """a\n  b"""\n        print(t)\n\n\nmain()\n',
    ),
    "a result over several lines": (
        "def build(a):\n    return (\n        a +\n        1\n    )\n\n\nx = build(1)\nprint(x)\n",
        "a = 1\nx = (\n    a +\n    1\n)\nprint(x)\n",
    ),
    "parts of a dict get names": (
        'def build(n):\n    x = n\n    return {\n        "x": x,  # first\n        "twice": x * 2,\n    }\n\n\n'
        'g = build(3)\nx = 0\nprint(g["x"], g["twice"], x)\n',
        "n = 3\nx_2 = n\n# first\ntwice = x_2 * 2\nx = 0\nprint(x_2, twice, x)\n",
    ),
    "parts of an object get names": (
        "def build(n):\n    return SimpleNamespace(x=n, y=n + 1)\n\n\ndef use(x):\n    print(x, g.x, g.y)\n\n\n"
        "g = build(2)\nuse(1)\n",
        "def use(x):\n    print(x, n, y)\n\n\nn = 2\ny = n + 1\nuse(1)\n",
    ),
    "a dict that more is done with": (
        'def build():\n    x = 1\n    return {"x": x}\n\n\ng = build()\nprint(len(g), g["x"])\n',
        'x = 1\ng = {"x": x}\nprint(len(g), g["x"])\n',
    ),
    "what is kept keeps its names": (
        "def build():\n    x = 1\n    return x, lambda: x\n\n\nn, f = build()\nn = 5\nprint(n, f())\n",
        "x = 1\nn = x\nf = lambda: x\nn = 5\nprint(n, f())\n",
    ),
    "what is given to what is kept": (
        "def build(a):\n    return lambda: a\n\n\nx = 1\nf = build(x)\nx = 2\nprint(f())\n",
        "x = 1\na = x\nf = lambda: a\nx = 2\nprint(f())\n",
    ),
    "names of comprehensions are their own": (
        "def build(n):\n    return [i for i in range(n)]\n\n\ni = 7\nx = build(2)\nprint(i, x)\n",
        "i = 7\nn = 2\nx = [i for i in range(n)]\nprint(i, x)\n",
    ),
    "a name that would hide a built-in function": (
        "def build():\n    sum = 3\n    return sum + 1\n\n\nx = build()\nprint(sum([x]))\n",
        "sum_2 = 3\nx = sum_2 + 1\nprint(sum([x]))\n",
    ),
    "what others read while it is built": (
        "def show():\n    print(x)\n\n\ndef build():\n    y = 2\n    show()\n    return y\n\n\n"
        "x = 1\nx = build()\nshow()\n",
        "def show():\n    print(x)\n\n\nx = 1\ny = 2\nshow()\nx = y\nshow()\n",
    ),
    "a name that nothing reads": (
        "def build():\n    _, x = 1, 2\n    return x\n\n\n_, y = 0, 1\nx = build()\nprint(x)\n",
        "_, y = 0, 1\n_, x = 1, 2\nprint(x)\n",
    ),
}
_ONCE = "def build(n):\n    return n\n\n\n"
# Programs whose function stays.
LEFT = {
    "called twice": _ONCE + "a = build(1)\nb = build(2)\n",
    "called in a loop": _ONCE + "for i in range(2):\n    a = build(i)\n",
    "called where it may fail": _ONCE + "try:\n    a = build(i)\nexcept NameError:\n    pass\n",
    "a part of an expression": _ONCE + "a = build(1) + 1\n",
    "not called": _ONCE + "a = build\n",
    "given to another function": _ONCE + "a = build(1)\nprint(build)\n",
    "called by a function of a function": _ONCE + "def f():\n    def g():\n        a = build(1)\n    g()\n",
    "unknown arguments": _ONCE + "a = build(*[1])\n",
    "too few arguments": _ONCE + "a = build()\n",
    "any arguments": "def build(*n):\n    return n\n\n\na = build(1)\n",
    "decorated": "@cache\n" + _ONCE + "a = build(1)\n",
    "a generator": "def build(n):\n    yield n\n\n\na = build(1)\n",
    "left in the middle": "def build(n):\n    if n:\n        return 1\n    return 2\n\n\na = build(1)\n",
    "left in a branch": "def build(n):\n    if n:\n        return 1\n\n\na = build(1)\n",
    "changes a name of the module": "def build(n):\n    global m\n    m = n\n\n\nbuild(1)\n",
    "asks for its names": "def build(n):\n    return locals()\n\n\na = build(1)\n",
    "a default that is computed": "def build(n=[]):\n    return n\n\n\na = build()\n",
    "calls itself": "def build(n):\n    a = build(n)\n",
    "defined twice": _ONCE + _ONCE + "a = build(1)\n",
    "imported again": _ONCE + "from b import build\na = build(1)\n",
    "a name means something else there": "m = 1\ndef build():\n    return m\n\n\ndef main(m):\n    a = build()\n",
    "a comprehension hides what it reads": "x = 1\ndef build():\n    return [x for x in [x]]\n\n\n"
    "def main():\n    x = 2\n    a = build()\n",
    "a name is written in a string": "def build():\n    x = 1\n    return f'{x}'\n\n\nx = 2\na = build()\n",
    "an import is given to another name": "def build():\n    import os\n    return os\n\n\nos = 1\na = build()\n",
}


def _inlined(text: str) -> str | None:
    call = only_call(Source(text), "build")
    written = written_out(call) if call else None
    return written.text if written else None


def _printed(text: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(text, {"io": io})
    return printed.getvalue()


@pytest.mark.parametrize("case", WRITTEN)
def test_what_becomes_of_a_function(case: str) -> None:
    before, after = WRITTEN[case]
    assert _inlined(_HEAD + before) == _HEAD + after


@pytest.mark.parametrize("case", WRITTEN)
def test_it_computes_the_same(case: str) -> None:
    before, after = (_printed(_HEAD + text) for text in WRITTEN[case])
    assert before == after


@pytest.mark.parametrize("case", LEFT)
def test_functions_that_stay(case: str) -> None:
    assert _inlined(LEFT[case]) is None


_INPUTS = "def inputs(size):\n    x = tf.placeholder(tf.float32, [None, size])\n    return x, tf.ones([size, 2])\n\n\n"
_TRAINING = """\
def training(loss, rate):
    tf.summary.scalar("loss", loss)
    optimizer = tf.train.GradientDescentOptimizer(rate)
    global_step = tf.Variable(0, name="global_step", trainable=False)
    return optimizer.minimize(loss, global_step=global_step)


"""
_MAIN = """\
def main():
    x, ones = inputs(3)
    w = tf.Variable(tf.zeros([3, 2]), name="w")
    loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - ones[0]))
    train_op = training(loss, 0.5)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(3):
            print(sess.run([train_op, loss], {x: [[1.0, 2.0, 3.0]]})[1])


main()
"""
_PROGRAM = "import tensorflow as tf\n\n\n" + _INPUTS + _TRAINING + _MAIN
# Program -> lines of what it becomes.
NATIVE = {
    _PROGRAM: [
        "    size = 3",
        "    ones = tf.ones([size, 2])",
        "    rate = 0.5",
        "    optimizer = tf.keras.optimizers.SGD(rate)",
        "    @tf.function(input_signature=[tf.TensorSpec([None, size], tf.float32)])",
    ],
    # No-op: what works stays a function.
}


@pytest.mark.parametrize("source", NATIVE)
def test_what_becomes_native(source: str) -> None:
    lines = native.migrate(source).splitlines()
    assert [line for line in NATIVE[source] if line not in lines] == [], "\n".join(lines)
    assert not any("def inputs" in line or "def training" in line for line in lines)


def test_functions_stay_where_the_file_becomes_native_with_them() -> None:
    source = "import tensorflow as tf\n\n\ndef build(n):\n    x = tf.placeholder(tf.float32, [2])\n    y = x * n\n"
    after = native.migrate(
        f"{source}    return x, y\n\n\nx, y = build(2)\nprint(tf.Session().run(y, {{x: [1.0, 2.0]}}))\n"
    )
    assert "compute_y = build(2)" in after


def test_functions_of_other_files() -> None:
    folder = Path(__file__).parents[1] / "projects" / "inference_loss_training"
    outcomes = migrate_all(sorted(folder.glob("*.py")), native.migrate)
    assert {each.status for each in outcomes} == {BECAME_NATIVE}
    assert not any("def training" in each.text for each in outcomes)


def test_refusals_have_the_lines_of_the_program() -> None:
    source = _PROGRAM.replace("    optimizer =", "    tf.contrib.nothing(rate)\n    optimizer =")
    with pytest.raises(Refused) as refused:
        native.migrate(source)
    lines = [source.split("\n")[each.line - 1] for each in refused.value.refusals]
    assert lines == ["    tf.contrib.nothing(rate)"]
