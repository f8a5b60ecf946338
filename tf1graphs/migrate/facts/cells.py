"""Recurrent cells: their first call makes their variables, whose names tell where that was.

Sources: ``python/ops/rnn.py``, ``python/ops/rnn_cell_impl.py``, ``python/layers/base.py`` and ``contrib/rnn`` of 1.15.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from tf1graphs.migrate import rules
from tf1graphs.migrate.calls import Argument, Refuse, Split
from tf1graphs.migrate.facts import collections, objects, syntax
from tf1graphs.migrate.facts.values import Cell, Elements, Host, Many, Scoping, Stage, State, Tensor, Value, flat

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

_STACK = "MultiRNNCell"
# The classes of cells, and the names of their variables where the program gives none.
_CELLS = {
    "BasicRNNCell": "basic_rnn_cell",
    "GRUCell": "gru_cell",
    "BasicLSTMCell": "basic_lstm_cell",
    "LSTMCell": "lstm_cell",
    "LayerNormBasicLSTMCell": "layer_norm_basic_lstm_cell",
    _STACK: "multi_rnn_cell",
}
SHARED = ("it shares the variables of another cell", "create the cell once, and call that object everywhere")
# Those around one cell, which make no variables and open no scope.
_WRAPPERS = frozenset({"DropoutWrapper", "ResidualWrapper", "DeviceWrapper"})
# By the last part of their names, the functions that call cells: the scope that they open, and for each parameter that
# is a cell, or a list of some, the scope inside of that.
_RUNNERS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    **dict.fromkeys(("dynamic_rnn", "static_rnn", "rnn"), ("rnn", {"cell": ""})),
    **dict.fromkeys(
        ("bidirectional_dynamic_rnn", "static_bidirectional_rnn", "bidirectional_rnn"),
        ("bidirectional_rnn", {"cell_fw": "fw", "cell_bw": "bw"}),
    ),
    "stack_bidirectional_dynamic_rnn": (
        "stack_bidirectional_rnn",
        {"cells_fw": "bidirectional_rnn/fw", "cells_bw": "bidirectional_rnn/bw"},
    ),
    "rnn_decoder": ("rnn_decoder", {"cell": ""}),
}


def created(self: Expressions, short: str, node: ast.Call, values: Sequence[Value]) -> Cell | None:
    """Returns what a call stands for that makes a cell or a wrapper around some; None for other calls."""
    last = short.rpartition(".")[2]
    if short.startswith("keras.") or not last.endswith(("Cell", "Wrapper")):
        return None
    stage = max((each.stage for value in values for each in flat(value)), default=Stage.FIXED)
    cell = Cell(stage, short, node, _base(self, last, node), path=_path(self, node), is_sure=self.names.is_sure)
    if last == _STACK or last in _WRAPPERS:
        given = syntax.argument(node, 0, "cells" if last == _STACK else "cell")
        cell.inner = self.facts.values.get(given) if given is not None else None
    elif last.endswith("Cell"):
        cell.stage = Stage.FIXED
        self.created.append(_place(short, node))
        self.item.creates.add(node)
    return cell


def _base(self: Expressions, last: str, node: ast.Call) -> str | None:
    """Returns what 1.15 calls the variables of a cell by themselves; None if that is not known."""
    given = next((each.value for each in node.keywords if each.arg == "name"), None)
    value = self.facts.values.get(given) if given is not None else Host(literal=None)
    name = value.literal if isinstance(value, Host) else ...
    default = "" if last in _WRAPPERS else _CELLS.get(last)
    return default if name is None or default is None else name if isinstance(name, str) else None


def _place(short: str, node: ast.Call) -> str:
    return f"{short} at {node.lineno}:{node.col_offset}"


def _path(self: Expressions, node: ast.Call) -> str:
    """Returns what leads in the new program from what a call becomes to what it wraps, or to the cell itself."""
    call = collections.as_call(self, node)
    if call is None:
        return ""
    own = call.arguments.get("cell") or call.arguments.get("cells")
    inner = {name: Argument("cell") if each is own else each for name, each in call.arguments.items()}
    outcome = rules.all_rules()[call.name].apply(replace(call, arguments=inner))
    if isinstance(outcome, Refuse):
        return ""
    text = outcome.use.format(object="cell") if isinstance(outcome, Split) else outcome.text
    steps, expression = 0, ast.parse(text, mode="eval").body
    while isinstance(expression, ast.Call):
        steps, expression = steps + 1, expression.args[0]
    return ".cell" * steps + "s" * (call.name.endswith(_STACK))


def run(self: Expressions, name: str, node: ast.Call) -> None:
    """Notes that a function of TensorFlow calls the cells that it is given, if it is one that does."""
    rule, runner = rules.all_rules().get(name), _RUNNERS.get(name.rpartition(".")[2])
    if rule is None or runner is None:
        return
    default, parameters = runner
    with _opened(self, node, rule.parameters, default):
        cells = {
            inside: self.facts.values.get(given)
            for parameter, inside in parameters.items()
            if (given := syntax.argument(node, rule.parameters.index(parameter), parameter)) is not None
        }
        if not any(parameter.startswith("cells") for parameter in parameters):
            for inside, cell in cells.items():
                _call_in(self, inside, cell, node)
            return
        lists = [each.elements if isinstance(each, Elements) else (None,) for each in cells.values()]
        for number, row in enumerate(zip(*lists, strict=False)):
            for inside, cell in zip(cells, row, strict=True):
                _call_in(self, f"cell_{number}/{inside}", cell, node)


@contextmanager
def _opened(self: Expressions, node: ast.Call, parameters: Sequence[str], default: str) -> Iterator[None]:
    """Opens the scope of a call: the one that it is given, or its default."""
    given = syntax.argument(node, parameters.index("scope") if "scope" in parameters else None, "scope")
    value = self.facts.values.get(given) if given is not None else Host(literal=None)
    name = value.literal if isinstance(value, Host) else None
    if isinstance(value, Scoping) and value.path is not None:
        scoping = Scoping(name=value.name, is_variable_scope=True, path=value.path, is_again=True)
    elif isinstance(value, Host) and value.literal is None:
        scoping = _scope(default)
    else:
        scoping = Scoping(name=name, is_variable_scope=True, is_known=isinstance(name, str))
    with self.names.entered(scoping):
        yield


def _scope(name: str) -> Scoping:
    return Scoping(name=name, is_variable_scope=True)


def _call_in(self: Expressions, path: str, cell: Value | None, node: ast.Call) -> None:
    """Notes a call of a cell in scopes."""
    if not path:
        _called(self, cell, node)
        return
    first, _, rest = path.partition("/")
    with self.names.entered(_scope(first)):
        _call_in(self, rest, cell, node)


def initial_state(cell: Value, stage: Stage) -> Tensor:
    """Returns the first state of a cell: a tensor, or a tuple of tensors or of the states of inner cells."""
    if not isinstance(cell, Cell):
        return Tensor(stage)
    last = cell.symbol.rpartition(".")[2]
    if last == _STACK:
        inner = cell.inner.elements if isinstance(cell.inner, Elements) else ()
        return State(stage, parts=tuple(initial_state(each, stage) for each in inner))
    if last in _WRAPPERS:
        return initial_state(cell.inner, stage) if cell.inner else Tensor(stage)
    return State(stage, parts=(Tensor(stage), Tensor(stage))) if "LSTM" in last else Tensor(stage)


def result(self: Expressions, name: str, node: ast.Call, value: Value) -> Value:
    """Returns what a function returns that runs one cell over a sequence: all outputs, and the last state."""
    rule, runner = rules.all_rules().get(name), _RUNNERS.get(name.rpartition(".")[2])
    if rule is None or runner is None or list(runner[1]) != ["cell"]:
        return value
    given = syntax.argument(node, rule.parameters.index("cell"), "cell")
    cell = self.facts.values.get(given) if given is not None else None
    if not isinstance(cell, Cell) or not isinstance(state := initial_state(cell, value.stage), State):
        return value
    return Elements(value.stage, (Tensor(value.stage), state))


def called_object(self: Expressions, cell: Cell, node: ast.Call) -> None:
    """Notes that the program calls a cell itself."""
    if syntax.argument(node, 2, "scope") is not None:
        self.refuse(node, self.source.segment(node.func), "its scope is not followed", "open it by with")
    _called(self, cell, node)


def _called(self: Expressions, cell: Value | None, node: ast.Call) -> None:
    """Notes that a call calls a cell in the present scope: the first time this makes its variables."""
    if not isinstance(cell, Cell) or cell.base is None:
        self.made.is_sure = False
    elif cell.inner is None:
        _called_itself(self, cell, node)
    elif not cell.base:
        _called(self, cell.inner, node)
    else:
        _called_stack(self, cell, node)


def _called_itself(self: Expressions, cell: Cell, node: ast.Call) -> None:
    if cell.call is None or cell.base is None:
        self.made.is_sure = False
        return
    self.item.calls.add(cell.call)
    if cell.name is not None:
        return
    is_layer = not cell.symbol.endswith("LayerNormBasicLSTMCell")
    with nullcontext() if is_layer else self.names.entered(_same(self)):
        cell.name, cell.user = self.names.layer(cell.base, None), node
    self.made.cells.setdefault(cell.name, cell)
    if cell.name not in self.made.names:
        collections.take_names(self, cell.name, cell.call)
    elif self.made.names[cell.name] is cell.call:
        self.facts.again.add(cell.call)
    else:
        self.refuse(cell.call, self.source.segment(cell.call.func), *SHARED)
    self.facts.note_name(cell.call, cell.name)
    if _place(cell.symbol, cell.call) in self.created:
        # Who makes the cell and calls it makes the variables.
        self.created.append(cell.name)
        objects.note(self, cell.name)
    self.made.note(cell.name, cell.call, self.names.is_sure and cell.is_sure)


def _called_stack(self: Expressions, cell: Cell, node: ast.Call) -> None:
    cells = cell.inner.elements if isinstance(cell.inner, Elements) else ()
    if isinstance(cell.inner, Many) and isinstance(cell.inner.element, Cell) and cell.inner.element.is_sure:
        # However often, it is one cell.
        cells = (cell.inner.element,)
    if not cells:
        self.made.is_sure = False
    with self.names.entered(_same(self)):
        if cell.name is None:
            cell.name = self.names.layer(cell.base or "", None)
        with self.names.entered(_scope(cell.name.rpartition("/")[2])):
            for number, each in enumerate(cells):
                _call_in(self, f"cell_{number}", each, node)


def _same(self: Expressions) -> Scoping:
    """Returns the present scope, which cells that are no layers enter once more: they count no names outside of it."""
    return Scoping(is_variable_scope=True, path=self.names.prefixes[0], is_again=True)
