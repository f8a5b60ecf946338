"""What a migration did, in words, tables and JSON."""

from __future__ import annotations

import difflib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tf1graphs.migrate.hints import Hint
from tf1graphs.migrate.project import LEFT, NATIVE, UNREADABLE, UNTOUCHED, Outcome
from tf1graphs.migrate.proof import Verdict
from tf1graphs.migrate.trace.programs import Traced

_WORDS = {
    NATIVE: "native to TensorFlow 2",
    LEFT: "not migrated",
    UNTOUCHED: "untouched",
    UNREADABLE: "unreadable",
}
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_DIFF_STYLES = {"---": "bold", "+++": "bold", "-": "red", "+": "green", "@@": "cyan"}
_STYLES = {NATIVE: "green", LEFT: "yellow", UNREADABLE: "red"}


def _symbols(outcome: Outcome) -> Counter[str]:
    return Counter(use.symbol for use in outcome.symbols)


def lines(traced: Traced) -> Iterator[str]:
    """Yields what keeps files in TensorFlow 1 and what they still use of it, what was taken from a run, and hints."""
    yield from traced.failures
    for outcome in traced.outcomes:
        if outcome.message:
            yield outcome.message
        for each in outcome.refusals:
            assert outcome.document
            yield f"{outcome.document.place(each.line)}: {each.construct}: {each.reason}; {each.remedy}"
        for taken in traced.assumed.get(outcome.path, ()):
            assert outcome.document
            place = outcome.document.place(taken.line)
            yield f"{place}: {taken.expression} is taken to be {taken.value}, as it was in a run"
        names = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in _symbols(outcome).items())
        if names:
            yield f"{outcome.path}: still of TensorFlow 1: {names}"
        for hint in outcome.hints:
            yield f"{_place(outcome, hint)}: faster: {hint.construct}: {hint.advice}"


def _place(outcome: Outcome, hint: Hint) -> str:
    """Returns how messages call the line of the new text that a hint is about."""
    assert outcome.document
    return outcome.document.place(hint.line, outcome.text)


def summary(outcomes: Sequence[Outcome]) -> str:
    """Returns how many files have become what, in one line."""
    counts = Counter(outcome.status for outcome in outcomes)
    return ", ".join(f"{counts[status]} {words}" for status, words in _WORDS.items() if counts[status])


def render(traced: Traced, verdicts: Mapping[Path, Verdict], console: Any) -> None:
    """Prints a report to a rich console."""
    from rich.markup import escape
    from rich.table import Table

    outcomes = traced.outcomes
    table = Table(box=None, pad_edge=False)
    table.add_column("file", overflow="fold")
    for heading in ("becomes", *(["verified"] if verdicts else [])):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        if outcome.status != UNTOUCHED or outcome.path in verdicts:
            verdict = [escape(verdicts[outcome.path].text)] if outcome.path in verdicts else []
            row = [escape(str(outcome.path)), _WORDS[outcome.status], *verdict]
            table.add_row(*row, style=_STYLES.get(outcome.status, ""))
    if table.row_count:
        console.print(table)
    # All at once: rich takes much longer for a line each.
    if text := "\n".join(lines(traced)):
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    console.print(summary(outcomes), style="bold", markup=False, highlight=False)


def as_dict(traced: Traced, verdicts: Mapping[Path, Verdict], written: Mapping[Path, Path]) -> Any:
    """Returns a report for ``--json``.

    Its keys:

    - ``counts``: status -> number of files; the statuses are native, left, untouched and unreadable.
    - ``untraced``: why programs could not be recorded for ``--trace``, a line each.
    - ``files``: for each file ``path``, ``status``, ``changed``, ``written`` (the file that was written, or null),
      ``message`` (why it is unreadable, or null), ``refusals`` (each with ``place``, ``line``, ``construct``,
      ``reason``, ``remedy``; a notebook's ``line`` counts through its cells, ``place`` names the cell), ``symbols``
      (what the new file uses of TensorFlow 1: name -> how often), ``hints`` (what would make the new file faster,
      each with ``place``, ``line``, ``construct`` and ``advice``, by the lines of the new file), ``assumed`` (what was
      taken from a run of the old program, each with ``place``, ``line``, ``expression``, ``value``) and ``verified``
      (null, or ``verdict`` and ``equivalent``).
    """
    outcomes = traced.outcomes
    return {
        "counts": Counter(outcome.status for outcome in outcomes),
        "untraced": list(traced.failures),
        "files": [
            {
                "path": str(outcome.path),
                "status": outcome.status,
                "changed": outcome.is_changed,
                "written": str(written[outcome.path]) if outcome.path in written else None,
                "message": outcome.message or None,
                "refusals": [
                    {"place": outcome.document.place(each.line), **vars(each)}
                    for each in outcome.refusals
                    if outcome.document
                ],
                "symbols": _symbols(outcome),
                "hints": [{"place": _place(outcome, hint), **vars(hint)} for hint in outcome.hints],
                "assumed": [
                    {"place": outcome.document.place(each.line), **vars(each)}
                    for each in traced.assumed.get(outcome.path, ())
                    if outcome.document
                ],
                "verified": vars(verdicts[outcome.path]) if outcome.path in verdicts else None,
            }
            for outcome in outcomes
        ],
    }


def diff(outcome: Outcome) -> list[str]:
    """Returns the changes of a file as a unified diff, line by line; those of a notebook are of its cells' sources."""
    if not outcome.document or not outcome.is_changed:
        return []
    old, new = (_LINE.findall(outcome.document.shown(text)) for text in (outcome.document.text, outcome.text))
    changes = difflib.unified_diff(old, new, str(outcome.path), str(outcome.path))
    return [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in changes]


def print_diff(outcomes: Sequence[Outcome]) -> None:
    """Prints the changes of all files, in colours on a terminal."""
    changes = [line for outcome in outcomes for line in diff(outcome)]
    if not sys.stdout.isatty():
        sys.stdout.writelines(changes)
        return
    from rich.console import Console

    console = Console(soft_wrap=True)
    for line in changes:
        style = next((style for start, style in _DIFF_STYLES.items() if line.startswith(start)), "")
        console.print(line, end="", style=style, markup=False, highlight=False)
