"""Records a script on TensorFlow 1.15: ``python3.7 tf1graphs/verify/recorder JOB.json``.

The file holds ``script``, ``arguments``, ``recording``, ``limit`` and ``follow``.
"""

import json
import os
import sys
import traceback


def main() -> None:
    """Runs the script as ``python`` would, and records it."""
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from recorder import job
    from recorder.recording import Recording

    del sys.path[0]
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    import tensorflow

    header = {"program": asked["script"], "tensorflow": tensorflow.__version__}
    run = job.new_run(asked["recording"], header, asked["limit"], asked["follow"])
    recording = Recording(run)
    recording.install()
    sys.argv = [asked["script"]] + asked["arguments"]
    sys.path[0] = os.path.dirname(os.path.abspath(asked["script"]))
    code = _run(asked["script"])
    recording.finish()
    run.end(code)
    sys.stdout.flush()
    os._exit(code)


def _run(script: str) -> int:
    with open(script, "rb") as file:
        program = compile(file.read(), script, "exec")
    module = type(sys)("__main__")
    module.__file__ = script
    sys.modules["__main__"] = module
    try:
        exec(program, module.__dict__)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        sys.stderr.write("%s\n" % (end.code,))
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    main()
