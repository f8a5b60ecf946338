"""Every name of TensorFlow 1.15 is there, or is a row of the table of gone names with its reason."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from support import is_present, recorded, row, support

import tf1graphs.v1 as tf
from tf1graphs.v1._gone import GONE

NAMES = {kind: recorded(kind) for kind in ("public", "contrib")}


@pytest.mark.parametrize("kind, count", [("public", 17592), ("contrib", 1399)])
def test_the_lists_are_those_of_115(kind, count):
    assert len(set(NAMES[kind])) == len(NAMES[kind]) == count


@pytest.mark.parametrize("kind", NAMES)
def test_every_name_is_there_or_gone_with_a_reason(kind):
    assert [name for name in NAMES[kind] if not row(name) and not is_present(name)] == []


@pytest.mark.parametrize("kind", NAMES)
def test_no_name_is_both_there_and_gone(kind):
    assert [name for name in NAMES[kind] if row(name) and is_present(name)] == []


def test_no_gone_package_has_come_back():
    assert [name for name in GONE if is_present(name)] == []


def test_every_row_is_a_name_of_115():
    # A package of tf.contrib may have no function or class of its own.
    known = {*NAMES["public"], *NAMES["contrib"]}
    packages = {name for name in GONE if re.fullmatch(r"contrib\.\w+", name)}
    assert GONE.keys() - known - packages == set()


def test_reasons_and_alternatives_are_phrases_of_one_sentence():
    for reason, alternative in GONE.values():
        assert reason == reason.strip(" .") != ""
        assert alternative == alternative.strip(" .") != ""
        assert "|" not in reason + alternative


def test_every_alternative_is_there():
    named = {name for _, alternative in GONE.values() for name in re.findall(r"\btf\.((?:\w+\.)*\w+)", alternative)}
    assert "gfile" in named
    assert [name for name in sorted(named) if not is_present(name)] == []


@pytest.mark.parametrize(
    "name", ["contrib.tensor_forest", "contrib.distribute.MultiWorkerAllReduce", "estimator.BoostedTreesClassifier"]
)
def test_a_gone_name_is_imported_and_refused_on_use(name):
    module, _, last = name.rpartition(".")
    stand_in = getattr(importlib.import_module(f"tf1graphs.v1.{module}"), last)
    reason, alternative = GONE[name]
    with pytest.raises(RuntimeError, match=re.escape(f"tf.{name} is not supported: {reason}")):
        stand_in()
    with pytest.raises(RuntimeError, match=re.escape(alternative)):
        _ = stand_in.anything


def test_the_committed_support_table_is_what_the_code_gives():
    committed = Path(__file__).parents[2].joinpath("SUPPORT.md").read_text(encoding="utf-8")
    assert committed == support(), "run python tests/v1/support.py > SUPPORT.md"


def test_the_api_is_that_of_the_lists():
    assert is_present("nn.relu")
    assert not is_present("nn.no_such_op")
    assert row("contrib.tensor_forest.client") == "contrib.tensor_forest"
    assert row("nn.relu") is None
    assert tf.VERSION.startswith("1.15")
