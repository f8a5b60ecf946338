"""What calls stand for that make monitored sessions, their hooks and the global step."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.facts import creating, syntax
from tf1graphs.migrate.facts.values import Host, Session, Unknown, Value, Variable, flat

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

STEP = "global_step"
# The sessions, with their parameters in 1.15.
_SESSIONS = {
    "train.MonitoredTrainingSession": """master is_chief checkpoint_dir scaffold hooks chief_only_hooks
        save_checkpoint_secs save_summaries_steps save_summaries_secs config stop_grace_period_secs log_step_count_steps
        max_wait_secs save_checkpoint_steps summary_dir""",
    "train.SingularMonitoredSession": """hooks scaffold master config checkpoint_dir stop_grace_period_secs
        checkpoint_filename_with_path""",
    "train.MonitoredSession": "session_creator hooks stop_grace_period_secs",
}
# Parameters that mean nothing where no checkpoint is written, and values that mean nothing anywhere.
_IDLE = """config stop_grace_period_secs save_checkpoint_secs save_checkpoint_steps save_summaries_steps
    save_summaries_secs log_step_count_steps max_wait_secs"""
_ONLY = {"is_chief": True, "master": ""}


@dataclass(eq=False)
class Hook(Value):
    """A hook that stops a session when the global step has a value, which an expression gives."""

    last_step: ast.expr | None = None


@dataclass(eq=False)
class Monitored(Session):
    """A session that begins by itself and ends when the data does, or at a global step if it has a hook for it."""

    hook: Hook | None = None


@dataclass(eq=False)
class GlobalStep(Variable):
    """The variable that counts the updates, and the call that made it."""

    call: ast.Call | None = None


def called(self: Expressions, short: str, node: ast.Call) -> Value | None:
    """Returns what a call stands for, by the symbol without ``tf.``; None if it is about something else."""
    if short in _SESSIONS:
        return _session(self, short, node)
    if short == "train.StopAtStepHook":
        return _stop(self, node)
    if short.startswith("train.") and short.endswith("Hook"):
        self.arguments(node)
        self.refuse(node, f"tf.{short}", "it is a hook of a session", "do what it does in the loop itself")
        return Unknown()
    if short.startswith(("train.", "contrib.framework.")) and short.endswith(f"_{STEP}"):
        self.arguments(node)
        return _step(self, short, node)
    return None


def _session(self: Expressions, short: str, node: ast.Call) -> Monitored:
    self.arguments(node)
    given = dict(zip(_SESSIONS[short].split(), node.args, strict=False)) | {
        each.arg or "**": each.value for each in node.keywords
    }
    hooks: list[Value] = []
    for parameter, argument in given.items():
        value = self.facts.values[argument]
        literal = value.literal if isinstance(value, Host) else ...
        if parameter in ("hooks", "chief_only_hooks"):
            hooks += flat(value)
        elif parameter not in _IDLE.split() and literal is not None and literal != _ONLY.get(parameter, ...):
            self.refuse(node, f"tf.{short}", f"its argument {parameter} is not migrated", "use a tf.train.Checkpoint")
    known = [each for each in hooks if isinstance(each, Hook)]
    others = [
        each for each in hooks if not isinstance(each, Hook) and not (isinstance(each, Host) and each.literal is None)
    ]
    if others or len(known) > 1:
        self.refuse(node, f"tf.{short}", "what its hooks do is not known by reading", "write them in a list")
    return Monitored(hook=known[0] if known else None)


def _stop(self: Expressions, node: ast.Call) -> Hook:
    self.arguments(node)
    # No checkpoint is read, so that the first step is 0 and both arguments mean the same.
    steps = syntax.argument(node, 0, "num_steps") or syntax.argument(node, 1, "last_step")
    if steps is not None and isinstance(steps, ast.Constant) and steps.value is None:
        steps = syntax.argument(node, 1, "last_step")
    value = self.facts.values.get(steps) if steps is not None else None
    if isinstance(value, Host) and isinstance(value.literal, int) and value.literal < 1:
        self.refuse(node, "tf.train.StopAtStepHook", "it still runs one step", "leave out the session")
    return Hook(last_step=steps)


def _step(self: Expressions, short: str, node: ast.Call) -> Value:
    """Returns the global step of the graph, which the first call makes."""
    known = self.names.got.get(STEP)
    if known is None and short.endswith("get_global_step"):
        return Host(literal=None)
    if isinstance(known, Variable):
        return known
    self.names.take(STEP)
    made = GlobalStep(name=STEP, is_trainable=False, call=node)
    self.names.got[STEP] = made
    self.facts.note_name(node, STEP)
    creating.note_created(self, node, STEP)
    return made


def _should_stop(self: Expressions, owner: Value, node: ast.Call) -> Value:
    del self, owner, node
    return Host()


METHODS: dict[str, Callable[[Any, Value, ast.Call], Value]] = {"should_stop": _should_stop}
