"""A comparison in words and tables."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from rich.markup import escape

from tf1graphs.verify import causes
from tf1graphs.verify.comparison import Comparison, Quantity
from tf1graphs.verify.recording import LOSS

_KINDS = {
    "loss": ("loss", "losses"),
    "gradient": ("gradient of", "gradients"),
    "update": ("update of", "updates of variables"),
    "weight": ("variable", "variables during training"),
    "value": ("fetched", "fetched or returned values"),
    "print": ("printed:", "printed lines"),
    "summary": ("summary", "summaries"),
    "final": ("final value of", "final values of variables"),
    "checkpoint": ("checkpoint:", "tensors of checkpoints"),
}
_ROWS_AT_MOST = 20
_CAUSES_AT_MOST = 3


def title(quantity: Quantity) -> str:
    """Returns what a quantity is, in words."""
    name = "" if quantity.series.kind == LOSS else quantity.series.name
    return f"{_KINDS[quantity.series.kind][0]} {name}".strip()


def part(quantity: Quantity) -> str:
    """Returns where the programs part in a quantity, in words."""
    if quantity.is_noise:
        return "rounding errors only"
    if quantity.parted is None:
        return "never"
    by = {"print": "line", "value": "value"}.get(quantity.series.kind, "step")
    if quantity.series.kind in ("final", "checkpoint"):
        return f"after step {quantity.at_step}"
    return f"{by} {quantity.parted}"


def sorted_quantities(comparison: Comparison) -> list[Quantity]:
    """Returns the quantities that differ, by the step in which they part, and then the others."""
    return sorted(
        comparison.quantities,
        key=lambda quantity: (
            not quantity.is_different,
            quantity.at_step if quantity.is_different and quantity.at_step is not None else 0,
            list(_KINDS).index(quantity.series.kind),
        ),
    )


def verdict(comparison: Comparison) -> str:
    """Returns the outcome in one line."""
    if not comparison.is_comparable:
        return "could not compare: the programs have no quantity in common"
    count = sum(quantity.compared for quantity in comparison.quantities)
    if comparison.is_equivalent:
        return f"equivalent: {count} values of {len(comparison.quantities)} quantities agree"
    at = f" from training step {comparison.parted} on" if comparison.parted else ""
    return f"different{at}"


def _unmatched(comparison: Comparison) -> list[str]:
    return [
        f"only the {which} program has a trainable variable {variable.name} {list(variable.shape)}"
        for which, variables in zip(("first", "second"), comparison.unmatched, strict=True)
        for variable in variables
    ]


def remarks(comparison: Comparison) -> list[str]:
    """Returns what differs beside the quantities, a line each."""
    return [
        *_unmatched(comparison),
        *(f"initial values of {name}: {how}" for name, how in comparison.initializers.items()),
        *comparison.remarks,
    ]


def likely_causes(comparison: Comparison) -> list[str]:
    """Returns the best guesses at why the programs differ, a line each."""
    return [f"likely cause: {cause.sentence}" for cause in causes.likely(comparison)[:_CAUSES_AT_MOST]]


def _row(heading: str, quantities: Sequence[Quantity], parted: str) -> tuple[str, ...]:
    return (
        heading,
        f"{sum(quantity.compared for quantity in quantities)}",
        f"{max(quantity.absolute for quantity in quantities):.3g}",
        f"{max(quantity.relative for quantity in quantities):.3g}",
        parted,
    )


def _rows(comparison: Comparison) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yields the table's rows, and whether each is a difference: quantities that agree share one for each kind."""
    quantities = sorted_quantities(comparison)
    different = [quantity for quantity in quantities if quantity.is_different]
    for quantity in different[:_ROWS_AT_MOST]:
        yield _row(title(quantity), [quantity], part(quantity)), True
    for kind, (_, many) in _KINDS.items():
        same = [q for q in quantities if q.series.kind == kind and not q.is_different]
        if same:
            alone = len(same) == 1
            yield (
                _row(title(same[0]) if alone else f"{len(same)} {many}", same, part(same[0]) if alone else "never"),
                False,
            )


def render(comparison: Comparison, console: Any) -> None:
    """Prints a comparison to a rich console."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("quantity", overflow="fold")
    for heading in ("compared", "largest difference", "relative", "parted"):
        table.add_column(heading, justify="right", no_wrap=True)
    for cells, is_different in _rows(comparison):
        table.add_row(*map(escape, cells), style="red" if is_different else "")
    console.print(table)
    hidden = sum(quantity.is_different for quantity in comparison.quantities) - _ROWS_AT_MOST
    if hidden > 0:
        console.print(f"... and {hidden} more that differ; --json has all")
    for remark in remarks(comparison):
        console.print(remark, markup=False, highlight=False)
    for cause in likely_causes(comparison):
        console.print(cause, markup=False, highlight=False)
    console.print(verdict(comparison), style="bold", markup=False, highlight=False)


def text(comparison: Comparison) -> str:
    """Returns a comparison as plain text."""
    from rich.console import Console

    out = io.StringIO()
    render(comparison, Console(file=out, width=160))
    return out.getvalue()


def as_dict(comparison: Comparison) -> dict[str, Any]:
    """Returns a comparison for ``--json``."""
    return {
        "verdict": "equivalent" if comparison.is_equivalent else "different",
        "parted": comparison.parted,
        "variables": comparison.pairs,
        "remarks": remarks(comparison),
        "causes": [cause._asdict() for cause in causes.likely(comparison)],
        "quantities": [
            {
                "kind": quantity.series.kind,
                "name": quantity.series.name,
                "compared": quantity.compared,
                "absolute": quantity.absolute,
                "relative": quantity.relative,
                "parted": quantity.parted,
                "different": quantity.is_different,
            }
            for quantity in sorted_quantities(comparison)
        ],
    }
