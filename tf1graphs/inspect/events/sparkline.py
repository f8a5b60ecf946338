"""Curves in a line of text."""

from __future__ import annotations

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float], width: int = 24) -> str:
    """The curve of finite values, at most ``width`` characters wide; of more values the means of neighbours."""
    if not values:
        return ""
    width = min(width, len(values))
    bounds = [len(values) * place // width for place in range(width + 1)]
    # Sums of the largest numbers would be infinite.
    unit = max(map(abs, values)) or 1.0
    means = [
        sum(value / unit for value in values[start:end]) / (end - start)
        for start, end in zip(bounds[:-1], bounds[1:], strict=True)
    ]
    lowest, spread = min(means), max(means) - min(means)
    heights = [(mean - lowest) / spread if spread else 0.0 for mean in means]
    return "".join(_BARS[round(height * (len(_BARS) - 1))] for height in heights)
