"""The dtype that TensorFlow 1.15 gives a tensor, where reading tells it for sure."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping

from tf1graphs.migrate import renames, trees
from tf1graphs.migrate.facts import own_functions, syntax
from tf1graphs.migrate.facts.items import closure
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Fed, Function, Host, Placeholder, Symbol, Tensor, Value, Variable, is_graph

_FLOATS = ("float16", "float32", "float64", "bfloat16")
_NAMES = frozenset(
    {
        *(*_FLOATS, "int8", "int16", "int32", "int64", "uint8", "uint16", "bool", "string"),
    }
)
_DOUBLES = ("tf.float64", "tf.double", "tf.to_double", "tf.dtypes.float64", "tf.dtypes.double")
_ALIASES = {"float": "float32", "double": "float64"}
# The default dtype of a literal.
_LITERALS: Mapping[type, str] = {bool: "bool", int: "int32", float: "float32", str: "string", bytes: "string"}

# Functions that give what has the dtype of their first argument, which may be a list of tensors.
_KEEP = frozenset(
    f"tf.{name}"
    for name in (
        *("abs", "add", "add_n", "ceil", "clip_by_value", "concat", "contrib.layers.flatten"),
        *("contrib.layers.fully_connected", "cos", "cumsum", "exp", "expand_dims", "floor", "gather"),
        *("identity", "layers.average_pooling2d", "layers.batch_normalization", "layers.conv1d"),
        *("layers.conv2d", "layers.conv2d_transpose", "layers.dense", "layers.dropout", "layers.flatten"),
        *("layers.max_pooling2d", "linalg.matmul", "log", "math.abs", "math.add", "math.cumsum"),
        *("math.exp", "math.multiply", "math.pow", "math.reduce_max", "math.reduce_mean"),
        *("math.reduce_min", "math.reduce_sum", "math.sigmoid", "math.sqrt", "math.square"),
        *("math.subtract", "math.tanh", "matmul", "maximum", "minimum", "multiply", "negative"),
        *("nn.avg_pool", "nn.bias_add", "nn.conv2d", "nn.conv2d_transpose", "nn.dropout", "nn.elu"),
        *("nn.embedding_lookup", "nn.l2_normalize", "nn.leaky_relu", "nn.log_softmax", "nn.lrn"),
        *("nn.max_pool", "nn.relu", "nn.relu6", "nn.selu", "nn.sigmoid", "nn.softmax", "nn.softplus"),
        *("nn.softsign", "nn.tanh", "nn.xw_plus_b", "ones_like", "pad", "pow", "reduce_max", "reduce_mean"),
        *("reduce_min", "reduce_prod", "reduce_sum", "reshape", "reverse", "round", "sigmoid", "sign"),
        *("sin", "sqrt", "square", "squeeze", "stack", "stop_gradient", "subtract", "tanh", "tile"),
        *("transpose", "zeros_like", "math.log"),
    )
)
# Those that give float32 unless another dtype is given, and the place of that argument.
_FLOAT32 = {
    "tf.zeros": 1,
    "tf.ones": 1,
    "tf.random_normal": 3,
    "tf.random.normal": 3,
    "tf.truncated_normal": 3,
    "tf.random.truncated_normal": 3,
    "tf.random_uniform": 3,
    "tf.random.uniform": 3,
    "tf.eye": 3,
}
# Those that are given a dtype, and its place.
_GIVEN = {"tf.cast": 1, "tf.get_variable": 2, "tf.placeholder": 0, "tf.saturate_cast": 1}
_FIXED = {
    **{f"tf.to_{name}": name for name in ("int32", "int64")},
    "tf.to_float": "float32",
    "tf.to_double": "float64",
    **{
        f"tf.{name}": "bool"
        for name in (
            *("equal", "not_equal", "greater", "greater_equal", "less", "less_equal"),
            *("logical_and", "logical_or", "logical_not"),
        )
    },
}
# Those that give int64 unless another dtype is given.
_INT64 = frozenset(f"tf.{name}" for name in ("argmax", "argmin", "math.argmax", "math.argmin"))
_FIRST = ("inputs", "x", "input", "tensor", "input_tensor", "features", "logits", "value", "values", "a", "params")
_LISTED = ("tf.concat", "tf.stack")
# Those that run a cell over a sequence.
_RUNNERS = ("dynamic_rnn", "static_rnn")
# In place of a dtype: that of what is being asked for.
_ASKED = ""
_LIKE = ("tf.zeros_like", "tf.ones_like")


def of_value(facts: Facts, value: Value | None) -> str | None:
    """Returns the dtype of a tensor or variable, such as ``float32``; None if it is not known."""
    if isinstance(value, Fed):
        return value.kind
    if isinstance(value, Placeholder):
        return _named(facts, value.dtype)
    if isinstance(value, Variable) and value.call is not None:
        return _of_call(facts, value.call)
    if isinstance(value, Tensor) and value.item is not None:
        node = value.item.node
        return _once(facts, (node, value.label), lambda: _of_statement(facts, node)) or None
    return None


def is_dtype(symbol: str) -> bool:
    """Says whether a symbol is a dtype, whose attributes are those of 1.15."""
    return symbol.removeprefix("tf.") in _NAMES


def has_doubles(facts: Facts) -> bool:
    """Says whether a program may have tensors of float64 that layers take: it names that dtype, or one not seen."""
    for node, value in facts.values.items():
        if isinstance(value, Symbol) and value.name in _DOUBLES:
            return True
        if isinstance(node, ast.Call) and isinstance(facts.values.get(node.func), Symbol) and _names_double(node):
            return True
        if isinstance(value, Placeholder) and value.dtype is not None and of_value(facts, value) is None:
            return True
    return False


def _names_double(node: ast.Call) -> bool:
    """Says whether something in a call names the dtype of NumPy."""
    return any(isinstance(each, ast.Attribute) and each.attr in ("float64", "double") for each in trees.walk(node))


def of_inputs(facts: Facts, node: ast.expr | None) -> str:
    """Returns the dtype that the variables of a layer have in a program with tensors of float64; nothing if unknown."""
    kind = of(facts, node) if node is not None else None
    return "" if kind is None else kind if kind in _FLOATS else "float32"


def _of_statement(facts: Facts, node: ast.stmt) -> str | None:
    """Returns the dtype of what a statement gives a name; of a tuple that it takes apart, that of all elements."""
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
        return None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if all(isinstance(target, (ast.Name, ast.Attribute)) for target in targets):
        return of(facts, node.value)
    function = facts.values.get(node.value.func) if isinstance(node.value, ast.Call) else None
    if (
        isinstance(function, Symbol)
        and isinstance(node.value, ast.Call)
        and function.name.rpartition(".")[2] in _RUNNERS
    ):
        return _of_state(facts, node.value)
    return None


def _of_state(facts: Facts, node: ast.Call) -> str | None:
    """Returns the dtype of what a cell computes from a sequence: inputs, states and outputs have the same."""
    keywords = {each.arg: each.value for each in node.keywords}
    if "dtype" in keywords:
        return _named(facts, keywords["dtype"])
    given = keywords.get("initial_state") or syntax.argument(node, 1, "inputs")
    return of(facts, given) if given is not None else None


def of(facts: Facts, node: ast.expr) -> str | None:
    """Returns the dtype of an expression; of a number or list, that which TensorFlow gives it by itself."""
    value = facts.values.get(node)
    if isinstance(node, ast.Name) and isinstance(value, (Tensor, Variable)):
        return _of_name(facts, node, value)
    if isinstance(node, ast.Attribute) and isinstance(value, (Tensor, Variable)):
        return of_value(facts, value)
    if isinstance(node, ast.Call):
        return _of_call(facts, node)
    if isinstance(node, ast.BinOp):
        return _of_operator(facts, node)
    if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
        return of(facts, node.operand)
    if isinstance(node, ast.Subscript) and isinstance(facts.values.get(node.value), (Tensor, Variable)):
        return of(facts, node.value)
    return _of_literal(value.literal) if isinstance(value, Host) else _of_literal(_list(node))


def _of_name(facts: Facts, node: ast.Name, value: Tensor | Variable) -> str | None:
    """Returns the dtype of what a name stands for, which in a function may have been another one in another call."""
    items = facts.bound_by.get(node, frozenset())
    if items and all(item.is_local for item in items):
        earlier = set(closure(read for item in items for read in item.reads))
        if items & earlier or any(node in trees.walk(item.node) for item in items):
            # In a loop it is computed from itself.
            return None
        return _common(_of_statement(facts, item.node) for item in items)
    function = own_functions.around(facts, node) if not items else None
    if function is not None and node.id in {
        each.arg for each in trees.walk(function.args) if isinstance(each, ast.arg)
    }:
        return _of_parameter(facts, function, node.id)
    return of_value(facts, value)


def _of_parameter(facts: Facts, function: ast.FunctionDef, name: str) -> str | None:
    """Returns the dtype of what all calls give to a parameter."""
    return _once(
        facts, (function, name), lambda: _common(of(facts, each) for each in own_functions.given(facts, function, name))
    )


def _once(facts: Facts, asked: tuple[ast.AST, str], ask: Callable[[], str | None]) -> str | None:
    """Returns a dtype; while it is being looked for, what hangs on it tells nothing about it."""
    if asked in facts.asked:
        return _ASKED
    facts.asked.add(asked)
    kind = ask()
    facts.asked.remove(asked)
    return kind


def _common(kinds: Iterable[str | None]) -> str | None:
    """Returns the dtype that all of some things have."""
    found = set(kinds)
    told = found - {_ASKED} or found
    return told.pop() if len(told) == 1 else None


def _list(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return ...


def _of_literal(literal: object) -> str | None:
    leaves = list(_leaves(literal))
    kinds = {type(each) for each in leaves}
    if any(type(each) is int and not -(2**31) <= each < 2**31 for each in leaves):
        return None
    if kinds == {int, float}:
        kinds = {float}
    return _LITERALS.get(kinds.pop()) if len(kinds) == 1 else None


def _leaves(literal: object) -> Iterable[object]:
    if isinstance(literal, (list, tuple)):
        for each in literal:
            yield from _leaves(each)
    else:
        yield literal


def _of_operator(facts: Facts, node: ast.BinOp) -> str | None:
    """Returns what an operator gives: it takes numbers and arrays by the dtype of the tensor beside them."""
    sides = [each for each in (node.left, node.right) if is_graph(facts.values.get(each, Host()))]
    kind = _common(of(facts, each) for each in sides)
    return kind if kind in (*_FLOATS, _ASKED) or isinstance(node.op, (ast.Add, ast.Sub, ast.Mult)) else None


def _of_call(facts: Facts, node: ast.Call) -> str | None:
    function = facts.values.get(node.func)
    if isinstance(function, Function) and isinstance(function.node, ast.FunctionDef):
        return _common(of(facts, each) for each in own_functions.returned(facts, function.node))
    if not isinstance(function, Symbol):
        return _of_method(facts, node)
    name = renames.current(function.name)
    for each in {name, function.name}:
        found = _of_symbol(facts, each, node)
        if found is not None:
            return found
    return None


def _of_method(facts: Facts, node: ast.Call) -> str | None:
    """Returns the dtype of a cell's state before the first step."""
    if isinstance(node.func, ast.Attribute) and node.func.attr == "zero_state":
        return _named(facts, syntax.argument(node, 1, "dtype"))
    return None


