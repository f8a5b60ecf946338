"""A comparison as one HTML page that needs no network: the curves of both programs over each other, and all numbers."""

from __future__ import annotations

import io
from html import escape

from tf1graphs.verify import report
from tf1graphs.verify.comparison import Comparison, Quantity

_CURVES_AT_MOST = 60
# Arrays are drawn as the mean of their elements' magnitudes; variables have a table of their own.
_DRAWN = ("loss", "print", "summary", "value", "gradient")

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --bad: #c62828; --good: #2e7d32; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.verdict { border-left: .4rem solid; padding: .5rem 1rem; font-weight: 600; }
.equivalent { border-color: var(--good); } .different { border-color: var(--bad); }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere; }
tr.different { color: var(--bad); }
.curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem; }
figure { margin: 0; background: #fff; border: 1px solid var(--line); } svg { width: 100%; height: auto; }
"""


def _svg(quantity: Quantity, names: tuple[str, str]) -> str:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    curve = quantity.curve
    figure = Figure(figsize=(5, 3), layout="tight")
    axes = figure.subplots()
    axes.plot(curve.at, curve.first, color="#1565c0", linewidth=3, alpha=0.5, label=names[0])
    axes.plot(curve.at, curve.second, color="#ef6c00", linewidth=1, label=names[1])
    if quantity.is_different and quantity.parted is not None:
        axes.axvline(quantity.parted, color="#c62828", linestyle=":", label=f"parted at {quantity.parted}")
    axes.set_title(report.title(quantity), fontsize=9)
    axes.tick_params(labelsize=8)
    axes.legend(fontsize=7)
    out = io.StringIO()
    # Text stays text, so that it can be searched and read aloud.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "tf1graphs"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue().partition("?>")[2].partition(">")[2]


def _curves(comparison: Comparison, names: tuple[str, str]) -> str:
    drawn = [
        quantity
        for quantity in report.sorted_quantities(comparison)
        if quantity.series.kind in _DRAWN and len(quantity.curve.at) > 1
    ]
    return "".join(f"<figure>{_svg(quantity, names)}</figure>" for quantity in drawn[:_CURVES_AT_MOST])


def _table(comparison: Comparison) -> str:
    rows = [
        f"<tr class='{'different' if quantity.is_different else ''}'><td>{escape(report.title(quantity))}</td>"
        f"<td>{quantity.compared}</td><td>{quantity.absolute:.3g}</td><td>{quantity.relative:.3g}</td>"
        f"<td>{escape(report.part(quantity))}</td></tr>"
        for quantity in report.sorted_quantities(comparison)
    ]
    head = "<tr><th>quantity<th>compared<th>largest difference<th>relative<th>parted</tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>" if lines else ""


def html(comparison: Comparison, first: str, second: str) -> str:
    """Returns the page.

    Args:
        comparison: what was found.
        first: the name of the first program.
        second: the name of the second.
    """
    kind = "equivalent" if comparison.is_equivalent else "different"
    title = f"{escape(first)} and {escape(second)}"
    return (
        f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>{title}</title><style>{_STYLE}</style>"
        f"<h1>{title}</h1><p class='verdict {kind}'>{escape(report.verdict(comparison))}</p>"
        f"{_list(report.remarks(comparison) + report.likely_causes(comparison))}"
        f"<h2>Curves</h2><div class='curves'>{_curves(comparison, (first, second))}</div>"
        f"<h2>All quantities</h2>{_table(comparison)}</html>\n"
    )
