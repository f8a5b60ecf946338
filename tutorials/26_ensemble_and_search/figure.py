"""The picture of this tutorial: what each network and each combination says where the networks disagree."""

import numpy as np

from tf1graphs import figures


def save_disagreements(path, test, answers, columns=18):
    """Saves the first test digits on which the answers differ, with a row for each answer; wrong ones are red.

    Args:
        path: the PNG file.
        test: the test set.
        answers: name -> probabilities or votes, [images, classes].
        columns: how many digits to show at most.
    """
    from matplotlib.figure import Figure

    said = {name: np.argmax(answer, axis=1) for name, answer in answers.items()}
    truth = np.argmax(test.labels, axis=1)
    rows = np.array(list(said.values()))
    shown = np.flatnonzero((rows != rows[0]).any(axis=0))[:columns]

    drawing = Figure(figsize=(2 + 0.55 * len(shown), 0.7 + 0.4 * len(said)))
    axes = drawing.subplots()
    axes.set(xlim=(-0.5, len(shown) - 0.5), ylim=(len(said) - 0.5, -1.7))
    for column, image in enumerate(shown):
        axes.imshow(
            test.images[image].reshape(28, 28), cmap="gray_r", extent=(column - 0.45, column + 0.45, -0.6, -1.6)
        )
        for row, answer in enumerate(rows[:, image]):
            color = "black" if answer == truth[image] else "red"
            axes.text(column, row, str(answer), ha="center", va="center", color=color, size=12)
    axes.set_aspect("auto")
    axes.set_xticks([])
    axes.set_yticks(range(len(said)), list(said))
    axes.axhline(len(said) - 3.5, color="gray", linewidth=0.8)
    figures.save_figure(drawing, path)
