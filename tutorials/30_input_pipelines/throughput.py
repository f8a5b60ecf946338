"""Examples per second of input pipelines, as a table in a file and as a picture."""

import csv
import time

from tf1graphs import figures
from tf1graphs.replacing import replacing


def seconds(run):
    """Returns how long a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def save(rates, folder):
    """Writes ``throughput.csv`` and ``picture.png``, in which each pipeline is compared with the first.

    Args:
        rates: name of each pipeline -> its examples per second in some rounds; the best one counts.
        folder: where the files go.
    """
    rows = [(name, max(of_rounds)) for name, of_rounds in rates.items()]
    first = rows[0][1]
    with replacing(folder / "throughput.csv") as unfinished, open(str(unfinished), "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["pipeline", "examples per second", "times " + rows[0][0]])
        table.writerows([name, round(rate), round(rate / first, 2)] for name, rate in rows)
    save_bars(folder / "picture.png", rows)


def save_bars(path, rows):
    """Saves a bar for each row, with its ratio to the first."""
    from matplotlib.figure import Figure

    names, rates = zip(*rows)
    figure = Figure(figsize=(8, 0.8 + 0.4 * len(rows)))
    axes = figure.subplots()
    bars = axes.barh(names, rates, color=["tab:gray" if name == names[0] else "tab:blue" for name in names])
    axes.bar_label(bars, ["%.2f" % (rate / rates[0]) for rate in rates], padding=4)
    axes.invert_yaxis()
    axes.set(xlabel="examples per second; at each bar how many times " + names[0])
    axes.margins(x=0.12)
    figures.save_figure(figure, path)
