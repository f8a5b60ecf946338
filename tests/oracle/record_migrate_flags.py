"""Records what programs with flags print on TensorFlow 1.15, for the rules that migrate them.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_migrate_flags.py``.
It writes ``tests/fixtures/tf115/migrate_flags.json``: the program, its arguments, its last line, whether it failed.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "migrate_flags.json"

DEFINED = """import tensorflow as tf
FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_string(flag_name="name", default_value="none", docstring="a name")
tf.app.flags.DEFINE_integer("number", 3, "a number", lower_bound=0)
tf.flags.DEFINE_float("rate", default_value=0.5, docstring="a rate")
tf.flags.DEFINE_boolean("fast", False, "is it fast?", short_name="f")
tf.flags.DEFINE_enum("kind", "a", ["a", "b"], "a or b")
tf.flags.DEFINE_list("sizes", "1,2", "numbers")
def show(*rest):
    print(FLAGS.name, FLAGS.number, FLAGS.rate, FLAGS.fast, FLAGS.kind, FLAGS.sizes, *rest)
"""
PROGRAMS = {
    "run": DEFINED + "def main(argv):\n    show(argv[1:])\nif __name__ == '__main__':\n    tf.app.run()\n",
    "run_argv": DEFINED + "tf.app.run(main=lambda argv: show(argv[1:]), argv=['program', '--number=8', '--other=1'])\n",
    "no_run": DEFINED + "show()\n",
    "read_outside": DEFINED + "number = FLAGS.number\nprint(number, FLAGS.rate)\n",
    "read_first": DEFINED + "print(FLAGS.number)\ntf.app.run(lambda argv: show(argv[1:]))\n",
    "set_first": DEFINED + "FLAGS.rate = 0.1\nshow()\n",
}
ARGUMENTS = [
    [],
    ["--number=4", "--name", "x y", "-f", "--kind=b", "--sizes=5,6,7", "--rate=1e-3"],
    ["--number=4", "--other=1", "rest"],
    ["rest", "--number=4"],
    ["--number=-1"],
    ["--kind=c"],
    ["--number=x"],
]


def output(source, arguments):
    """Returns the last line that a program prints, and whether it failed; it runs in a fork."""
    with tempfile.TemporaryFile("w+") as file:
        child = os.fork()
        if not child:
            os.dup2(file.fileno(), 1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            _execute(source, arguments)
        status = os.waitpid(child, 0)[1]
        file.seek(0)
        return [(file.read().splitlines() or [""])[-1], bool(status)]


def _execute(source, arguments):
    code = 1
    sys.argv = ["program.py"] + arguments
    module = sys.modules["__main__"] = type(sys)("__main__")
    module.__file__ = "program.py"
    try:
        exec(compile(source, "program.py", "exec"), module.__dict__)
        code = 0
    except SystemExit as end:
        code = int(bool(end.code))
    finally:
        sys.stdout.flush()
        os._exit(code)


def main():
    import tensorflow  # noqa: F401 (once for all programs)

    found = [
        [name, arguments, *output(source, arguments)] for name, source in PROGRAMS.items() for arguments in ARGUMENTS
    ]
    FIXTURE.write_text("[\n" + ",\n".join(map(json.dumps, found)) + "\n]\n")


if __name__ == "__main__":
    main()
