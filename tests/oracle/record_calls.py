"""Records what real TensorFlow 1.15 answers to the calls in ``tests/v1/calls/``.

Run with a Python 3.7 that has tensorflow==1.15.5 and numpy: ``python tests/oracle/record_calls.py [GROUP...]``,
all groups without an argument. It writes ``tests/fixtures/tf115/calls/GROUP.json``.
"""

import json
import sys
from pathlib import Path

import tensorflow

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "v1"))

from answers import answer
from calls import calls, groups


def main():
    tensorflow.logging.set_verbosity(tensorflow.logging.ERROR)
    for group in sys.argv[1:] or groups():
        answers = {name: answer(tensorflow, call) for name, call in calls(group).items()}
        text = json.dumps(answers).replace('}, "', '},\n "')
        file = REPOSITORY / "tests" / "fixtures" / "tf115" / "calls" / (group + ".json")
        file.write_text(text + "\n")
        for name, found in answers.items():
            print("%s: %s: %s" % (group, name, found.get("error", "recorded")))


if __name__ == "__main__":
    main()
