"""A notebook runs cell by cell: magics are left out, a last expression is shown, tracebacks name the cell."""

from __future__ import annotations

from notebooks import written

from tf1graphs.run import notebook


def test_cells_share_their_names(legacy):
    source = written(
        "%matplotlib inline\n!pip install tensorflow\nfrom __future__ import print_function\n"
        "import tensorflow as tf\nx = tf.constant(20)",
        "%%bash\nls",
        "%%time\nwith tf.Session() as sess:\n    value = sess.run(x + 22)\nvalue",
        "x.name;",
        "None",
    )
    done = legacy(source, file="book.ipynb")
    assert (done.stdout, done.stderr, done.returncode) == ("42\n", "", 0)


def test_traceback_names_the_cell(legacy):
    done = legacy(written("x = 1", "y = 2\nx / 0"), file="book.ipynb")
    assert done.returncode == 1
    assert '  File "book.ipynb, cell 2", line 2, in <module>\n    x / 0\n' in done.stderr


def test_what_is_no_notebook_is_refused(legacy):
    done = legacy("not json", file="book.ipynb")
    assert done.returncode == 2
    assert done.stderr.startswith("tf1graphs: book.ipynb: not a notebook: ")


def test_magic_inside_blocks_keeps_the_block_whole():
    (cell,) = notebook.cells(written("if True:\n    %timeit f()\nx = 5 % 3").encode(), "book.ipynb")
    assert cell == "if True:\n    pass  # %timeit f()\nx = 5 % 3"


def test_formatting_on_a_line_of_its_own_is_no_magic():
    source = 'print("%d"\n      % 3)\ntext = """\n%matplotlib\n"""\n%matplotlib inline'
    (cell,) = notebook.cells(written(source).encode(), "book.ipynb")
    assert cell == source.replace("%matplotlib inline", "# %matplotlib inline")


def test_install_gives_the_api_to_an_ordinary_process(python):
    code = "import tf1graphs\ntf1graphs.install()\nimport tensorflow as tf\nprint(tf.__version__, tf.contrib.rnn)"
    done = python("-c", code)
    assert done.stdout.startswith("1.15.5 <module 'tf1graphs.v1.contrib.rnn'"), done.stderr
