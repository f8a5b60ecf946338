"""Records what real TensorFlow 1.15 answers to the calls in ``tests/v1/calls.py``.

Run with a Python 3.7 that has tensorflow==1.15.5 and numpy: ``python tests/oracle/record_v1.py``.
It writes ``tests/fixtures/tf115/v1_calls.json``.
"""

import json
import sys
from pathlib import Path

import tensorflow

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "v1"))

from calls import CALLS, answer


def main():
    answers = {
        group: {name: answer(tensorflow, call) for name, call in calls.items()} for group, calls in CALLS.items()
    }
    text = json.dumps(answers, indent=None, default=float).replace('}, "', '},\n "')
    (REPOSITORY / "tests" / "fixtures" / "tf115" / "v1_calls.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
