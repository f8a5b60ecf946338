"""Records the losses of real TensorFlow 1.15 for every TF1 tutorial.

Run with a Python 3.7 that has tensorflow==1.15.5 and numpy: ``python tests/oracle/record_tutorials.py``.
It writes ``tests/fixtures/tf115/tutorials.json``.
"""

import json
import sys
import types
from pathlib import Path

import tensorflow

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "tutorials"))

from cases import CASES, folder
from loading import load
from recording import Tf1Run

STEPS = 10


def pretend_to_be_tf1graphs():
    """Lets the tutorials import: TensorFlow 1.15 stands for ``tf1graphs.v1``, the word lists are the package's."""
    package = types.ModuleType("tf1graphs")
    package.v1 = tensorflow
    package.tutorial = package.figures = types.ModuleType("no part of the models")
    package.datasets = types.ModuleType("tf1graphs.datasets")
    package.datasets.words = load(REPOSITORY / "tf1graphs" / "datasets" / "words.py")
    sys.modules.update(
        {
            "tf1graphs": package,
            "tf1graphs.v1": tensorflow,
            "tf1graphs.tutorial": package.tutorial,
            "tf1graphs.datasets": package.datasets,
        }
    )


def main():
    pretend_to_be_tf1graphs()
    losses = {}
    for name, case in sorted(CASES.items()):
        run = Tf1Run(tensorflow, load(REPOSITORY / "tutorials" / folder(name) / "tf1.py"), case)
        losses[name] = run.train(case.batches(STEPS)).tolist()
        print(name, losses[name][0], losses[name][-1])
    path = REPOSITORY / "tests" / "fixtures" / "tf115" / "tutorials.json"
    path.write_text(json.dumps(losses, indent=1) + "\n")


if __name__ == "__main__":
    main()
