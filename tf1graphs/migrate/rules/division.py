"""``tf.div``: division as in Python 2."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Definition, Outcome, Replace
from tf1graphs.migrate.rules import rule

_DIV = Definition(
    "div",
    '''\
def div(x, y):
    """Divides as Python 2 does: integers are rounded down."""
    x = tf.convert_to_tensor(x)
    return tf.math.floordiv(x, y) if x.dtype.is_integer else tf.divide(x, y)
''',
)


@rule("tf.div", signature="x, y, name=None", becomes="`tf.divide` of floats, else a small function")
def div(call: Call) -> Outcome:
    """A number with a point says that both are floats: TensorFlow converts none to integers."""
    x, y = call.text("x"), call.text("y")
    if isinstance(call.value("x"), float) or isinstance(call.value("y"), float):
        return Replace(f"{call.tf}.divide({x}, {y})")
    return Replace(f"div({x}, {y})", (_DIV,))
