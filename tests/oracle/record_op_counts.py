"""Records how many ops real TensorFlow 1.15 makes for each of the calls in ``tests/v1/op_counts.txt``.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_op_counts.py``.
It writes ``tests/fixtures/tf115/op_counts.json``.
"""

import json
import sys
from pathlib import Path

import tensorflow

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "v1"))

from op_counts import CALLS


def main():
    tensorflow.logging.set_verbosity(tensorflow.logging.ERROR)
    counts = {code: count(tensorflow) for code, count in CALLS.items()}
    file = REPOSITORY / "tests" / "fixtures" / "tf115" / "op_counts.json"
    file.write_text(json.dumps(counts, indent=0) + "\n")
    print("%d calls" % len(counts))


if __name__ == "__main__":
    main()
