"""Programs in which one thing was changed: each must be found different, from the right step on, and explained.

``pytest tests/verify/test_mutations.py -s`` prints what was named for each.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from mutations.mutants import BASES, MUTANTS, Mutant

from tf1graphs.verify import Comparison, Recorded, Workers, causes, compare, text

FOLDER = Path(__file__).parent / "mutations"

Compared = Callable[[Mutant], Comparison]


@pytest.fixture(scope="module")
def reference(workers: Workers) -> Callable[[str], Recorded]:
    """The recording of a base program in TensorFlow 1 style, made once."""

    @cache
    def record(base: str) -> Recorded:
        recorded = workers.record(FOLDER / base / "tf1.py")
        assert recorded.code == 0, recorded.err
        return recorded

    return record


@pytest.fixture(scope="module")
def compared(workers, reference, tmp_path_factory) -> Compared:
    """The comparison of a base program with a mutant, made once."""
    folder = tmp_path_factory.mktemp("mutants")

    @cache
    def of(mutant: Mutant) -> Comparison:
        source = (FOLDER / mutant.base / mutant.file).read_text()
        assert source.count(mutant.old) == 1, f"{mutant.old!r} is not there once"
        script = folder / f"{mutant.base}_{mutant.name.replace(' ', '_')}.py"
        script.write_text(source.replace(mutant.old, mutant.new))
        recorded = workers.record(script, follow=reference(mutant.base).path)
        assert recorded.code == 0, recorded.err
        return compare(reference(mutant.base).path, recorded.path)

    return of


@pytest.mark.parametrize("base", BASES)
def test_the_twin_without_a_change_is_equivalent(base, workers, reference):
    twin = workers.record(FOLDER / base / "tf2.py", follow=reference(base).path)
    assert twin.code == 0, twin.err
    comparison = compare(reference(base).path, twin.path)
    assert comparison.is_equivalent, text(comparison)
    assert not causes.likely(comparison)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.base}-{mutant.name}")
def test_a_mutant_is_different_from_the_right_step_on(mutant, compared):
    comparison = compared(mutant)
    assert not comparison.is_equivalent
    assert comparison.parted == mutant.step, text(comparison)


def test_the_right_cause_is_among_the_first_two_of_most_mutants(compared):
    right = 0
    for mutant in MUTANTS:
        found = causes.likely(compared(mutant))
        is_right = mutant.cause in [cause.name for cause in found[:2]]
        right += is_right
        print(f"\n{'right' if is_right else 'WRONG'} {mutant.base}: {mutant.name} ({mutant.cause})")
        print(*(f"    {cause.score:.2f} {cause.name}: {cause.sentence}" for cause in found[:3]), sep="\n")
    print(f"\n{right} of {len(MUTANTS)} causes right")
    assert right >= 0.8 * len(MUTANTS)
