"""The tutorials' scripts as the tests run them: little more than 100 steps, by ``--quick`` or by small batches.

Runs on Python 3.7 too: the script in ``tests/oracle/`` records TensorFlow 1.15 on the same runs.
"""

import re
import shutil
from pathlib import Path

TUTORIALS = Path(__file__).resolve().parents[2] / "tutorials"
NAMES = sorted(path.parent.name for path in TUTORIALS.glob("*/tf1.py"))
STEPS = 100
# The 1,375 embedded digits to train on are 55 batches, and two epochs 110 steps.
_SMALL_BATCH = "batch_size = 25"
_COUNTED = re.compile(r"tutorial\.parser\(__file__, __doc__, (\w+)=")
_BATCH_SIZE = re.compile(r"^batch_size = \d+$", re.MULTILINE)


def source(name, version):
    """Returns the text of ``tf1.py`` or ``tf2.py``."""
    return (TUTORIALS / name / (version + ".py")).read_text(encoding="utf-8")


def trains(name):
    """Whether a tutorial trains anything."""
    return "minimize(" in source(name, "tf1")


def is_quick(name):
    """Whether a tutorial has ``--quick``."""
    return "quick=" in source(name, "tf1")


def arguments(name, logdir):
    """Returns the command line of a short run. Where there are no batches an epoch is one step."""
    text = source(name, "tf1")
    if is_quick(name):
        return ["--quick", "--logdir", str(logdir)]
    counted = _COUNTED.search(text)
    if not counted:
        return ["--logdir", str(logdir)]
    in_batches = counted.group(1) == "epochs" and _BATCH_SIZE.search(text)
    return ["--" + counted.group(1), "2" if in_batches else "110", "--logdir", str(logdir)]


def write(name, version, folder):
    """Writes the script of a short run and the modules beside it into a folder, and returns its path."""
    for module in (TUTORIALS / name).glob("*.py"):
        shutil.copy(str(module), str(folder))
    path = Path(str(folder)) / (version + ".py")
    if not is_quick(name):
        path.write_text(_BATCH_SIZE.sub(_SMALL_BATCH, source(name, version)), encoding="utf-8")
    return path
