"""Programs in the styles of 2015-2019 run unmodified, and print what they printed under TensorFlow 1.15."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from catalogue import PROGRAMS, printed_by_115, run
from printed import difference

# Programs that print something else than under 1.15, and why.
DIFFERENT = {
    "eager_enabled": "a shuffled dataset that is iterated again eagerly draws other seeds for its second epoch",
    "keras_functional_custom_layer": "tf-keras has one key more in Model.get_config(): trainable",
    "keras_sequential_callbacks": "RMSProp amplifies rounding: 2e-4 after four epochs",
}


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[subprocess.CompletedProcess[str]]]]:
    """All selected programs, as many at once as there are processors; each waits for its test."""
    selected = {item.callspec.params["name"] for item in request.session.items if item.fspath == __file__}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {name: pool.submit(run, name) for name in PROGRAMS if name in selected}


@pytest.mark.parametrize("name", PROGRAMS)
def test_prints_what_115_printed(name, runs):
    done = runs[name].result()
    assert done.returncode == 0, done.stderr
    found = difference(done.stdout, printed_by_115(name))
    if name in DIFFERENT:
        assert found, f"{name} prints what 1.15 printed: take it off the list"
    else:
        assert not found, f"{found}\n{done.stderr}"
