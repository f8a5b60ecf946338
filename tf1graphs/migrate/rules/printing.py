"""``tf.Print``: gives its first argument, and prints the others."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Definition, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import rule

_PRINTED = Definition(
    "printed",
    '''\
def printed(value, data, message="", summarize=3):
    """Prints tensors whenever the value is computed, which is returned."""
    tf.print(message, *data, summarize=summarize)
    return tf.identity(value)
''',
)


@rule(
    "tf.Print",
    signature="input_, data, message=None, first_n=None, summarize=None, name=None",
    becomes="a small function over `tf.print`",
)
def print_(call: Call) -> Outcome:
    """Prints every time."""
    if call.value("first_n") is not None:
        return Refuse("it prints the first times only", "count them in the program")
    texts = [call.text("input_"), call.text("data")]
    texts += [f"{name}={call.text(name)}" for name in ("message", "summarize") if call.value(name) is not None]
    return Replace(f"printed({', '.join(texts)})", (_PRINTED,))