def _of_symbol(facts: Facts, name: str, node: ast.Call) -> str | None:
    if name in _FIXED:
        return _FIXED[name]
    if name in _GIVEN:
        return _named(facts, syntax.argument(node, _GIVEN[name], "dtype"))
    if name in _FLOAT32:
        given = syntax.argument(node, _FLOAT32[name], "dtype")
        return "float32" if given is None else _named(facts, given)
    if name in _INT64:
        given = syntax.argument(node, 4, "output_type")
        return "int64" if given is None else _named(facts, given)
    if name in ("tf.constant", "tf.convert_to_tensor", "tf.Variable"):
        given = syntax.argument(node, 7 if name == "tf.Variable" else 1, "dtype")
        first = syntax.argument(node, 0, "value" if name != "tf.Variable" else "initial_value")
        return _named(facts, given) if given is not None else of(facts, first) if first is not None else None
    if name in _KEEP:
        return _of_first(facts, node, name)
    return None


def _of_first(facts: Facts, node: ast.Call, name: str) -> str | None:
    if name in _LIKE and syntax.argument(node, 1, "dtype") is not None:
        return None
    keywords = {each.arg: each.value for each in node.keywords}
    first = node.args[0] if node.args else next((keywords[each] for each in _FIRST if each in keywords), None)
    if first is None:
        return None
    parts = first.elts if isinstance(first, (ast.List, ast.Tuple)) and first.elts else [first]
    graph = [each for each in parts if is_graph(facts.values.get(each, Host()))]
    # The functions of old versions had the axis first.
    return of(facts, graph[0]) if graph else of(facts, first) if name not in _LISTED else None


def _named(facts: Facts, node: ast.expr | None) -> str | None:
    """Returns the dtype that an expression names."""
    if node is None:
        return None
    value = facts.values.get(node)
    if isinstance(value, Symbol):
        name = value.name.rpartition(".")[2]
        name = _ALIASES.get(name, name)
    elif isinstance(value, Host) and isinstance(value.literal, str):
        name = value.literal
    elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("np", "numpy"):
        name = node.attr
    else:
        return None
    name = _ALIASES.get(name, name) if not isinstance(node, ast.Attribute) else name
    return name if name in _NAMES else None
