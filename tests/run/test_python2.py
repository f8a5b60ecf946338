"""``--py2`` runs Python 2, the program's own modules included, converted in memory."""

from __future__ import annotations

import pytest

from tf1graphs.run import python2
from tf1graphs.run.errors import BadInput

PROGRAM = """\
import urllib2, cPickle
from helper import sizes
for name, size in sizes.iteritems():
    print '%s: %d' % (name, size),
print xrange(3)[1], repr(u'x')
"""


def test_program_and_helper_are_converted(legacy, tmp_path):
    (tmp_path / "helper.py").write_text("sizes = {'a': 1}\nprint 'helper'\n")
    done = legacy(PROGRAM, options=("--py2",))
    assert done.stdout == "helper\na: 1 1 'x'\n", done.stderr
    assert (tmp_path / "helper.py").read_text().endswith("print 'helper'\n")


def test_module_is_converted(command, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "__init__.py").write_text("print 'package'\n")
    (tmp_path / "old" / "train.py").write_text("print 'module'\n")
    done = command("--py2", "-m", "old.train")
    assert done.stdout == "package\nmodule\n", done.stderr


def test_python_3_stays_as_it_is():
    assert python2.convert("print('x', end='')", "x.py") == "print('x', end='')"


def test_neither_is_refused_with_its_line():
    with pytest.raises(BadInput, match=r"^bad.py:2: neither Python 2 nor Python 3: "):
        python2.convert("print 'x'\nfor in\n", "bad.py")
