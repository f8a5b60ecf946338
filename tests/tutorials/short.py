"""The tutorials' scripts as the tests run them: by ``--quick`` where they have it, for a hundred steps or little more.

Runs on Python 3.7 too: the script in ``tests/oracle/`` records TensorFlow 1.15 on the same runs.
"""

import shutil
from pathlib import Path

TUTORIALS = Path(__file__).resolve().parents[2] / "tutorials"
NAMES = sorted(path.parent.name for path in TUTORIALS.glob("*/tf1.py"))
STEPS = 100
# Where the default options train for fewer steps.
_LONGER = {"06_checkpoints": ["--steps", "110"], "16_word_completion": ["--epochs", "110"]}


def source(name, version):
    """Returns the text of ``tf1.py`` or ``tf2.py``."""
    return (TUTORIALS / name / (version + ".py")).read_text(encoding="utf-8")


def trains(name):
    """Whether a tutorial trains anything."""
    return "minimize(" in source(name, "tf1")


def arguments(name, logdir):
    """Returns the command line of a short run."""
    quick = ["--quick"] if "quick=" in source(name, "tf1") else []
    return _LONGER.get(name, quick) + ["--logdir", str(logdir)]


def write(name, version, folder):
    """Copies a script and the modules beside it into a folder, and returns the script's path."""
    for module in (TUTORIALS / name).glob("*.py"):
        shutil.copy(str(module), str(folder))
    return Path(str(folder)) / (version + ".py")
