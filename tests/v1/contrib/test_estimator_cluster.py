"""Estimators in a cluster of real processes, each of which TF_CONFIG tells its part."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
X = np.arange(32, dtype=np.float32).reshape(16, 2) / 32


def input_fn():
    return tf.data.Dataset.from_tensor_slices(({"x": X}, X.sum(1, keepdims=True))).repeat().batch(4)


def eval_input_fn():
    return tf.data.Dataset.from_tensors(({"x": X}, X.sum(1, keepdims=True)))


def model_fn(features, labels, mode):
    y = tf.layers.dense(features["x"], 1, kernel_initializer=tf.zeros_initializer())
    if mode == tf.estimator.ModeKeys.PREDICT:
        outputs = {"serving_default": tf.estimator.export.PredictOutput({"y": y})}
        return tf.estimator.EstimatorSpec(mode, predictions={"y": y}, export_outputs=outputs)
    loss = tf.losses.mean_squared_error(labels, y)
    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
    if mode == tf.estimator.ModeKeys.TRAIN:
        print(sorted({variable.device for variable in tf.global_variables()}))
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)


def receiver():
    x = tf.placeholder(tf.float32, [None, 2])
    return tf.estimator.export.ServingInputReceiver({"x": x}, {"x": x})


STRATEGY
config = tf.estimator.RunConfig(
    sys.argv[1], save_checkpoints_steps=20, experimental_max_worker_delay_secs=0, train_distribute=strategy
)
print(config.task_type, config.task_id, config.num_ps_replicas, config.num_worker_replicas, config.is_chief)
exporters = [tf.estimator.FinalExporter("final", receiver)]
tf.estimator.train_and_evaluate(
    tf.estimator.Estimator(model_fn, config=config),
    tf.estimator.TrainSpec(input_fn, max_steps=60),
    tf.estimator.EvalSpec(eval_input_fn, 1, exporters=exporters, start_delay_secs=0, throttle_secs=0),
)
print("done")
"""
EXPERIMENT = """
import sys
import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
X = np.arange(32, dtype=np.float32).reshape(16, 2) / 32


def input_fn():
    x = tf.constant(X)
    return {"x": x}, tf.reduce_sum(x, 1, keepdims=True)


def experiment_fn(run_config, hparams):
    print(run_config.task_type, run_config.num_ps_replicas, run_config.num_worker_replicas, run_config.is_chief)
    estimator = tf.contrib.learn.DNNRegressor(
        hidden_units=[4],
        feature_columns=[tf.contrib.layers.real_valued_column("x", dimension=2)],
        optimizer=tf.train.GradientDescentOptimizer(hparams.rate),
        config=run_config,
    )
    return tf.contrib.learn.Experiment(estimator, input_fn, input_fn, train_steps=60, eval_steps=1)


config = tf.contrib.learn.RunConfig(model_dir=sys.argv[1], save_checkpoints_steps=20)
hparams = tf.contrib.training.HParams(rate=0.1)
result = tf.contrib.learn.learn_runner.run(experiment_fn, run_config=config, hparams=hparams)
print(type(result).__name__)
"""


def _addresses(jobs: list[str]) -> dict[str, list[str]]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in jobs]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return {job: [f"127.0.0.1:{port}"] for job, port in zip(jobs, ports, strict=True)}


def _start(folder: Path, cluster: dict[str, list[str]], job: str) -> subprocess.Popen[str]:
    place = json.dumps({"cluster": cluster, "task": {"type": job, "index": 0}, "environment": "cloud"})
    command = [sys.executable, "-m", "tf1graphs", "run", "--quiet", str(folder / "train.py"), str(folder / "model")]
    environment = {**os.environ, "TF_CONFIG": place, "TF1GRAPHS_OFFLINE": "1", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder
    )


def _run(folder: Path, program: str, jobs: list[str], awaited: list[str]) -> dict[str, str]:
    """Returns what the tasks of a cluster print; those that are not awaited, as parameter servers, are ended."""
    (folder / "train.py").write_text(program)
    cluster = _addresses(jobs)
    tasks = {job: _start(folder, cluster, job) for job in dict.fromkeys(jobs + awaited)}
    printed = {}
    try:
        for job in awaited:
            printed[job], errors = tasks[job].communicate(timeout=300)
            assert tasks[job].returncode == 0, errors
    finally:
        for job in tasks.keys() - printed.keys():
            tasks[job].kill()
            printed[job], _ = tasks[job].communicate()
    return printed


def _last_step(model: Path) -> int:
    return int((model / "checkpoint").read_text().split('"')[1].rpartition("-")[2])


@pytest.mark.slow
@pytest.mark.parametrize("strategy", ["None", "tf.contrib.distribute.ParameterServerStrategy()"])
def test_a_cluster_trains_evaluates_and_exports(tmp_path, strategy):
    program = PROGRAM.replace("STRATEGY", f"strategy = {strategy}")
    printed = _run(tmp_path, program, ["ps", "chief", "worker"], ["chief", "worker", "evaluator"])
    if strategy == "None":
        assert printed["chief"].startswith("chief 0 1 2 True\n['/job:ps/task:0']\n")
        assert printed["worker"].startswith("worker 0 1 2 False\n['/job:ps/task:0']\n")
        assert printed["evaluator"].startswith("evaluator 0 0 0 False\n")
    assert all(printed[job].endswith("done\n") for job in ("chief", "worker", "evaluator"))
    assert _last_step(tmp_path / "model") >= 60
    assert list((tmp_path / "model" / "eval").glob("events*"))
    assert list((tmp_path / "model" / "export" / "final").glob("*/saved_model.pb"))


@pytest.mark.slow
def test_learn_runner_gives_each_task_its_part_of_an_experiment(tmp_path):
    printed = _run(tmp_path, EXPERIMENT, ["ps", "master", "worker"], ["master"])
    # The master trains and evaluates, which gives metrics and exports. A worker that comes after its end waits for it.
    assert printed["master"] == "master 1 2 True\ntuple\n"
    assert printed["worker"].startswith("worker 1 2 False\n")
    assert printed["ps"] == "ps 1 2 False\n"
    assert _last_step(tmp_path / "model") >= 60
    assert list((tmp_path / "model" / "eval").glob("events*"))
