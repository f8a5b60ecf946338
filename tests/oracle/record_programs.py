"""Records runs of programs on real TensorFlow 1.15, which tests compare runs here with.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_programs.py [NAME...]``, where NAME is a
tutorial's folder or a program in ``tests/legacy/`` without its suffix; all of both without an argument.
It writes ``tests/fixtures/tf115/recordings/NAME.jsonl.gz``, in which arrays are thinned out. Of large initial variables
that leaves too little to start another run from; but a run here draws the same by itself, which the tests then prove.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
RECORDER = REPOSITORY / "tf1graphs" / "verify" / "recorder"
sys.path[1:1] = [str(REPOSITORY / "tests" / "tutorials"), str(REPOSITORY / "tests" / "verify"), str(RECORDER.parent)]

import original
import short
from recorder import stream

FIXTURES = REPOSITORY / "tests" / "fixtures" / "tf115" / "recordings"
LARGEST = 256


def job_of(name, folder):
    """Returns what the recorder is asked for."""
    if name in short.NAMES:
        script, arguments = short.write(name, "tf1", folder), short.arguments(name, folder / "logs")
    else:
        script, arguments = original.path_of(name), []
    return {"script": str(script), "arguments": arguments, "limit": original.STEPS, "follow": None}


def record(name, folder):
    """Records a program; returns the path of the recording."""
    job = dict(job_of(name, folder), recording=str(folder / "recording.jsonl"))
    (folder / "job.json").write_text(json.dumps(job))
    settings = {
        "PYTHONPATH": str(REPOSITORY / "tests" / "oracle" / "stand_in"),
        "PYTHONHASHSEED": "0",
        "PYTHONWARNINGS": "ignore",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "MPLBACKEND": "Agg",
        "TMPDIR": str(folder),
    }
    subprocess.run(
        [sys.executable, str(RECORDER), str(folder / "job.json")],
        cwd=str(Path(job["script"]).parent),
        env=dict(os.environ, **settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=True,
    )
    return Path(job["recording"])


def thin(recording, fixture):
    """Writes the recording again, with thinner arrays; the same events are the same file."""
    with open(str(fixture), "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        for line in recording.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event["kind"] == "header":
                event["program"] = Path(event["program"]).name
            if "value" in event:
                event["value"] = stream.thinned(event["value"], LARGEST)
            out.write((json.dumps(event) + "\n").encode())


def main():
    FIXTURES.mkdir(parents=True, exist_ok=True)
    failed = []
    for name in sys.argv[1:] or short.NAMES + original.NAMES:
        fixture = FIXTURES / (name + ".jsonl.gz")
        with tempfile.TemporaryDirectory() as folder:
            try:
                thin(record(name, Path(folder)), fixture)
            except subprocess.CalledProcessError as error:
                failed.append(name)
                print("%s: exit code %d\n%s" % (name, error.returncode, error.stderr.decode()[-2000:]))
                continue
        print("%s: %d KB" % (name, fixture.stat().st_size // 1024), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
