"""The package offers its names and is cheap to import."""

import subprocess
import sys

import pytest

from tf1graphs import datasets


def test_offers_its_names():
    assert dir(datasets) == [
        "DataSet",
        "DatasetError",
        "Mnist",
        "animals",
        "melodies",
        "mnist",
        "raw_mnist",
        "text",
        "words",
    ]
    for name in dir(datasets):
        assert getattr(datasets, name)
    assert callable(datasets.mnist) and callable(datasets.animals)
    assert issubclass(datasets.DatasetError, ValueError)


def test_knows_no_other_name():
    with pytest.raises(AttributeError, match="has no attribute 'mnist_2'"):
        datasets.mnist_2  # noqa: B018


@pytest.mark.parametrize(
    ("use", "heavy"),
    [
        ("", ["numpy", "pooch", "requests", "rich", "tensorflow", "matplotlib"]),
        ("datasets.animals()", ["pooch", "requests", "rich", "tensorflow", "matplotlib"]),
    ],
)
def test_imports_nothing_heavy_before_its_use(use, heavy):
    program = f"""
import sys
from tf1graphs import datasets
{use}
print([name for name in {heavy} if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("[]\n", "")
