"""The figures of the tutorials, saved as PNG; matplotlib is imported when the first one is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tf1graphs.replacing import replacing

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.figure import Figure

_MOST_CELLS = 40


def save_figure(figure: Figure, path: Path) -> None:
    """Writes ``figure`` as PNG under a temporary name, then renames it to ``path``."""
    with replacing(path) as unfinished:
        figure.savefig(unfinished, format="png", dpi=80, bbox_inches="tight")


def save_digits(path: Path, *rows: np.ndarray, titles: Sequence[str] = ()) -> None:
    """Saves images as a grid.

    Args:
        path: the PNG file.
        *rows: arrays of shape [columns, 784] or [columns, 28, 28], values in [0, 1], each a row of the grid.
        titles: what stands above each column.
    """
    from matplotlib.figure import Figure

    columns = len(rows[0])
    figure = Figure(figsize=(columns, len(rows) * (1.25 if titles else 1.0)))
    axes = figure.subplots(len(rows), columns, squeeze=False)
    for row_of_axes, row in zip(axes, rows, strict=True):
        for cell, image in zip(row_of_axes, row, strict=True):
            cell.set_axis_off()
            cell.imshow(image.reshape(28, 28), cmap="gray_r", vmin=0.0, vmax=1.0)
    for cell, title in zip(axes[0], titles, strict=False):
        cell.set_title(title)
    save_figure(figure, path)


def save_matrices(
    path: Path,
    matrices: Mapping[str, Any],
    rows: Iterable[str] = (),
    columns: Iterable[str] = (),
    limits: tuple[float, float] | None = None,
) -> None:
    """Saves small matrices side by side, with their numbers in the cells.

    Args:
        path: the PNG file.
        matrices: title -> matrix.
        rows: what stands left of each row.
        columns: what stands below each column.
        limits: the values of the lightest and the darkest blue; the smallest and the greatest value if not given.
    """
    import numpy as np
    from matplotlib.figure import Figure

    arrays = {title: np.asarray(matrix) for title, matrix in matrices.items()}
    low, high = limits or (min(a.min() for a in arrays.values()), max(a.max() for a in arrays.values()))
    widths = [array.shape[1] for array in arrays.values()]
    figure = Figure(figsize=(sum(widths) + len(widths), 1.0 + 0.7 * max(len(array) for array in arrays.values())))
    all_axes = figure.subplots(1, len(arrays), squeeze=False, gridspec_kw={"width_ratios": widths})[0]
    for axes, (title, array) in zip(all_axes, arrays.items(), strict=True):
        axes.imshow(array, cmap="Blues", vmin=low, vmax=high)
        for (row, column), value in np.ndenumerate(array):
            color = "white" if value - low > 0.6 * (high - low) else "black"
            axes.text(column, row, f"{round(float(value), 3):g}", ha="center", va="center", color=color)
        axes.set_title(title)
        axes.set_xticks([i for i, _ in enumerate(columns)], columns)
        axes.set_yticks([i for i, _ in enumerate(rows)], rows)
    save_figure(figure, path)


def save_graph(path: Path, graph: Any) -> None:
    """Saves a drawing of a ``tf.Graph`` without loops: operations from left to right, an arrow for each input."""
    from matplotlib.figure import Figure

    places: dict[str, tuple[int, float]] = {}
    lowest: dict[int, float] = {}
    arrows = []
    for operation in graph.get_operations():
        sources = [places[tensor.op.name] for tensor in operation.inputs]
        column = 1 + max((x for x, _ in sources), default=-1)
        free = lowest.get(column, 1) - 1
        row = min(free, sum(y for _, y in sources) / len(sources)) if sources else free
        lowest[column] = row
        places[operation.name] = (column, row)
        arrows += [(source, (column, row)) for source in sources]

    bottom = min(lowest.values()) - 0.5
    figure = Figure(figsize=(1.8 * len(lowest), 0.6 * (0.5 - bottom)))
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set(xlim=(-0.5, len(lowest) - 0.5), ylim=(bottom, 0.5))
    for source, target in arrows:
        axes.annotate("", target, source, arrowprops={"arrowstyle": "-|>", "shrinkA": 28, "shrinkB": 28})
    for operation in graph.get_operations():
        text = f"{operation.name}\n({operation.type})"
        axes.text(
            *places[operation.name], text, ha="center", va="center", size=9, bbox={"boxstyle": "round", "fc": "w"}
        )
    save_figure(figure, path)


def save_curves(path: Path, curves: Mapping[str, Sequence[float]], x: str, y: str, **axis: Any) -> None:
    """Saves one line per entry of ``curves`` over 1, 2, ...; ``axis`` are further properties of the axes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3.5))
    axes = figure.subplots()
    for label, values in curves.items():
        axes.plot(range(1, len(values) + 1), values, label=label)
    axes.set(xlabel=x, ylabel=y, **axis)
    axes.grid(alpha=0.3)
    axes.legend()
    save_figure(figure, path)


def save_runs(path: Path, runs: Iterable[Mapping[str, Mapping[int, float]]]) -> None:
    """Saves the costs of runs that went on from one another, with marks where each was restored and saved.

    Args:
        path: the PNG file.
        runs: for each run ``"cost"`` and ``"saved"``: step -> cost at every step, and at those that were saved.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3.5))
    axes = figure.subplots()
    for costs, saved in [(run["cost"], run["saved"]) for run in runs if run["cost"]]:
        first = min(costs)
        (line,) = axes.plot(list(costs), list(costs.values()))
        axes.plot(list(saved), list(saved.values()), "o", markersize=4, color=line.get_color(), label="saved")
        if first > 1:
            axes.plot(first, costs[first], "k>", markerfacecolor="none", markersize=9, label="restored")
    axes.set(xlabel="step", ylabel="cost")
    axes.grid(alpha=0.3)
    handles, labels = axes.get_legend_handles_labels()
    one_of_each = dict(zip(labels, handles, strict=True))
    axes.legend(one_of_each.values(), one_of_each.keys())
    save_figure(figure, path)


def save_heat_map(path: Path, rows: Mapping[str, Sequence[float]], columns: Sequence[str], label: str) -> None:
    """Saves a table of cells, darker where the value is larger; of long tables the first 40 rows and columns.

    Args:
        path: the PNG file.
        rows: the name of each row and its values.
        columns: the names of the columns.
        label: what the values are.
    """
    from matplotlib.figure import Figure

    names, columns = list(rows)[:_MOST_CELLS], columns[:_MOST_CELLS]
    figure = Figure(figsize=(2.5 + 0.25 * len(columns), 1.0 + 0.25 * len(names)))
    axes = figure.subplots()
    image = axes.imshow([rows[name][:_MOST_CELLS] for name in names], cmap="Blues")
    axes.set_xticks(range(len(columns)), columns, rotation="vertical" if max(map(len, columns)) > 1 else None)
    axes.set_yticks(range(len(names)), names)
    figure.colorbar(image, label=label)
    save_figure(figure, path)


def save_pictures(path: Path, pictures: Mapping[str, np.ndarray]) -> None:
    """Saves coloured pictures side by side, each below its title.

    Args:
        path: the PNG file.
        pictures: title -> array of shape [height, width, 3]; values outside of [0, 1] are cut off.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1.9 * len(pictures), 2.6), layout="constrained")
    all_axes = figure.subplots(1, len(pictures), squeeze=False)[0]
    for axes, (title, picture) in zip(all_axes, pictures.items(), strict=True):
        axes.set_axis_off()
        axes.imshow(picture.clip(0.0, 1.0))
        axes.set_title(title)
    save_figure(figure, path)
