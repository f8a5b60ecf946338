"""The animal table is the book's, and a user's own is read or refused by line."""

import numpy as np
import pytest

from tf1graphs import datasets
from tf1graphs.datasets import DatasetError


def test_the_book_s_table():
    features, labels = datasets.animals()
    assert features.dtype == labels.dtype == np.float32
    assert features.tolist() == [[0, 0], [1, 0], [1, 1], [0, 0], [0, 0], [0, 1]]
    other, mammal, bird = np.eye(3).tolist()
    assert labels.tolist() == [other, mammal, bird, other, other, bird]


def test_the_file_can_be_read_as_the_book_does():
    from tf1graphs.datasets import animal_table

    path = str(animal_table.__file__).replace("animal_table.py", "data.csv")
    data = np.loadtxt(path, delimiter=",", unpack=True, dtype="float32")
    features, labels = datasets.animals()
    np.testing.assert_array_equal(np.transpose(data[0:2]), features)
    np.testing.assert_array_equal(np.transpose(data[2:]), labels)


@pytest.mark.parametrize("path_type", [str, lambda path: path])
def test_reads_a_user_s_table(tmp_path, path_type):
    path = tmp_path / "mine.csv"
    path.write_bytes("\ufeff# 털, 날개, 기타, 포유류, 조류\r\n\r\n0.5,-1, 0,0,1\r\n".encode())
    features, labels = datasets.animals(path_type(path))
    assert features.tolist() == [[0.5, -1]]
    assert labels.tolist() == [[0, 0, 1]]


@pytest.mark.parametrize(
    "line",
    [
        "1, 0, 0, 1",
        "1, 0, 0, 1, 0, 0",
        "fur, wings, other, mammal, bird",
        "1, 0, 0, 0, 0",
        "1, 0, 1, 1, 0",
        "1, 0, 0.5, 0.5, 0",
        "1, 0, nan, 0, 1",
        "nan, 0, 1, 0, 0",
        "inf, 0, 1, 0, 0",
        "1e39, 0, 1, 0, 0",
        "1, 0, 0, 1, ",
        "1; 0; 0; 1; 0",
    ],
)
def test_names_the_line_that_is_malformed(tmp_path, line):
    path = tmp_path / "mine.csv"
    path.write_text(f"# animals\n0,0,1,0,0\n\n{line}\n0,0,1,0,0\n")
    with pytest.raises(DatasetError) as caught:
        datasets.animals(path)
    message = str(caught.value)
    assert message.startswith(f"{path}, line 4: ")
    assert "fur, wings, other, mammal, bird" in message
    assert "\n" not in message


@pytest.mark.parametrize("text", ["", "# nothing\n\n"])
def test_refuses_a_table_without_animals(tmp_path, text):
    path = tmp_path / "mine.csv"
    path.write_text(text)
    with pytest.raises(DatasetError, match="mine.csv holds no animals"):
        datasets.animals(path)


def test_refuses_a_missing_file(tmp_path):
    with pytest.raises(DatasetError, match="gone.csv cannot be read"):
        datasets.animals(tmp_path / "gone.csv")


def test_refuses_text_in_another_encoding(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("# 털\n0,0,1,0,0\n".encode("cp949"))
    with pytest.raises(DatasetError, match="mine.csv is not UTF-8 text"):
        datasets.animals(path)
