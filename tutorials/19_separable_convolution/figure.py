"""The picture: how well each network learns, and what the windows of a separable convolution make of each channel."""

import numpy as np

from tf1graphs import figures


def save(path, results):
    """Saves the picture.

    Args:
        path: the PNG file.
        results: network -> what ``train`` returns of it.
    """
    from matplotlib.figure import Figure

    drawing = Figure(figsize=(13, 4.2), layout="constrained")
    left, right = drawing.subfigures(1, 2, width_ratios=(1, 1.5))

    axes = left.subplots()
    for name, result in results.items():
        label = "%s: %s parameters" % (name, format(result.parameters, ","))
        epochs = range(1, len(result.accuracies) + 1)
        axes.plot(epochs, result.accuracies, "--" if "separable" in name else "-", label=label)
    axes.set(xlabel="epoch", ylabel="accuracy on test images", ylim=(0.0, 1.0))
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right", fontsize=8)

    before, after = results["separable, normalized"].channels
    rows = {"channel": before[0], "filtered": after[0]}
    # The channels in which the digit stands out most from the empty pixels around it.
    shown = np.sort(np.argsort(before[0].std(axis=(0, 1)))[-6:])
    for (name, images), row in zip(rows.items(), right.subplots(2, 6)):
        limit = np.abs(images).max()
        for cell, channel in zip(row, shown):
            cell.imshow(images[:, :, channel], cmap="RdBu_r", vmin=-limit, vmax=limit)
            cell.set(xticks=[], yticks=[], title="%s %d" % (name, channel))
            cell.title.set_size(8)
    right.suptitle("each channel has one window of 3 x 3 to itself", fontsize=10)
    figures.save_figure(drawing, path)
