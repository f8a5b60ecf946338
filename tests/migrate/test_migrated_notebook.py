"""A notebook is migrated as one program, and each statement returns to its cell."""

from __future__ import annotations

import ast
import json

import notebook_files
import pytest

from tf1graphs.migrate import files
from tf1graphs.migrate.left import left
from tf1graphs.migrate.notebook import CellsLost, Notebook
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.run.errors import BadInput

CELLS = [
    "#md Words, old",
    "%matplotlib inline\n!pip install tensorflow\nimport tensorflow as tf",
    "old = 1\nold",
    "%%bash\necho old",
    "%%time\nfor x in y:\n    %timeit f()\n    old(x)",
    "text = '''\n%d\n'''\nprint('same')\n",
]


@pytest.fixture
def book(tmp_path) -> Notebook:
    notebook = files.read(notebook_files.write(tmp_path / "book.ipynb", *CELLS))
    assert isinstance(notebook, Notebook)
    return notebook


def test_the_text_is_python_with_the_code_of_all_cells(book):
    ast.parse(book.text)
    assert book.text.count("old") == 3 and "echo" not in book.text
    assert book.rewritten(book.text) == book.data


def test_statements_and_magics_return_to_their_cells(book):
    data = book.rewritten(book.text.replace("old", "new"))
    expected = [CELLS[0], CELLS[1], "new = 1\nnew", CELLS[3], CELLS[4].replace("old", "new"), CELLS[5]]
    assert notebook_files.sources(data) == expected
    cells = json.loads(data)["cells"]
    assert [cell.get("execution_count") for cell in cells] == [None, 7, None, 7, None, 7]
    assert [len(cell.get("outputs", "")) for cell in cells] == [0, 1, 0, 1, 0, 1]


def test_what_comes_before_the_first_cell_goes_into_it(book):
    data = book.rewritten("import os\n" + book.text)
    assert notebook_files.sources(data)[1] == "import os\n" + CELLS[1]


def test_the_magic_of_a_cell_stays_its_first_line(book):
    data = book.rewritten(book.text.replace("# %% cell 4\n", "# %% cell 4\nimport os\n"))
    assert notebook_files.sources(data)[4].startswith("%%time\nimport os\nfor x in y:\n    %timeit f()\n")


def test_indented_magics_follow_their_block(book):
    text = book.text.replace("    pass  # %timeit", "        pass  # %timeit")
    assert "\n        %timeit f()\n" in notebook_files.sources(book.rewritten(text))[4]


@pytest.mark.parametrize("lost", ["# %% cell 2\n", "# %% magic 0", "    pass  # %timeit f()  # %% magic 3\n"])
def test_a_text_without_a_cell_or_magic_is_no_notebook(book, lost):
    assert lost in book.text
    with pytest.raises(CellsLost):
        book.rewritten(book.text.replace(lost, ""))


def test_messages_name_the_cell_and_its_line(book):
    lines = book.text.split("\n")
    assert book.place(lines.index("import tensorflow as tf") + 1).endswith("book.ipynb, cell 1:3")
    assert book.place(lines.index("    old(x)") + 1).endswith("book.ipynb, cell 4:4")


def test_a_notebook_that_stays_in_tensorflow_1_gets_its_comments(book):
    line = book.text.split("\n").index("old = 1") + 1
    text = left(book.text, [Refusal(line, "old", "why", "what")])
    sources = notebook_files.sources(book.rewritten(text))
    assert sources[1] == CELLS[1].replace("tensorflow as", "tf1graphs.v1 as")
    assert sources[2] == "# tf1graphs: old: why; what\nold = 1\nold"
    assert sources[3:] == CELLS[3:]


def test_people_see_magics_as_they_were(book):
    assert "\n%matplotlib inline\n!pip install tensorflow\nimport" in book.shown(book.text)
    assert "# %% magic" not in book.shown(book.text)


def test_other_languages_have_no_text(tmp_path):
    file = notebook_files.write(tmp_path / "book.ipynb", "library(tensorflow)\nx <- 1", language="R")
    assert files.read(file).text == ""


def test_a_notebook_with_such_comments_of_its_own_is_refused(tmp_path):
    file = notebook_files.write(tmp_path / "book.ipynb", "# %% cell 1\nx = 1")
    with pytest.raises(BadInput, match="book.ipynb: has lines like '# %% cell 1'"):
        files.read(file)


def test_what_is_no_notebook_is_refused(tmp_path):
    (tmp_path / "book.ipynb").write_text("not json")
    with pytest.raises(BadInput, match="book.ipynb: not a notebook"):
        files.read(tmp_path / "book.ipynb")
