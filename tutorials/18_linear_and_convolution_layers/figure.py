"""The picture: what each part of the tutorial computes, in a panel of its own."""

import by_hand
import examples
import numpy as np

from tf1graphs import figures


def _boxes(axes):
    for box, color, name in zip(examples.BOXES, ("C0", "C1"), ("first box", "second box")):
        axes.fill(*box.T, facecolor="none", edgecolor=color, linewidth=2, label=name)
    for total in (2, 4, 6):
        axes.axline((total, 0), slope=-1, color="gray", linestyle=":")
        axes.text(total + 0.6, -0.5, "x + y = %d" % total, color="gray", size=8)
    axes.set(xlim=(-0.5, 7.5), ylim=(-0.7, 4.2), title="one column (1, 1) sees x + y only", aspect="equal")
    axes.legend(loc="upper right", fontsize=8)


def _bias(axes, reached):
    points, targets = examples.clouds()
    axes.scatter(*points.T, s=14, color="gray", label="points")
    axes.scatter(*targets.T, s=60, facecolor="none", edgecolor="k", label="where they are to be")
    for name, color in (("matrix", "C3"), ("matrix and bias", "C2")):
        axes.scatter(*reached[name].T, s=14, color=color, label=name)
    axes.plot(0, 0, "k+", markersize=12)
    axes.set(title="a matrix leaves the origin + where it is", ylim=(-1.7, 3.2), aspect="equal")
    axes.legend(loc="upper left", fontsize=8)


def _receptive_fields(axes, gradients):
    deepest = gradients["pooling in between"]
    axes.imshow(deepest, cmap="Blues")
    for (name, gradient), color in zip(gradients.items(), ("C1", "C3")):
        rows, columns = np.nonzero(gradient)
        x = [columns.min() - 0.5, columns.max() + 0.5]
        y = [rows.min() - 0.5, rows.max() + 0.5]
        label = "%s: %d" % (name, x[1] - x[0])
        axes.plot([x[0], x[1], x[1], x[0], x[0]], [y[0], y[0], y[1], y[1], y[0]], color=color, label=label)
    axes.set(title="pixels that one output pixel depends on")
    axes.legend(loc="lower left", fontsize=8)


def _pooling(axes, bars, pooled):
    # Each maximum is drawn as large as the window that it was taken from.
    below = [np.kron(image[:, :, 0], np.ones((2, 2))) for image in pooled]
    gap = np.full((8, 1), np.nan)
    rows = [np.hstack([piece for image in images for piece in (image, gap)]) for images in (bars[..., 0], below)]
    axes.imshow(np.vstack([rows[0], np.full_like(rows[0][:1], np.nan), rows[1]]), cmap="Blues", vmin=-0.15, vmax=1.0)
    axes.set_xticks([3.5, 12.5, 21.5], ["moved by 0", "by 1", "by 2"])
    axes.set_yticks([3.5, 12.5], ["bar", "maxima"])
    axes.set(title="2 x 2 maxima overlook a move in the window")


def _matrix(axes):
    matrix = by_hand.convolution_matrix(examples.KERNEL, 6)
    axes.imshow(np.where(matrix, matrix, np.nan), cmap="viridis")
    axes.set(title="a 3 x 3 kernel on 6 x 6 pixels, as a matrix", xlabel="pixel of the image", ylabel="of the output")


def _curves(axes, curves):
    for name, accuracies in curves.items():
        axes.plot(range(1, len(accuracies) + 1), accuracies, label=name)
    axes.set(title="digits learned", xlabel="epoch", ylabel="accuracy on test images", ylim=(0.0, 1.0))
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right", fontsize=8)


def save(path, reached, gradients, bars, curves):
    """Saves the picture.

    Args:
        path: the PNG file.
        reached: "matrix" and "matrix and bias" -> where each takes the points, [24, 2].
        gradients: the gradients of the stacks in ``examples``, [32, 32] each.
        bars: the images of the bar, [3, 8, 8, 1], and their maxima, [3, 4, 4, 1].
        curves: network -> accuracies by epoch.
    """
    from matplotlib.figure import Figure

    drawing = Figure(figsize=(14, 8.5), layout="constrained")
    panels = drawing.subplots(2, 3)
    _boxes(panels[0, 0])
    _bias(panels[0, 1], reached)
    _receptive_fields(panels[0, 2], gradients)
    _pooling(panels[1, 0], *bars)
    _matrix(panels[1, 1])
    _curves(panels[1, 2], curves)
    figures.save_figure(drawing, path)
