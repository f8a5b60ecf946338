"""What ``tf1graphs migrate`` costs against TensorFlow's own converter, and what the steps of migrated programs cost."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import short
import whole_runs

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

ROUNDS = 3
SCRIPTS = Path(__file__).parents[1] / "legacy" / "scripts"
LINES = 10_000
UPGRADE = "from tensorflow.tools.compatibility.tf_upgrade_v2_main import main; main()"
# Counts of steps or epochs whose runs are told apart, and what two shared cores differ by from run to run.
FEW, SECONDS_MORE, NOISE = 2, 0.5, 2
# To call a function takes TensorFlow 2 longer than to run a session, which is most of a step of a few operations: what
# a migrated step of these takes at most of an original one, beside the noise. 07 calls one more to write its summaries.
SMALL = {
    **dict.fromkeys(("03_linear_regression", "04_classifier", "05_deep_network", "13_gan"), 2),
    "07_tensorboard": 3,
}

Share = Callable[[list[str], list[str]], float]


@pytest.fixture
def share(python, tmp_path: Path) -> Share:
    """Measures the time of ``tf1graphs migrate`` as a share of that of ``tf_upgrade_v2``, in turns."""

    def seconds(*command: str, codes: tuple[int, ...]) -> float:
        # Where a folder is that it shall write, tf_upgrade_v2 does nothing.
        shutil.rmtree(tmp_path / "upgraded", ignore_errors=True)
        start = time.perf_counter()
        done = python(*command, cwd=tmp_path)
        taken = time.perf_counter() - start
        assert done.returncode in codes and "Traceback" not in done.stderr, done.stdout + done.stderr
        return taken

    def measure(ours: list[str], theirs: list[str]) -> float:
        migrate = ["-m", "tf1graphs", "migrate", "--force", *ours]
        rounds = [(seconds(*migrate, codes=(0, 1)), seconds("-c", UPGRADE, *theirs, codes=(0,))) for _ in range(ROUNDS)]
        return min(one for one, _ in rounds) / min(other for _, other in rounds)

    return measure


@pytest.mark.slow
def test_one_file_takes_at_most_a_quarter_of_the_time_of_tf_upgrade_v2(share, tmp_path):
    shutil.copy(SCRIPTS / "convnet_by_hand.py", tmp_path / "old.py")
    found = share(["old.py", "-o", "new.py"], ["--infile", "old.py", "--outfile", "upgraded.py"])
    print(f"migrate, one file: {found:.2f} of tf_upgrade_v2")
    assert found <= 0.25


@pytest.mark.slow
def test_ten_thousand_lines_take_at_most_the_time_of_tf_upgrade_v2(share, tmp_path):
    lines = sum(path.read_text(encoding="utf-8").count("\n") for path in SCRIPTS.rglob("*.py"))
    copies = -(-LINES // lines)
    for number in range(copies):
        shutil.copytree(SCRIPTS, tmp_path / "old" / str(number), ignore=shutil.ignore_patterns("*.ipynb"))
    found = share(["old", "-o", "new"], ["--intree", "old", "--outtree", "upgraded"])
    print(f"migrate, {lines * copies:,} lines: {found:.2f} of tf_upgrade_v2")
    assert found <= 1


@pytest.fixture(scope="module")
def run() -> Iterator[Callable[[Path, bool, list[str]], float]]:
    """Times runs of scripts, those in TensorFlow 1 and others each in a process of their own."""
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(1) as graph, spawn.Pool(1) as eager:

        def seconds(path: Path, is_graph: bool, arguments: list[str]) -> float:
            return (graph if is_graph else eager).apply(whole_runs.seconds, (path, is_graph, arguments))

        yield seconds


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in short.NAMES if short.trains(name)])
def test_steps_of_a_migrated_tutorial_take_at_most_those_of_the_original(name, run, tmp_path):
    new, old = tmp_path / f"migrated_{name}.py", short.TUTORIALS / name / "tf1.py"
    try:
        new.write_text(native.migrate(old.read_text(encoding="utf-8")), encoding="utf-8")
    except Refused as refused:
        pytest.skip(str(refused))
    option, _, *logdir = short.arguments(name, tmp_path / "logs")

    def seconds(path: Path, count: int) -> float:
        return run(path, path == old, [option, str(count), *logdir])

    def best(path: Path, count: int) -> float:
        return min(seconds(path, count) for _ in range(ROUNDS))

    more = FEW
    first = best(old, FEW)
    while seconds(old, more) - first < SECONDS_MORE:
        more *= 3
    taken = {path: best(path, more) - best(path, FEW) for path in (old, new)}
    print(f"{name}: a migrated step takes {taken[new] / taken[old]:.2f} of an original one")
    # The aim is 1 for all.
    assert taken[new] <= taken[old] * NOISE * SMALL.get(name, 1)
