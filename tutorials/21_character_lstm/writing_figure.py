"""The figure: which character is likely to come next at each temperature, and what is written at it."""

import textwrap

import characters

from tf1graphs import figures

_SHOWN = 165
_LINE = 42


def save(path, alphabet, logits, samples):
    """Saves a row for each temperature.

    Args:
        path: the PNG file.
        alphabet: the characters.
        logits: their logits [n_class] behind the seed text.
        samples: what was written behind it at each temperature.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 1.35 * len(samples)))
    places = range(len(alphabet))
    rows = figure.subplots(
        len(samples), 2, squeeze=False, sharex="col", gridspec_kw={"width_ratios": [6, 5], "wspace": 0.04}
    )
    for (bars, writing), temperature, sample in zip(rows, characters.temperatures, samples):
        bars.bar(places, characters.probabilities(logits, temperature))
        bars.set(ylim=(0, 1.05), yticks=(0, 0.5, 1), xlim=(-0.7, len(alphabet) - 0.3))
        bars.set_xticks(places, ["␣" if c == " " else "↵" if c == "\n" else c for c in alphabet], family="monospace")
        bars.set_ylabel(f"temp. {temperature}" if temperature else "greedy")
        writing.set_axis_off()
        lines = textwrap.wrap(sample[:_SHOWN], _LINE)
        writing.text(0, 0.5, "\n".join(lines), family="monospace", size=11, va="center", transform=writing.transAxes)
    rows[0, 0].set_title("probability of each character to come next")
    rows[0, 1].set_title("what is written", loc="left")
    figures.save_figure(figure, path)
