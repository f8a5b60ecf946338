"""``tf.cond`` and ``tf.while_loop``, which in 1.15 give the element of a list of one."""

from __future__ import annotations

import ast
from dataclasses import replace

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.forms import Form
from tf1graphs.migrate.rules import rule

_COND = "pred, true_fn=None, false_fn=None, strict=False, name=None, fn1=None, fn2=None"
_WHILE_LOOP = (
    "cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, swap_memory=False, "
    "name=None, maximum_iterations=None, return_same_structure=False"
)
_COND_FORM = Form.parse(_COND, "tf.cond(pred, true_fn | fn1, false_fn | fn2, name)")
_WHILE_LOOP_FORM = Form.parse(
    _WHILE_LOOP,
    "tf.while_loop(cond, body, loop_vars, shape_invariants, parallel_iterations, back_prop, swap_memory, "
    "maximum_iterations, name)",
)


def _lists_one(node: ast.expr) -> bool:
    return isinstance(node, ast.List | ast.Tuple) and len(node.elts) == 1


@rule("tf.cond", signature=_COND, becomes="the same")
def cond(call: Call) -> Outcome:
    """Refuses functions that are seen to give a list of one, of which 1.15 takes the element if not strict."""
    for parameter in ("true_fn", "false_fn", "fn1", "fn2"):
        node = ast.parse(call.text(parameter, "None"), mode="eval").body
        if isinstance(node, ast.Lambda) and _lists_one(node.body) and not call.value("strict"):
            return Refuse(f"its {parameter} gives a list of one", "let the function give the element")
    return _COND_FORM.apply(_without(call, "strict"))


@rule("tf.while_loop", signature=_WHILE_LOOP, becomes="the same, and `[0]` of a single loop variable")
def while_loop(call: Call) -> Outcome:
    """Needs to see how many loop variables there are."""
    variables = ast.parse(call.text("loop_vars"), mode="eval").body
    is_same = call.value("return_same_structure", False)
    if is_same is ... or not isinstance(variables, ast.List | ast.Tuple):
        return Refuse("how many loop variables it has is not seen", "write loop_vars as a list in the call")
    outcome = _WHILE_LOOP_FORM.apply(_without(call, "return_same_structure"))
    if isinstance(outcome, Replace) and _lists_one(variables) and not is_same:
        return Replace(f"{outcome.text}[0]")
    return outcome


def _without(call: Call, parameter: str) -> Call:
    return replace(call, arguments={name: each for name, each in call.arguments.items() if name != parameter})
