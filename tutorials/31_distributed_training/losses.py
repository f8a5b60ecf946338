"""What each worker writes down of its steps: one line "seconds step loss" in a file of its own."""

import time

NAME = "losses-%d.txt"


def log_of(folder, task):
    """Returns ``write(step, loss)``, which appends to the worker's file; it goes on where a killed worker's ended."""
    path = folder / (NAME % task)

    def write(step, loss):
        with open(str(path), "a") as file:
            file.write("%.3f %d %.9g\n" % (time.time(), step, loss))

    return write


def read(folder):
    """Returns the (seconds, step, loss) of all workers in the order of time."""
    lines = [line for path in folder.glob(NAME.replace("%d", "*")) for line in path.read_text().splitlines(True)]
    # A worker that is killed, or still writes, may leave half a line.
    rows = [line.split() for line in lines if line.endswith("\n")]
    return sorted((float(seconds), int(step), float(loss)) for seconds, step, loss in rows)


def last_step(folder):
    """Returns the last step that a worker has written down, or -1."""
    rows = read(folder)
    return rows[-1][1] if rows else -1
