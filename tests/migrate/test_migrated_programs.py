"""Whole programs migrate as the committed table says, and what becomes native computes what it computed."""

from __future__ import annotations

import os

import migrated
import pytest

os.environ.setdefault("MPLBACKEND", "Agg")
os.environ["TF1GRAPHS_OFFLINE"] = "1"
os.environ["TF1GRAPHS_DATA"] = "/no-such-cache"

# The programs written for this test that must be refused, and what the refusal names.
REFUSED = {
    "moving_average_shadow": "train_and_average",
    "two_losses_two_optimizers": "i",
    "while_loop_power": "body",
    "crf_tagging": "tf.contrib.crf.crf_log_likelihood",
    "estimator_classifier": "tf.estimator.Estimator",
    "initializes_twice": "Session.run",
    "interleaves_two_models": "Session.run",
}
NOT_PROVEN = {
    "tutorials/10_cnn": "at step 9 a rounding in the scale of its dropout decides a tie of its pooling",
    "legacy/data_tfrecord_training": "its seeded shuffle begins anew, which verify counts as a first epoch",
    "legacy/numpy_scalars_and_arrays": "it is about NumPy 1's dtypes, which NumPy 2 does not have",
    "legacy/polynomial_degrees": "it prints the version of TensorFlow",
}
SAMPLE = [
    "programs/class_with_session",
    "programs/gan_var_lists",
    "programs/helpers_creating_variables",
    "programs/notebook_cells",
    "tutorials/03_linear_regression",
    "legacy/convnet_by_hand",
]


@pytest.fixture(scope="session")
def table() -> dict[str, tuple[str, str]]:
    return migrated.results(migrated.TABLE.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", migrated.PROGRAMS)
def test_it_becomes_what_the_table_says(name, table):
    word, why = table[name]
    found = migrated.reasons(name)
    assert not any("failed on it" in reason or "is no Python" in reason for reason in found), found
    expected = why if word == migrated.REFUSED else ""
    assert "; ".join(found).replace("|", "/") == expected, "run python tests/migrate/measure.py"


def test_the_table_has_every_program_and_none_is_wrong(table):
    assert table.keys() == migrated.PROGRAMS.keys()
    assert [name for name, (word, _) in table.items() if word == migrated.WRONG] == list(NOT_PROVEN)
    assert migrated.shares(table) in migrated.TABLE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in migrated.PROGRAMS if name.startswith(migrated.OWN)])
def test_programs_written_for_this_are_native_or_refused_on_purpose(name):
    construct = REFUSED.get(name.removeprefix(migrated.OWN))
    constructs = {reason.partition(": ")[0] for reason in migrated.reasons(name)}
    assert constructs == set() if construct is None else construct in constructs


@pytest.fixture
def difference(workers, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def find(name: str) -> str:
        return migrated.difference(name, workers, tmp_path)

    return find


@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample_is_proven_equivalent(name, difference):
    assert difference(name) == ""


@pytest.mark.slow
@pytest.mark.parametrize("name", migrated.PROGRAMS)
def test_what_is_native_is_proven_equivalent(name, difference):
    if name in NOT_PROVEN or migrated.reasons(name):
        pytest.skip(NOT_PROVEN.get(name, "it is refused"))
    assert difference(name) == ""
