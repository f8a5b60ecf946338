"""What several programs ask of a file they share stands in one text."""

from __future__ import annotations

import pytest

from tf1graphs.migrate.linking.merged import NotMerged, Version, merged

_HEAD = "import os\n\n\nclass Model:\n    def __init__(self):\n        self.w = 1\n"
_TRAIN = "\n    def train(self):\n        return self.w\n"
_TEST = "\n    def test(self):\n        return self.w + 1\n"
_OLD = _HEAD + "        self.y = old()\n"

# Versions -> the file.
MERGED = {
    "the same": ([_HEAD + _TRAIN, _HEAD + _TRAIN], _HEAD + _TRAIN),
    "methods": ([_HEAD + _TRAIN, _HEAD + _TEST], _HEAD + _TRAIN + _TEST),
    "lines that only one has": (
        [_HEAD + _TEST, _HEAD + "        self.optimizer = 2\n" + _TRAIN],
        _HEAD + "        self.optimizer = 2\n" + _TEST + _TRAIN,
    ),
    "an import": (["a = 1\n", "import os\na = 1\n"], "import os\na = 1\n"),
    "a function that only one has changed": (
        [
            "def f():\n    return old()\n\n\ndef g():\n    return 2\n",
            "def f():\n    return 1\n\n\ndef g():\n    return old()\n",
        ],
        "def f():\n    return 1\n\n\ndef g():\n    return 2\n",
    ),
    "other layout": (["a = 'x'\n", 'a = "x"\n'], "a = 'x'\n"),
}
OLD = {"a function that only one has changed": "def f():\n    return old()\n\n\ndef g():\n    return old()\n"}


def _lines(text: str) -> list[str]:
    """Returns the lines of a text in whatever order, without its layout."""
    return sorted(line for line in text.replace("'", '"').split("\n") if line)


@pytest.mark.parametrize("name", MERGED)
def test_it_has_what_each_has_asked_for(name):
    texts, expected = MERGED[name]
    for versions in (texts, texts[::-1]):
        found = merged(OLD.get(name, _OLD), [Version(text) for text in versions])
        assert _lines(found) == _lines(expected)
    assert merged(OLD.get(name, _OLD), [Version(text) for text in texts]) == expected


def test_a_function_is_that_of_the_program_that_calls_it():
    texts = ["def f():\n    return 1\n", "def f():\n    return 2\n"]
    assert merged("def f():\n    return 0\n", [Version(texts[0], frozenset({"f"})), Version(texts[1])]) == texts[1]


def test_two_meanings_of_one_function_are_not_merged():
    with pytest.raises(NotMerged, match="f"):
        merged("", [Version("def f():\n    return 1\n"), Version("def f():\n    return 2\n")])
