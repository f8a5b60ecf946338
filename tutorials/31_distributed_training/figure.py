"""The loss over time of one machine and of both clusters, with the moment at which a process was killed."""

import losses
import numpy as np

from tf1graphs import figures

WINDOW = 10
TITLES = {"one": "one machine", "async": "asynchronous", "sync": "synchronous"}


def save(logdir, killed):
    """Saves ``picture.png``.

    Args:
        logdir: has a folder with the losses of each training.
        killed: training -> the time in seconds at which one of its processes was killed.
    """
    from matplotlib.figure import Figure

    drawing = Figure(figsize=(10, 3.4))
    all_axes = drawing.subplots(1, len(TITLES), sharey=True)
    for axes, (training, title) in zip(all_axes, TITLES.items()):
        seconds, _, loss = np.array(losses.read(logdir / training)).T
        axes.semilogy(seconds - seconds[0], loss, ".", markersize=3, alpha=0.4)
        mean = np.convolve(loss, np.full(WINDOW, 1 / WINDOW), "valid")
        axes.semilogy(seconds[WINDOW - 1 :] - seconds[0], mean, label="mean of %d" % WINDOW)
        if killed.get(training):
            axes.axvline(killed[training] - seconds[0], color="tab:red", linestyle="--", label="killed")
        axes.set(title=title, xlabel="seconds since the first step")
        axes.grid(alpha=0.3)
        axes.legend()
    all_axes[0].set_ylabel("loss")
    figures.save_figure(drawing, logdir / "picture.png")
