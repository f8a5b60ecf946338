"""The forms in which a model is saved: what each holds, how large it is, and whether it still predicts the same."""

import argparse
from collections import namedtuple
from pathlib import Path

import numpy as np

from tf1graphs import tutorial
from tf1graphs.replacing import replacing

PARTS = ["network", "weights", "optimizer", "signatures"]
_EXPECTED = "expected.npz"

# name; files and folders; which PARTS are in them; load(folder, images), which returns the network's outputs.
Form = namedtuple("Form", ["name", "files", "parts", "load"])


def size(folder, name):
    """Returns the bytes of a file, or of all files in a folder."""
    path = folder / name
    paths = [each for each in path.rglob("*") if each.is_file()] if path.is_dir() else [path]
    return sum(each.stat().st_size for each in paths)


def save_figure(path, forms, folder):
    """Saves the forms as rows: a mark for each part that one holds, and a bar for its size."""
    from matplotlib.figure import Figure

    from tf1graphs import figures

    rows = range(len(forms))
    figure = Figure(figsize=(12, 0.8 + 0.45 * len(forms)))
    marks, bars = figure.subplots(1, 2, sharey=True, gridspec_kw={"width_ratios": [3, 5]})
    for row, form in enumerate(forms):
        held = [PARTS.index(part) for part in form.parts]
        marks.plot(held, [row] * len(held), "o", color="tab:blue", markersize=11)
        left = 0.0
        for color, name in zip(["tab:blue", "tab:orange", "tab:green"], form.files):
            kilobytes = size(folder, name) / 1000
            bars.barh(row, kilobytes, left=left, color=color, alpha=0.6)
            left += kilobytes
        bars.text(left, row, "  " + " + ".join(form.files), va="center", size=8)
    marks.set_xticks(range(len(PARTS)), PARTS)
    marks.set_yticks(rows, [form.name for form in forms])
    marks.set(xlim=(-0.5, len(PARTS) - 0.5), ylim=(len(forms) - 0.5, -0.5), title="what it holds")
    bars.set(xlabel="KB", title="its files")
    for axes in (marks, bars):
        axes.grid(alpha=0.3)
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
    bars.set_xlim(0, 2 * bars.get_xlim()[1])
    figures.save_figure(figure, path)


def save_expected(folder, images, outputs):
    """Saves what the network made of some images, to compare with what is loaded."""
    with replacing(folder / _EXPECTED) as unfinished, open(str(unfinished), "wb") as file:
        np.savez(file, images=images, outputs=outputs)


def compare(script, description, forms, arguments):
    """Runs a script that loads all forms: prints what each is and how far its outputs are from those saved."""
    options = argparse.ArgumentParser(description=description)
    training = Path(script).name.replace("_load", "")
    logs = Path(script).resolve().parents[2] / "logs" / "29_saving_models" / Path(training).stem
    options.add_argument("--logdir", type=Path, default=logs, metavar="DIR", help="that of " + training)
    folder = options.parse_args(arguments).logdir
    if not (folder / _EXPECTED).exists():
        tutorial.fail(f"there is no {folder / _EXPECTED}: run {training} first")
    with np.load(str(folder / _EXPECTED)) as expected:
        images, outputs = expected["images"], expected["outputs"]
    for form in forms:
        try:
            found = form.load(folder, images)
        except Exception as error:  # TensorFlow's errors about missing and damaged files have many types
            files = " and ".join(str(folder / name) for name in form.files)
            tutorial.fail(f"{form.name}: {files} missing or damaged ({type(error).__name__}); run {training} anew")
        print(form.name)
        for name in form.files:
            print("   ", name.ljust(32), "%8d bytes" % size(folder, name))
        print("    holds", ", ".join(form.parts))
        print("    largest difference:", np.abs(found - outputs).max())
