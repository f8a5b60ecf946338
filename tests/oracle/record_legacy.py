"""Records what the scripts and programs in ``tests/legacy/`` print under real TensorFlow 1.15.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_legacy.py [SCRIPT...]``, all scripts
without an argument. A SCRIPT is a path in one of both folders: ``word2vec_nce.py``, ``gcn/main.py`` or ``x.ipynb``.
It writes ``tests/fixtures/tf115/legacy/NAME.txt`` where NAME is that of the script or, for ``main.py``, of its folder.
Each script runs twice: what it prints must not depend on the run, or it cannot be compared with anything.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PLACES = [REPOSITORY / "tests" / "legacy" / name for name in ("scripts", "programs")]
FIXTURES = REPOSITORY / "tests" / "fixtures" / "tf115" / "legacy"
LIMIT = 600  # seconds for one run


def all_scripts():
    found = [(place, place.glob(pattern)) for place in PLACES for pattern in ("*.py", "*.ipynb", "*/main.py")]
    return sorted(str(file.relative_to(place)) for place, files in found for file in files)


def fixture_of(script):
    file = Path(script)
    return FIXTURES / ((file.parent.name if file.name == "main.py" else file.stem) + ".txt")


def notebook_source(file):
    """The code cells one after the other, without the lines only IPython understands."""
    cells = [cell for cell in json.loads(file.read_text())["cells"] if cell["cell_type"] == "code"]
    lines = "\n".join("".join(cell["source"]) for cell in cells).split("\n")
    return "\n".join(line for line in lines if not line.startswith(("%", "!"))) + "\n"


def run(script):
    """What the script prints, and the seconds it took; raises CalledProcessError where it fails."""
    file = next(place / script for place in PLACES if (place / script).exists())
    command = [sys.executable, "-c", notebook_source(file)] if file.suffix == ".ipynb" else [sys.executable, str(file)]
    with tempfile.TemporaryDirectory() as scratch:
        settings = {
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONWARNINGS": "ignore",
            "TMPDIR": scratch,
        }
        started = time.time()
        done = subprocess.run(
            command,
            cwd=str(file.parent),
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
            timeout=LIMIT,
        )
        seconds = time.time() - started
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, script, done.stdout, done.stderr)
    return done.stdout, seconds


def main():
    FIXTURES.mkdir(parents=True, exist_ok=True)
    failed = []
    for script in sys.argv[1:] or all_scripts():
        try:
            (printed, seconds), (again, _) = run(script), run(script)
        except subprocess.CalledProcessError as error:
            failed.append(script)
            print("%s: exit code %d\n%s" % (script, error.returncode, error.stderr[-2000:]))
            continue
        except subprocess.TimeoutExpired:
            failed.append(script)
            print("%s: not done after %d seconds" % (script, LIMIT))
            continue
        if printed != again:
            failed.append(script)
            changed = [pair for pair in zip(printed.split("\n"), again.split("\n")) if pair[0] != pair[1]]
            print("%s: two runs differ, not recorded; first difference: %s" % (script, changed[:1]))
            continue
        fixture_of(script).write_text(printed)
        print("%s: recorded %d lines, %.1f s" % (script, printed.count("\n"), seconds))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
