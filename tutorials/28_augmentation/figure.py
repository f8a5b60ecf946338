"""The picture of this tutorial: one digit under each option."""

from tf1graphs import figures


def save_options(path, rows, parts):
    """Saves a row of images for each option.

    Args:
        path: the PNG file.
        rows: option with its range -> images [columns, 28, 28, 1].
        parts: the draw of each column.
    """
    from matplotlib.figure import Figure

    drawing = Figure(figsize=(2.0 + len(parts), len(rows)))
    axes = drawing.subplots(len(rows), len(parts))
    for cells, (option, images) in zip(axes, rows.items()):
        for cell, image in zip(cells, images):
            cell.imshow(image[..., 0], cmap="gray_r", vmin=0.0, vmax=1.0)
            cell.set_xticks([])
            cell.set_yticks([])
        cells[0].set_ylabel(option, rotation=0, ha="right", va="center")
    for cell, part in zip(axes[0], parts):
        cell.set_title("{:+.1f}".format(part))
    figures.save_figure(drawing, path)
