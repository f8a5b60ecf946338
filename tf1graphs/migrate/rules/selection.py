"""``tf.where``: in 1.15 a condition of one axis chooses rows, in TensorFlow 2 it is spread like any other tensor."""

from __future__ import annotations

import ast

from tf1graphs.migrate.calls import Call, Outcome, Replace
from tf1graphs.migrate.rules import rule

_COMPARISONS = frozenset(
    f"{module}.{name}"
    for module in ("tf", "tf.math")
    for name in ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
)
_TESTS = frozenset({"tf.math.is_nan", "tf.math.is_inf", "tf.math.is_finite"})


@rule("tf.where", signature="condition, x=None, y=None, name=None", becomes="the same, or `tf.raw_ops.Select`")
def where(call: Call) -> Outcome:
    """Keeps the name where the condition is seen to have the shape of what it chooses from."""
    texts = {name: call.text(name) for name in ("condition", "x", "y") if call.value(name) is not None}
    if len(texts) == 3 and not _compared(texts["condition"], call.tf) & {texts["x"], texts["y"]}:
        return Replace(f"{call.tf}.raw_ops.Select({', '.join(f'{name}={text}' for name, text in texts.items())})")
    return Replace(f"{call.tf}.where({', '.join(texts.values())})")


def _compared(condition: str, tf: str) -> set[str]:
    """Returns the source of what a condition compares with a number, which so has the condition's shape."""
    node = ast.parse(condition, mode="eval").body
    operands: list[ast.expr] = []
    if isinstance(node, ast.Call):
        function = "tf" + ast.unparse(node.func).removeprefix(tf)
        operands = node.args if function in _COMPARISONS | _TESTS else []
    elif isinstance(node, ast.Compare) and not isinstance(node.ops[0], ast.Is | ast.IsNot | ast.In | ast.NotIn):
        operands = [node.left, *node.comparators]
    others = [each for each in operands if not isinstance(each, ast.Constant)]
    return {ast.get_source_segment(condition, each) or "" for each in others} if len(others) == 1 else set()
