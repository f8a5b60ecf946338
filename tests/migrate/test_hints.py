"""Hints: where a migrated program would get faster, and where it would not."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import hints

LOOP = "a loop calls it with data that is in memory; run the loop in a tf.function, over tf.range"
MANY = "it has many small elementwise operations; compile it: tf.function(jit_compile=True)"
UNROLLED = "it has an unrolled loop; compile it: tf.function(jit_compile=True)"
WHILE = "it has a loop; compile it: tf.function(jit_compile=True)"

HEAD = """import tensorflow as tf
@tf.function(input_signature=[tf.TensorSpec(None, tf.float32)])
def train_step(x):
    optimizer.apply_gradients(pairs(x))
@tf.function
def compute_loss(x):
    return model(x)
"""
# Statements behind the head -> the lines of loops, counted from the first of them, that could be in a function.
LOOPS = {
    "for step in range(100):\n    train_step(data)": [1],
    "for step in range(100):\n    loss = train_step(data).numpy()\n    print(step, loss)": [1],
    "for _ in range(100):\n    if flag:\n        graph.train_step(data)": [1],
    'for _ in range(100):\n    graph["train_step"](data)': [1],
    "for i in range(100):\n    train_step(images[i * 10 : (i + 1) * 10])": [1],
    "for i in range(100):\n    batch = images[i * 10 : (i + 1) * 10]\n    train_step(x=batch)": [1],
    "for epoch in range(3):\n    batch = read()\n    for i in range(100):\n        train_step(batch[i])": [3],
    "step = 0\nwhile step < 100:\n    train_step(data)\n    step += 1": [2],
    "def main():\n    for _ in range(100):\n        train_step([1.0, 2.0])": [2],
    # Data that comes while it trains.
    "for _ in range(100):\n    train_step(read())": [],
    "for _ in range(100):\n    batch, _ = mnist.train.next_batch(100)\n    train_step(batch)": [],
    "for batch in dataset:\n    train_step(batch)": [],
    "for _ in range(100):\n    data = data[1:]\n    train_step(data)": [],
    "for _ in range(100):\n    train_step(data)\n    data = other": [1],
    "for _ in range(100):\n    data.append(1.0)\n    train_step(data)": [],
    "for _ in range(100):\n    data[0] += 1.0\n    train_step(data)": [],
    "for _ in range(100):\n    with open(path) as data:\n        train_step(data)": [],
    "for i in range(100):\n    i += 1\n    train_step(images[i])": [],
    # Nothing trains, or no loop.
    "for _ in range(100):\n    compute_loss(data)": [],
    "train_step(data)": [],
    "for _ in range(100):\n    def f():\n        train_step(data)": [],
    "for _ in range(100):\n    print(data)": [],
}

GRAPH = "@tf.function\ndef f(x):\n"
SMALL = "    return tf.exp(-x * x) * tf.tanh(x + 1.0) / (1.0 + tf.sigmoid(x))\n"
# Files -> what is said of ``f``.
COMPILED = {
    GRAPH + SMALL: MANY,
    GRAPH.replace("function", "function(input_signature=[tf.TensorSpec(None, tf.float32)])") + SMALL: MANY,
    GRAPH + "    return tf.exp(g(x)) - 1.0\ndef g(x):\n" + SMALL: MANY,
    GRAPH + "    for _ in range(9):\n        x = tf.tanh(tf.matmul(x, w))\n    return x\n": UNROLLED,
    GRAPH + "    return tf.while_loop(go_on, step, [x])\n": WHILE,
    # Few operations, or large ones.
    GRAPH + "    return tf.exp(x) + 1.0\n": "",
    GRAPH + "    return tf.matmul(x, w) + b\n": "",
    GRAPH + "    for w in (u, v):\n        x = tf.matmul(x, w)\n    return x\n": "",
    # What XLA does not compile, draws other numbers for, or makes slower.
    GRAPH + "    x += tf.random.normal([])\n" + SMALL: "",
    GRAPH + '    tf.summary.scalar("x", x, 1)\n' + SMALL: "",
    GRAPH + "    x = tf.strings.length(x)\n" + SMALL: "",
    GRAPH + "    x = tf.nn.conv2d(x, w, 1, 'SAME')\n" + SMALL: "",
    GRAPH + "    x = tf.matmul(x, w)\n" + SMALL: "",
    GRAPH + "    x = layer(x)\n" + SMALL: "",
    GRAPH
    + "    with tf.GradientTape() as tape:\n        y = tf.while_loop(a, b, [x])\n    return tape.gradient(y, x)\n": "",
    # It is compiled already, or no graph.
    GRAPH.replace("function", "function(jit_compile=True)") + SMALL: "",
    GRAPH.replace("@tf.function\n", "") + SMALL: "",
}


@pytest.mark.parametrize("statements", LOOPS)
def test_loops(statements: str) -> None:
    before = HEAD.count("\n")
    lines = [before + line for line in LOOPS[statements]]
    assert hints.of(HEAD + statements + "\n") == [hints.Hint(line, "train_step", LOOP) for line in lines]


@pytest.mark.parametrize("source", COMPILED)
def test_functions_for_xla(source: str) -> None:
    advice = COMPILED[source]
    assert hints.of(source) == ([hints.Hint(1, "f", advice)] if advice else [])


@pytest.mark.parametrize("source", ["", "import tensorflow as tf\n", "def f(x):\n    return x\n"])
def test_other_files(source: str) -> None:
    assert hints.of(source) == []
