"""Branches for other versions of TensorFlow go; what else hangs on the version is refused."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_HEAD = "import sys\nimport tensorflow as tf\n"
_RUN = "x = tf.placeholder(tf.float32, [2])\nsess = tf.Session()\nprint(sess.run(x * scale, {x: [1.0, 2.0]}))\n"

# What asks for the version -> what the migrated program has in its place.
WRITTEN = {
    "if tf.__version__.startswith('2'):\n    sys.exit('old')\nscale = 2.0\n": "scale = 2.0\n",
    "if tf.__version__[0] == '1':\n    # twice\n    scale = 2.0\nelse:\n    scale = 3.0\n": "scale = 2.0\n",
    "if tf.__version__[0] == '2':\n    scale = 2.0\nelse:\n    scale = '''\n  a'''\n    scale = 3.0\n": (
        "scale = '''\n  a'''\nscale = 3.0\n"
    ),
    "scale = 1.0\nif tf.__version__ < '1':\n    scale = 2.0\nelif len(sys.argv) > 5:\n    scale = 3.0\n": (
        "scale = 1.0\nif len(sys.argv) > 5:\n    scale = 3.0\n"
    ),
    "def check():\n    if int(tf.__version__.split('.')[0]) > 1:\n        sys.exit()\ncheck()\nscale = 2.0\n": (
        "def check():\n    pass\n\n\ncheck()\nscale = 2.0\n"
    ),
    "if int(tf.__version__[0]) == 1 and int(tf.__version__.split('.')[1]) > 3:\n    scale = 2.0\n": "scale = 2.0\n",
    "scale = 2.0\nif tf.__version__ < '1.10.0':\n    sys.exit()\n": "scale = 2.0\n",
    # No-ops: it is only printed, or the branch is about something else.
    "print(tf.__version__)\nscale = 2.0\n": "print(tf.__version__)\nscale = 2.0\n",
    "if sys.version_info[0] == 2:\n    sys.exit()\nscale = 2.0\n": (
        "if sys.version_info[0] == 2:\n    sys.exit()\nscale = 2.0\n"
    ),
}
REFUSED = [
    # By its letters 1.15.5 comes before 1.4.0.
    "scale = 2.0\nif tf.__version__ < '1.4.0':\n    sys.exit()\n",
    "scale = float(tf.__version__[:3])\n",
    "from packaging.version import parse\nscale = 2.0\nif parse(tf.__version__) > parse('1.0'):\n    scale = 3.0\n",
    "scale = 2.0\nif len(sys.argv) > 5:\n    scale = 3.0\nelif tf.__version__ > '2':\n    scale = 4.0\n",
]


def _plain(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("source", WRITTEN)
def test_what_is_written(source: str) -> None:
    lines = _plain(native.migrate(_HEAD + source + _RUN))
    wanted = _plain(WRITTEN[source])
    assert lines[2 : 2 + len(wanted)] == wanted, "\n".join(lines)


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused(source: str) -> None:
    with pytest.raises(Refused) as refused:
        native.migrate(_HEAD + source + _RUN)
    assert "tf.__version__" in [each.construct for each in refused.value.refusals]


def test_refusals_keep_their_lines() -> None:
    source = (
        "if tf.__version__[0] == '2':\n    sys.exit()\nelse:\n    scale = 3.0\n" + _RUN + "sess.run(x, {x + 1: 2})\n"
    )
    with pytest.raises(Refused) as refused:
        native.migrate(_HEAD + source)
    assert {each.line for each in refused.value.refusals} == {10}
