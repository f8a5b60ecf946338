"""The tables say of every name of TensorFlow 1.15 what it is in TensorFlow 2, and say it of names that are there."""

from __future__ import annotations

import ast
import functools
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import renames_table
from renames_table import resolve, signatures

from tf1graphs.migrate import renames, rules
from tf1graphs.migrate.forms import Form, Slot
from tf1graphs.migrate.tables import read

# What the engine itself migrates, or refuses where it stands: sessions, placeholders, variables, collections, queues,
# iterators, summaries, checkpoints, flags. Modules are nothing by themselves.
ENGINE = Path(__file__).parent / "engine_names.txt"
# Defaults of 1.15 and of TensorFlow 2 that mean the same to the functions that have them.
SAME_DEFAULTS = {
    ("0", "0.0"),
    *(("None", each) for each in ("False", "0", "-1", "tf.int64", "'NWC'")),
    *((each, "None") for each in ("'NHWC'", "'channels_last'", "tf.int32", "[1, 1, 1, 1]", "[1, 1, 1, 1, 1]", "False")),
    ("'auto'", "'sum_over_batch_size'"),
    ("'zeros'", "'Zeros'"),
    ("(1, 1, 1)", "((1, 1), (1, 1), (1, 1))"),
    (None, "None"),
}
# Parameters of classes to derive from, which are given by keyword.
BASE_CLASSES = {
    "tf.keras.layers.Layer": ("trainable", "name", "dtype", "dynamic"),
    "tf.keras.losses.Loss": ("reduction",),
    "tf.keras.metrics.Metric": ("name", "dtype"),
}


@functools.cache
def forms() -> dict[str, Form]:
    return {name: Form.parse(*row) for name, row in renames._calls().items()}


def test_every_name_is_known_once() -> None:
    engine = set(ENGINE.read_text().split())
    for name, (kind, _) in signatures().items():
        if kind == "module":
            continue
        has_rule = name in rules.all_rules()
        found = [has_rule] if has_rule else [bool(renames.find(name)), bool(renames.refusal(name))]
        assert sum(found) == (name not in engine or any(found)), (name, found)


def test_engine_names_are_of_115() -> None:
    assert set(ENGINE.read_text().split()) <= signatures().keys()


def test_no_name_has_two_rows_or_a_rule_too() -> None:
    rows = [line.split()[0] for line in read("names.txt")]
    rows += [name for table in ("calls.txt", "keras_calls.txt") for line in read(table) for name in _symbols(line)]
    rows += [name for line in read("refusals.txt") for name in line.partition("|")[0].split()]
    rows = [row.removesuffix(".*") for row in rows if row != "tf.keras.*"] + list(rules.all_rules())
    assert not {row for row in rows if rows.count(row) > 1}


def _symbols(row: str) -> list[str]:
    return row.partition("(")[0].split()


def test_same_objects_are_up_to_date() -> None:
    tf = pytest.importorskip("tensorflow")
    if tf.__version__.startswith("2.21."):
        assert renames_table.table() == (Path(renames.tables.__file__).parent / "same_objects.txt").read_text()


def test_every_new_name_exists() -> None:
    import tensorflow as tf

    missing = [new for new in renames._names().values() if new.startswith("tf.") and not _exists(tf, new)]
    missing += [form.target for form in forms().values() if not _exists(tf, form.target)]
    assert not missing


def _exists(tf: Any, name: str) -> bool:
    return (
        eval(name.replace("get_logger().", "get_logger()."), {"tf": tf}) is not None
        if "(" in name
        else (name == "tf.newaxis" or resolve(tf, name) is not None)
    )


@pytest.mark.parametrize("name", renames._calls())
def test_signature_is_that_of_115(name: str) -> None:
    if name == "tf.batch_matmul":
        pytest.skip("it left TensorFlow in 1.0")
    form = forms()[name]
    old = [(each, _comparable(default)) for each, default in renames_table.old_parameters(signatures()[name][1])]
    new = [(each, _comparable(form.defaults.get(each))) for each in form.parameters]
    # Of Keras's **kwargs the table has those that programs give.
    assert new[: len(old)] == old and (len(new) == len(old) or "**kwargs" in signatures()[name][1])


def _comparable(default: str | None) -> str | None:
    return repr(ast.literal_eval(default)) if default and not default.startswith("tf.") else default


@pytest.mark.parametrize("name", renames._calls())
def test_call_fits_tensorflow_2(name: str) -> None:
    import tensorflow as tf

    form = forms()[name]
    if "(" in form.target:
        return
    new = renames_table.parameters(resolve(tf, form.target))
    defaults = dict(new)
    in_place = not form.target.startswith("tf.raw_ops.")
    for index, slot in enumerate(form.slots):
        if slot is None:
            in_place = False
            continue
        assert slot.keyword or index == 0
        if slot.keyword:
            assert slot.keyword in defaults or renames_table.takes_more(resolve(tf, form.target)), (slot.keyword, new)
            assert not in_place or new[index][0] == slot.keyword, (index, slot.keyword, new)
        if slot.keyword and slot.is_choice and slot.otherwise is None:
            _assert_same_default(form, slot, defaults.get(slot.keyword))
    used = {slot.keyword for slot in form.slots if slot} | {None}
    positional = sum(1 for slot in form.slots if slot and slot.keyword is None)
    required = {each for each, default in new[positional:] if default is None}
    assert required <= used


def test_names_of_keras_begin_alike() -> None:
    import tensorflow as tf

    for name, (kind, signature) in signatures().items():
        rename = renames.find(name)
        is_plain = rename is not None and rename.form is None and name not in rules.all_rules()
        if not (name.startswith("tf.keras.") and kind in ("class", "function") and rename and is_plain):
            continue
        new = resolve(tf, rename.name or "")
        assert new is not None, name
        old = [each for each in renames_table.old_parameters(signature) if each[0] not in BASE_CLASSES.get(name, ())]
        for one, other in zip(old, renames_table.parameters(new)):
            defaults = _comparable(one[1]), _comparable(other[1])
            same = defaults[0] == defaults[1] or defaults in SAME_DEFAULTS or one[0] == "name"
            assert one[0] == other[0] and same, (name, one, other)


def _assert_same_default(form: Form, slot: Slot, new: str | None) -> None:
    named = slot.keyword if slot.keyword in slot.parameters else slot.parameters[-1]
    old = form.defaults.get(named or "")
    if new is None or old is None or slot.keyword == "name":
        return
    assert _comparable(old) == _comparable(new) or (old, new) in SAME_DEFAULTS, (slot.keyword, old, new)
