"""Modules are changed by the time that a program has them, once for each change, and are imported by nobody else."""

from __future__ import annotations

import importlib
import sys

import pytest

from tf1graphs.v1 import _after_import


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module that can be imported, and forgotten again."""
    (tmp_path / "changed_module.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "changed_module"
    sys.modules.pop("changed_module", None)
    _after_import._finder.changes.pop("changed_module", None)


def double(module):
    module.value *= 2


def test_a_module_is_changed_when_it_is_imported(module):
    _after_import.change(module, double)
    _after_import.change(module, double)
    assert module not in sys.modules
    assert importlib.import_module(module).value == 4


def test_a_loaded_module_is_changed_at_once(module):
    loaded = importlib.import_module(module)
    _after_import.change(module, double)
    assert loaded.value == 2


def test_one_finder_serves_all():
    finders = [finder for finder in sys.meta_path if isinstance(finder, _after_import._ChangingFinder)]
    assert finders == [_after_import._finder]
