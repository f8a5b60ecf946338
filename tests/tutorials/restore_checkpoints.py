"""Restores checkpoints of the TF1 versions into the TF2 versions and prints what those give as output.

``restore_checkpoints.py FOLDER`` reads what ``save_checkpoints.py`` has written.
"""

from __future__ import annotations

import json
import sys

import short
from cases import CASES, folder
from loading import load


def main() -> None:
    found = {}
    for name, case in CASES.items():
        model = load(short.TUTORIALS / folder(name) / "tf2.py").Model(**case.options)
        model.restore_tf1(f"{sys.argv[1]}/{name}")
        inputs = case.inputs()
        found[name] = {
            "all": model(*inputs.values()).numpy().tolist(),
            "first": model(*(array[:1] for array in inputs.values())).numpy().tolist(),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
