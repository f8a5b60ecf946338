"""The pictures of this tutorial: the evaluation of the classifier, and segmentations."""

import numpy as np

from tf1graphs import figures


def _confusion_matrix(axes, matrix):
    shares = matrix / matrix.sum(axis=1, keepdims=True)
    axes.imshow(shares, cmap="Blues", vmin=0.0, vmax=1.0)
    for (row, column), count in np.ndenumerate(matrix):
        if count:
            color = "white" if shares[row, column] > 0.6 else "black"
            axes.text(column, row, str(int(count)), ha="center", va="center", color=color, size=8)
    axes.set(xticks=range(10), yticks=range(10), xlabel="answer", ylabel="digit", title="confusion matrix")


def _curve(axes, curve, point, title, **labels):
    axes.plot(*curve, drawstyle=labels.pop("drawstyle", "default"))
    axes.plot(*point, "ko", markersize=5, label="threshold 0.5")
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), title=title, **labels)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower center")


def save_evaluation(path, matrix, roc, precision_recall, values):
    """Saves the confusion matrix, the ROC curve and the precision-recall curve side by side.

    Args:
        path: the PNG file.
        matrix: counts [10, 10], a row for each digit and a column for each answer.
        roc: 1 - specificity and sensitivity at each threshold.
        precision_recall: recall and precision at each threshold.
        values: the metrics at the threshold 0.5 and the areas, by their names.
    """
    from matplotlib.figure import Figure

    drawing = Figure(figsize=(13, 4))
    left, middle, right = drawing.subplots(1, 3)
    _confusion_matrix(left, matrix)
    recall = values["recall"]
    _curve(
        middle,
        roc,
        (1.0 - values["specificity"], recall),
        "ROC curve, area {:.4f}".format(values["AUC"]),
        xlabel="1 - specificity",
        ylabel="sensitivity",
    )
    _curve(
        right,
        precision_recall,
        (recall, values["precision"]),
        "precision-recall curve, average {:.4f}".format(values["average precision"]),
        xlabel="recall",
        ylabel="precision",
        drawstyle="steps-pre",
    )
    figures.save_figure(drawing, path)


def save_segmentations(path, pictures, truth, answers, classes):
    """Saves pictures in the first row, their true classes in the second and the network's answers in the third.

    Args:
        path: the PNG file.
        pictures: [n, side, side, 1].
        truth: the class of each pixel, [n, side, side].
        answers: the same.
        classes: the names of the classes.
    """
    from matplotlib.colors import ListedColormap
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    colors = ["white", "tab:blue", "tab:orange", "tab:green"]
    drawing = Figure(figsize=(1.4 * len(pictures), 4.4))
    rows = drawing.subplots(3, len(pictures))
    for column, picture in enumerate(pictures):
        rows[0, column].imshow(picture[..., 0], cmap="gray_r")
        rows[1, column].imshow(truth[column], cmap=ListedColormap(colors), vmin=0, vmax=3)
        rows[2, column].imshow(answers[column], cmap=ListedColormap(colors), vmin=0, vmax=3)
    for axes in rows.flat:
        axes.set(xticks=[], yticks=[])
    for axes, name in zip(rows[:, 0], ("picture", "truth", "answer")):
        axes.set_ylabel(name)
    patches = [Patch(facecolor=color, edgecolor="gray", label=name) for color, name in zip(colors, classes)]
    drawing.legend(handles=patches, loc="lower center", ncols=len(patches), frameon=False)
    figures.save_figure(drawing, path)
