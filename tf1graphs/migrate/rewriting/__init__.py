"""Writes programs in other words, still for TensorFlow 1, that can be written for TensorFlow 2."""

from __future__ import annotations

from collections.abc import Callable

from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.rewriting import (
    asked_by_name,
    chosen,
    hoisting,
    inherited,
    inlining,
    longhand,
    metric_pairs,
    partials,
    rebuilding,
    saver_places,
    unrolling,
)
from tf1graphs.migrate.rewriting.rewritten import Rewritten

_Rewriting = Callable[[Facts], Rewritten | None]

# What is tried once a program has been read, once it has been written, and where it would be refused.
_READ: tuple[_Rewriting, ...] = (
    asked_by_name.rewritten,
    partials.written_out,
    longhand.written_out,
    hoisting.hoisted,
    inherited.written_out,
    metric_pairs.taken_apart,
    chosen.optimizer,
    rebuilding.moved,
)
_WRITTEN: tuple[_Rewriting, ...] = (saver_places.moved,)
_REFUSED: tuple[_Rewriting, ...] = (unrolling.unrolled, inlining.inlined)


def once_read(facts: Facts) -> Rewritten | None:
    """Returns a program in other words that are needed to write it; None if its own will do."""
    return _first(_READ, facts)


def once_written(facts: Facts) -> Rewritten | None:
    """Returns a program in other words, for what writing it has shown; None if its own will do."""
    return _first(_WRITTEN, facts)


def if_refused(facts: Facts) -> Rewritten | None:
    """Returns a program in other words that may do where its own are refused; None if there are none."""
    return _first(_REFUSED, facts)


def _first(rewritings: tuple[_Rewriting, ...], facts: Facts) -> Rewritten | None:
    return next((found for each in rewritings if (found := each(facts))), None)
