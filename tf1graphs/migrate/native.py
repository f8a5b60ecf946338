"""Migrates a program to TensorFlow 2."""

from __future__ import annotations

import ast

from tf1graphs.migrate import (
    asked_by_name,
    branches,
    checks,
    chosen,
    hoisting,
    indentation,
    initializations,
    inlining,
    longhand,
    partials,
    rebuilding,
    saver_places,
    trees,
    unrolling,
    versions,
)
from tf1graphs.migrate.facts import feeding, metrics
from tf1graphs.migrate.facts.interpreter import Interpreter
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.facts.values import Symbol
from tf1graphs.migrate.refusals import Refusal, Refused
from tf1graphs.migrate.rewritten import Rewritten
from tf1graphs.migrate.source import Source, one_statement_per_line
from tf1graphs.migrate.writing.module import Module


def migrate(text: str, trace: Trace | None = None) -> str:
    """Returns the TensorFlow 2 source of a TensorFlow 1.x program, told by reading and by what a run has shown.

    Raises:
        SyntaxError: the text is not Python 3.
        Refused: something in it cannot be migrated.
    """
    migrated = _migrated(prepared(text), trace or Trace())
    return text if migrated is None else indentation.like(migrated, text)


def prepared(text: str) -> str:
    """Returns a program as it is read: each statement has lines of its own, which blanks indent.

    Raises:
        SyntaxError: the text is not Python 3.
    """
    return one_statement_per_line(indentation.spaced(text))


def _migrated(text: str, trace: Trace) -> str | None:
    """Returns what becomes of a prepared program; None if it has nothing of TensorFlow."""
    source = Source(text)
    interpreter = _interpreted(source, trace)
    facts = interpreter.facts
    decided = versions.without_others(facts)
    if decided is not None:
        # What a run has shown it has shown at other columns.
        return _migrated(decided, Trace()) or decided
    if trace and facts.unentered():
        return _migrated(branches.without_unentered(facts), trace)
    tf = _spelling(source.tree, interpreter)
    other = (
        asked_by_name.rewritten(facts)
        or partials.written_out(facts)
        or longhand.written_out(facts, tf)
        or hoisting.hoisted(facts)
        or metrics.taken_apart(facts)
        or chosen.optimizer(facts)
    )
    if other:
        return _anew(other)
    if not facts.refusals and not any(isinstance(value, Symbol) for value in facts.values.values()):
        return None
    moved = rebuilding.moved(facts, tf) if any(initializations.repeated(facts)) else None
    if moved:
        return _anew(moved)
    module = Module(facts, tf)
    migrated = module.finished(_written(module))
    moved = saver_places.moved(facts)
    if moved:
        return _anew(moved)
    facts.refusals |= set(checks.facts(facts, list(dict.fromkeys(module.runs.values()))))
    if not facts.refusals:
        facts.refusals |= set(checks.text(source.tree, migrated))
    if facts.refusals:
        other = unrolling.unrolled(facts) or inlining.inlined(facts)
        if other:
            return _anew(other)
        raise Refused(sorted(facts.refusals))
    return migrated


def _interpreted(source: Source, trace: Trace) -> Interpreter:
    """Returns the interpreter that has gone through a program; twice, if it feeds what seems to be fixed at first."""
    interpreter = Interpreter(source, trace)
    interpreter.program()
    fixed = feeding.fixed(interpreter.facts)
    if fixed:
        interpreter = Interpreter(source, trace, fixed)
        interpreter.program()
    return interpreter


def _anew(program: Rewritten) -> str | None:
    """Returns what becomes of a program that has been written in other words."""
    try:
        # What a run has shown it has shown at other places.
        return _migrated(program.text, Trace())
    except Refused as refused:
        raise program.as_before(refused) from None


def _written(module: Module) -> str:
    """Returns what is written for a program.

    Raises:
        Refused: it is no Python.
    """
    try:
        text = module.text()
        trees.parse(text)
    except SyntaxError as error:
        reason = f"what was written for it is no Python ({error.msg})"
        own = Refusal(1, "this file", reason, "report it as a bug of tf1graphs")
        raise Refused(sorted(module.facts.refusals) or [own]) from None
    return text


def _spelling(tree: ast.Module, interpreter: Interpreter) -> str:
    """Returns how a file spells TensorFlow."""
    for name, bound in interpreter.scope.bound.items():
        if isinstance(bound.value, Symbol) and bound.value.name == "tf":
            return name
    return "tf"
