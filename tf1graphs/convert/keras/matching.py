"""Which tensors of a checkpoint are which variables of a model; what is left is listed with what is known of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.keras import slots, sources, targets
from tf1graphs.convert.keras.names import Families, common_end, is_in_cell, number_in, parts_of
from tf1graphs.convert.keras.pairing import Pair, Pairing
from tf1graphs.convert.keras.report import Match, Report
from tf1graphs.convert.keras.spellings import CELL_TARGETS, SAME, WITHOUT_COUNTERPART
from tf1graphs.convert.keras.tensors import HasShape, Tensors

# How matches were found whose settings the user did not give.
_FOUND = ("name", "shape", "order")
_FORGET_BIAS = "forget_bias"


def _scores(pairs: Sequence[Pair]) -> dict[Pair, int]:
    """How many parts of the names agree, from the end; none where the numbers in them were given in another count."""
    parts = {scope: parts_of(scope) for pair in pairs for scope in pair}
    of_targets = Families(parts[target] for target, _ in pairs)
    of_sources = Families(parts[source] for _, source in pairs)
    scores = {}
    for target, source in pairs:
        score = common_end(parts[target], parts[source])
        if score and of_targets.beside(parts[target]) != of_sources.beside(parts[source]):
            score = 0
        scores[target, source] = score
    return scores


def _of_layers(
    groups: list[targets.TargetGroup], variables: Mapping[str, HasShape], creation: Sequence[str] | None
) -> list[Match]:
    """Layers and cells as a whole."""
    candidates = sources.Candidates(variables)
    rows = {(group.scope, each.scope): candidates.row(each, group) for group in groups for each in candidates.groups}
    pairing = Pairing({pair: row for pair, row in rows.items() if row})
    pairing.by_name(_scores([pair for pair, row in rows.items() if row]))
    pairing.by_shape(creation)
    return pairing.matches


def _may_be(source: str, role: str) -> bool:
    """Whether a variable's name allows the role: ``b1`` is a bias, ``gamma`` is none, ``Variable_2`` may be any."""
    base = number_in(source.rpartition("/")[2])[0]
    roles = {each for each, spellings in SAME.items() if base in spellings}
    return not is_in_cell(source) and (not roles or role in roles)


def _of_variables(
    groups: list[targets.TargetGroup], variables: Mapping[str, HasShape], creation: Sequence[str] | None
) -> list[Match]:
    """Single variables of layers that are no cells: programs that made their own call them as they like."""
    rows = {
        (group.path(role), source): Row((source,), (group.path(role),))
        for group in groups
        if not set(CELL_TARGETS) <= set(group.shapes)
        for role, shape in group.shapes.items()
        for source, entry in variables.items()
        if entry.shape == shape and _may_be(source, role)
    }
    pairing = Pairing(rows)
    pairing.by_shape(creation)
    return pairing.matches


def _without(matches: list[Match], groups: list[targets.TargetGroup]) -> list[targets.TargetGroup]:
    taken = {path for match in matches for path in match.row.targets}
    left = [
        targets.TargetGroup(
            group.scope, {name: shape for name, shape in group.shapes.items() if group.path(name) not in taken}
        )
        for group in groups
    ]
    return [group for group in left if group.shapes]


def _hint(name: str) -> str:
    """Why Keras 3 has no place for a tensor, where that is known."""
    return next((reason for ending, reason in WITHOUT_COUNTERPART.items() if f"/{name}".endswith(ending)), "")


def matches_of(
    entries: Mapping[str, HasShape],
    groups: list[targets.TargetGroup],
    given: Sequence[Row],
    creation: Sequence[str] | None,
) -> list[Match]:
    """Finds what the variables among ``entries`` become of ``groups``; arguments as of ``match``."""
    variables = {name: entry for name, entry in entries.items() if not sources.variable_of_slot(name, entries)}
    matches = [Match(row, "map") for row in given]
    for stage in (_of_layers, _of_variables):
        taken = {name for each in matches for name in each.row.sources}
        left = {name: entry for name, entry in variables.items() if name not in taken}
        matches += stage(_without(matches, groups), left, creation)
    return matches


def _with_forget_bias(match: Match, forget_biases: Mapping[str, float]) -> Match:
    """The match with what its cell adds in the graph; that is then no assumption."""
    if match.how not in _FOUND or _FORGET_BIAS not in match.row.settings or match.row.sources[0] not in forget_biases:
        return match
    settings = {**match.row.settings, _FORGET_BIAS: forget_biases[match.row.sources[0]]}
    return Match(dataclasses.replace(match.row, settings=settings), match.how)


def match(
    tensors: Tensors,
    model: Any,
    given: Sequence[Row] = (),
    creation: Sequence[str] | None = None,
    forget_biases: Mapping[str, float] | None = None,
) -> Report:
    """Finds the rows that bring ``tensors`` into ``model``, a ``keras.Model``.

    Args:
        tensors: a checkpoint, or the constants of a frozen graph.
        model: built; its optimizer's variables get the slots if it was compiled.
        given: rows that stand; only what is not in them is matched.
        creation: the names of the variables in the order in which they were created, where a meta graph is there.
        forget_biases: of LSTM cells by the names of their kernels, where a graph is there.
    """
    known = forget_biases or {}
    entries = tensors.entries
    found = matches_of(entries, targets.groups_of(model), given, creation)
    matches = [_with_forget_bias(each, known) for each in found]
    kept, reasons = slots.matches_of(model, entries, matches)
    return _report(model, entries, matches + kept, reasons, known)


def _report(
    model: Any,
    entries: Mapping[str, HasShape],
    matches: list[Match],
    reasons: Mapping[str, str],
    forget_biases: Mapping[str, float],
) -> Report:
    taken_sources = {name for each in matches for name in each.row.sources}
    taken_targets = {path for each in matches for path in each.row.targets}
    paths = list(targets.variables_of(model))
    places = {path: place for place, path in enumerate(paths)}
    return Report(
        sorted(matches, key=lambda each: min((places.get(path, 0) for path in each.row.targets), default=0)),
        {name: reasons.get(name) or _hint(name) for name in entries if name not in taken_sources},
        {path: "" for path in _wanted(model, taken_targets) if path not in taken_targets},
        [_assumption(each.row) for each in matches if _is_assumed(each, forget_biases)]
        + (["the optimizer starts anew"] if _starts_anew(model, taken_targets) else []),
    )


def _starts_anew(model: Any, taken: set[str]) -> bool:
    """Whether there is an optimizer of which nothing was matched: the checkpoint has no slots of its kind."""
    layers = {weight.path for weight in model.weights}
    return targets.optimizer_of(model) is not None and taken <= layers


def _wanted(model: Any, taken: set[str]) -> list[str]:
    """The variables that would keep their initial values against what was meant."""
    if _starts_anew(model, taken):
        return [weight.path for weight in model.weights]
    return [path for path in targets.variables_of(model) if path not in targets.learning_rates(model)]


def _is_assumed(match: Match, forget_biases: Mapping[str, float]) -> bool:
    return match.how in _FOUND and bool(match.row.settings) and match.row.sources[0] not in forget_biases


def _assumption(row: Row) -> str:
    settings = ", ".join(f"{name} {value}" for name, value in row.settings.items())
    return f"{settings} for {row.sources[0]}: 1.15's default, no checkpoint has it"
