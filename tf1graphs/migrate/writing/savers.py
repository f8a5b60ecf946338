"""Writes savers: what they save by the old names, and the calls of their methods."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from tf1graphs.migrate import trees
from tf1graphs.migrate.definitions import checkpoints
from tf1graphs.migrate.facts.savers import Saved, Training
from tf1graphs.migrate.facts.values import Elements, Host, Saver
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.writing.building import LATE, Building
from tf1graphs.migrate.writing.texts import literal

_WIDTH = 100
_INDENT = 4
_KEEP = 5
_IDLE = frozenset(
    {"sess", "write_meta_graph", "meta_graph_suffix", "strip_default_attrs", "save_debug_info", "sharded", "name"}
    | {"restore_sequentially", "builder", "allow_empty", "write_version", "pad_step_number", "save_relative_paths"}
)
# By method, the parameters in 1.15, and what a call becomes.
_METHODS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "save": (
        ("sess", "save_path", "global_step", "latest_filename", "meta_graph_suffix", "write_meta_graph", "write_state")
        + ("strip_default_attrs", "save_debug_info"),
        ("save_path", "global_step"),
    ),
    "restore": (("sess", "save_path"), ("save_path",)),
}
# Methods that tell a new saver what others have saved: what it keeps of these ``paths`` in its list.
_LISTS = {
    "set_last_checkpoints": "list({paths})",
    "recover_last_checkpoints": '[path for path in {paths} if {tf}.io.gfile.exists(f"{{path}}.index")]',
}
_SAVER = (
    ("var_list", "reshape", "sharded", "max_to_keep", "keep_checkpoint_every_n_hours", "name", "restore_sequentially")
    + ("saver_def", "builder", "defer_build", "allow_empty", "write_version", "pad_step_number", "save_relative_paths")
    + ("filename",)
)


class Savers:
    """Writes the savers of one file."""

    def __init__(self, building: Building) -> None:
        self.building = building
        self.variables = building.variables
        self.facts = building.facts
        self.texts = building.variables.texts
        self.runs = building.runs
        self._created: dict[ast.Call, tuple[list[str], str]] = {}

    # Methods.

    def expression(self, node: ast.expr) -> str | None:
        """Returns what a call of a saver or of its method becomes; None for other expressions."""
        if isinstance(node, ast.Call) and node in self.facts.savers:
            return self._lines(node)[1]
        function = node.func if isinstance(node, ast.Call) else node
        if not isinstance(function, ast.Attribute):
            return None
        value = self.facts.values.get(function.value)
        if not isinstance(value, Saver):
            return None
        if isinstance(node, ast.Call):
            return self._method(node, function)
        return self._attribute(function, value)

    def _attribute(self, node: ast.Attribute, saver: Saver) -> str | None:
        kept = self._arguments(saver.node, _SAVER).get("max_to_keep") if saver.node else None
        if node.attr != "last_checkpoints":
            self._refuse(node, "this attribute is not migrated", "use tf.train.latest_checkpoint", f".{node.attr}")
        elif kept is not None and not self._literal(kept):
            self._refuse(node, "it is empty if all checkpoints are kept", "list the folder", f".{node.attr}")
        return None

    def _method(self, node: ast.Call, function: ast.Attribute) -> str | None:
        if function.attr in _LISTS and len(node.args) == 1 and not node.keywords and self._is_statement(node):
            listed = _LISTS[function.attr].format(paths=self.texts.text(node.args[0]), tf=self.texts.tf)
            return f"{self.texts.text(function.value)}.last_checkpoints = {listed}"
        if function.attr not in _METHODS:
            self._refuse(node, "this method is not migrated", "save and restore by paths", f".{function.attr}")
            return None
        parameters, kept = _METHODS[function.attr]
        given = self._arguments(node, parameters)
        for name, value in given.items():
            is_default = name == "write_state" and self._literal(value) is True
            if name not in _IDLE and name not in kept and not is_default and self._literal(value) is not None:
                self._refuse(node, f"its {name} has no counterpart", "leave it out", f".{function.attr}")
        wanted = [given[name] for name in kept if name in given and self._literal(given[name]) is not None]
        texts = [self.texts.text(each) for each in wanted]
        return f"{self.texts.text(function.value)}.{function.attr}({', '.join(texts)})"

    def _is_statement(self, node: ast.Call) -> bool:
        return any(isinstance(each, ast.Expr) and each.value is node for each in self.facts.source.nodes)

    def _arguments(self, node: ast.Call, parameters: tuple[str, ...]) -> dict[str, ast.expr]:
        given = dict(zip(parameters, node.args, strict=False))
        given |= {each.arg: each.value for each in node.keywords if each.arg}
        is_plain = all(each.arg for each in node.keywords) and not any(isinstance(a, ast.Starred) for a in node.args)
        if not is_plain or len(node.args) > len(parameters) or not set(given) <= set(parameters):
            self._refuse(node, "its arguments are not those of 1.15, or given by * or **", "write them out")
        return given

    def _literal(self, node: ast.expr) -> object:
        return literal(self.facts.values.get(node), node)

    def _refuse(self, node: ast.expr, reason: str, remedy: str, member: str = "") -> None:
        self.facts.refusals.add(Refusal(node.lineno, f"tf.train.Saver{member}", reason, remedy))

    # Savers.

    def before(self, node: ast.stmt) -> list[str]:
        """Returns the lines before a statement that creates savers: what these save."""
        savers = [each for each in trees.walk(node) if isinstance(each, ast.Call) and each in self.facts.savers]
        return [line for each in savers for line in self._lines(each)[0]]

    def _lines(self, node: ast.Call) -> tuple[list[str], str]:
        """Returns the lines before a saver's statement, and the saver."""
        if node not in self._created:
            self._created[node] = self._write(node, self.facts.savers[node])
        return self._created[node]

    def _write(self, node: ast.Call, saved: Saved) -> tuple[list[str], str]:
        if saved.problem is not None:
            self._refuse(node, *saved.problem)
            return [], self.facts.source.segment(node)
        options = self._options(node)
        entries = dict(self._entries(node, saved))
        training = [each for each in saved.training if self._slots(node, each) and self._is_run(node, each)]
        self._check_apart(node, training)
        lines = self._lines_before(node, saved, training)
        for each in training:
            entries |= self._powers(saved.training, each)
        if {"Saver", "slot_variables"} & self._own_names():
            self._refuse(node, "its name is that of something else here", "rename that")
        self.texts.needs["Saver"] = checkpoints.SAVER
        text = _dict({f'"{name}"': value for name, value in entries.items()})
        if not training and len(text) + node.col_offset + 20 < _WIDTH:
            return lines, f"Saver({', '.join([text, *options])})"
        name = self.texts.free("saved")
        lines += _assigned(name, entries)
        for each in training:
            self.texts.needs["slot_variables"] = checkpoints.SLOT_VARIABLES
            optimizer = self._optimizer(each)
            slots = [f"{slot}={optimizer}.{kept}" for slot, kept in self._slots(node, each).items()]
            lines += _called(f"{name} |= slot_variables", [name, optimizer, *slots])
        return lines, f"Saver({', '.join([name, *options])})"

    def _own_names(self) -> set[str]:
        nodes = self.facts.source.nodes
        return {each.name for each in nodes if isinstance(each, (ast.FunctionDef, ast.ClassDef))}

    def _options(self, node: ast.Call) -> list[str]:
        options = []
        for name, value in self._arguments(node, _SAVER).items():
            known = self._literal(value)
            if name == "max_to_keep":
                if known is None or known != _KEEP:
                    options.append(f"max_to_keep={self.texts.text(value) if known is not None else 0}")
            elif name == "keep_checkpoint_every_n_hours":
                if known != 10000:
                    self._refuse(node, f"its {name} has no counterpart", "keep all: max_to_keep=0")
            elif name not in _IDLE and name != "var_list" and known is not None and known is not False:
                self._refuse(node, f"its {name} has no counterpart", "leave it out")
        return options

    def _entries(self, node: ast.Call, saved: Saved) -> Iterator[tuple[str, str]]:
        """Yields what is saved besides the optimizers' variables: names in checkpoints and expressions."""
        for name, part in saved.parts.items():
            if isinstance(part, str):
                yield name, self.variables.spelled(part, saved.item.node)
                continue
            made = self.variables.made(name, part, saved)
            if made is None:
                saved.is_named = False
                self._refuse(node, f"the variable {name} cannot be named here", "bind it to a name beside the saver")
            elif saved.is_trainable and any(each.arg == "trainable" for each in part.keywords):
                self._refuse(node, f"whether {name} is trained is not known", "save all variables")
            yield from (made or {}).items()

    # Optimizers.

    def _optimizer(self, training: Training) -> str:
        assert isinstance(training.call.func, ast.Attribute)
        before, self.texts.is_inside = self.texts.is_inside, True
        text = self.texts.text(training.call.func.value)
        self.texts.is_inside = before
        return text

    def _constructor(self, training: Training) -> ast.Call | None:
        """Returns the call that creates an optimizer."""
        for node, value in self.facts.values.items():
            if value is training.optimizer and isinstance(node, ast.Call):
                return node
        return None

    def _class(self, training: Training) -> str:
        node = self._constructor(training)
        if node is None:
            return ""
        text = self.texts.created[node][1] if node in self.texts.created else self.texts.text(node)
        return text.partition("(")[0]

    def _slots(self, node: ast.Call, training: Training) -> dict[str, str]:
        """Returns the lists of variables of an optimizer by the names of 1.15's slots."""
        kept = checkpoints.SLOTS.get(self._class(training).replace(f"{self.texts.tf}.", "tf.", 1))
        constructor = self._constructor(training)
        if kept is None or constructor is None or (kept and training.variables):
            self._refuse(
                node,
                "the old names of the optimizer's variables have no counterpart",
                "save the trained variables only: tf.train.Saver(tf.trainable_variables())",
            )
            return {}
        given = next((each.value for each in constructor.keywords if each.arg == "name"), None)
        value = self.facts.values.get(given) if given is not None else None
        default = self.facts.values[constructor.func].name.rpartition(".")[2].removesuffix("Optimizer")  # type: ignore[attr-defined]
        name = value.literal if isinstance(value, Host) else default
        if not isinstance(name, str) or not name.isidentifier():
            self._refuse(node, "the optimizer's name is not known by reading", "write it as a string")
        return {f"{name}_{number}" if number else f"{name}": each for number, each in enumerate(kept)}

    def _check_apart(self, node: ast.Call, training: Sequence[Training]) -> None:
        """Refuses optimizers that may train the same variables: which of them has which slots is not known."""
        seen: set[tuple[str, int]] = set()
        for number, each in enumerate(training):
            given = next((keyword.value for keyword in each.call.keywords if keyword.arg == "var_list"), None)
            value = self.facts.values.get(given) if given is not None else None
            trained = {id(one) for one in value.elements} if isinstance(value, Elements) else None
            slots = list(self._slots(node, each))
            others = {
                slot for other in [*training[:number], *training[number + 1 :]] for slot in self._slots(node, other)
            }
            keys = {(slot, one) for slot in slots for one in trained or ()}
            if others & set(slots) and (trained is None or keys & seen):
                self._refuse(node, "two optimizers may train the same variables", "give each a list as var_list")
            seen |= keys

    def _powers(self, training: tuple[Training, ...], one: Training) -> dict[str, str]:
        """Returns the variables of an Adam that are multiplied by a beta in each step, by their names in 1.15."""
        adams = [each for each in training if each.ops == one.ops and self._class(each) in checkpoints.ADAMS]
        if one not in adams:
            return {}
        number = f"_{adams.index(one)}" if adams[0] is not one else ""
        optimizer = self._optimizer(one)
        return {
            f"{one.ops}{name}{number}": f"{optimizer}.{attribute}" for name, attribute in checkpoints.POWERS.items()
        }

    def _is_run(self, node: ast.Call, training: Training) -> bool:
        if any(self.building.is_in(run, training.call) for run in self.runs.values()):
            return True
        if self._is_saved(node):
            self._refuse(node, "the optimizer's variables are saved but never used", "remove the train op")
        return False

    def _is_saved(self, node: ast.Call) -> bool:
        saves = [
            self.facts.values.get(each.value)
            for each in self.facts.source.nodes
            if isinstance(each, ast.Attribute) and each.attr == "save"
        ]
        return any(isinstance(each, Saver) and each.node is node for each in saves)

    def _lines_before(self, node: ast.Call, saved: Saved, training: list[Training]) -> list[str]:
        """Returns the statements that let layers and optimizers have their variables."""
        users = [self.variables.user(name, part) for name, part in saved.parts.items() if isinstance(part, ast.Call)]
        layers = [each for each in users if each is not None]
        lines = self.building.lines(saved.item, saved.owner, layers, [each.call for each in training])
        if lines is None:
            saved.is_named = False
            self._refuse(node, *LATE)
        return lines or []


def _dict(entries: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in entries.items()) + "}"


def _assigned(name: str, entries: Mapping[str, str]) -> list[str]:
    inner = " " * _INDENT
    return [f"{name} = {{", *(f'{inner}"{key}": {value},' for key, value in entries.items()), "}"]


def _called(start: str, arguments: Sequence[str]) -> list[str]:
    """Returns the lines of a call: one if it is short."""
    line = f"{start}({', '.join(arguments)})"
    if len(line) <= _WIDTH:
        return [line]
    return [f"{start}(", *(f"{' ' * _INDENT}{each}," for each in arguments), ")"]
