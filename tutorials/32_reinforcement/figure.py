"""The reward curves of both methods and the beginning of a game."""

import numpy as np

from tf1graphs import figures

WINDOW = 50


def smooth(scores):
    """Returns steps and scores, the latter each the mean of up to 50 games."""
    steps, values = (np.array(column, float) for column in zip(*scores))
    sums = np.concatenate([[0.0], values.cumsum()])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - WINDOW, 0)
    return steps, (sums[ends] - sums[starts]) / (ends - starts)


def save(path, curves, frames):
    """Saves the picture.

    Args:
        path: the PNG file.
        curves: method -> (steps played, score) of each game.
        frames: (river [rows, lanes], the raft's lane) of some steps.
    """
    from matplotlib.figure import Figure

    drawing = Figure(figsize=(9, 5.5))
    grid = drawing.add_gridspec(2, len(frames), height_ratios=[2, 1.3], hspace=0.4)
    axes = drawing.add_subplot(grid[0, :])
    for method, scores in curves.items():
        axes.plot(*smooth(scores), label=method)
    axes.set(xlabel="steps played", ylabel="logs passed, mean of 50 games")
    axes.grid(alpha=0.3)
    axes.legend()
    for number, (river, lane) in enumerate(frames):
        cell = drawing.add_subplot(grid[1, number])
        cell.imshow(river, cmap="Blues", origin="lower", vmin=-0.3, vmax=1.2)
        cell.plot(lane, 0, "o", color="tab:red", markersize=9)
        cell.set_title("step %d" % number, size=9)
        cell.set_xticks([])
        cell.set_yticks([])
    figures.save_figure(drawing, path)
