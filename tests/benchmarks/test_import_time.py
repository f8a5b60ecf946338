"""What imports cost, each against a named peer in alternating runs of fresh interpreters."""

from __future__ import annotations

import pytest

RUNS = 5
TIMED = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"


@pytest.fixture
def ratio(python):
    """Returns the fastest import of one module over the fastest import of another."""

    def measure(module: str, peer: str) -> float:
        seconds: dict[str, list[float]] = {module: [], peer: []}
        for _ in range(RUNS):
            for name, times in seconds.items():
                times.append(float(python("-c", TIMED.format(name)).stdout))
        fastest = min(seconds[module]) / min(seconds[peer])
        print(f"import {module}: {fastest:.2f} of import {peer}")
        return fastest

    return measure


def test_package_imports_no_tensorflow(python, ratio):
    assert python("-c", "import sys, tf1graphs; print('tensorflow' in sys.modules)").stdout == "False\n"
    assert ratio("tf1graphs", "numpy") < 0.3


@pytest.mark.slow
def test_v1_takes_at_most_six_tenths_of_tensorflow(ratio):
    assert ratio("tf1graphs.v1", "tensorflow") < 0.6


def test_v1_loads_no_keras(python):
    code = "import sys, tf1graphs.v1; print({'keras', 'tf_keras', 'matplotlib'} & set(sys.modules))"
    assert python("-c", code).stdout == "set()\n"
