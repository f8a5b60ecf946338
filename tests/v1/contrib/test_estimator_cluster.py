"""``tf.estimator.train_and_evaluate`` in a cluster of real processes, each of which TF_CONFIG tells its part."""

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
TASKS = [("ps", 0), ("chief", 0), ("worker", 0), ("evaluator", 0)]


def _addresses() -> dict[str, list[str]]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return {job: [f"127.0.0.1:{port}"] for job, port in zip(("ps", "chief", "worker"), ports, strict=True)}


def _start(folder: Path, cluster: dict[str, list[str]], job: str, index: int) -> subprocess.Popen[str]:
    place = json.dumps({"cluster": cluster, "task": {"type": job, "index": index}})
    command = [sys.executable, "-m", "tf1graphs", "run", "--quiet", str(folder / "train.py"), str(folder / "model")]
    environment = {**os.environ, "TF_CONFIG": place, "TF1GRAPHS_OFFLINE": "1", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder
    )


def _run(folder: Path, strategy: str) -> dict[str, str]:
    """Returns what the tasks of a cluster print; the parameter server, which never ends, is ended."""
    (folder / "train.py").write_text(PROGRAM.replace("STRATEGY", f"strategy = {strategy}"))
    cluster = _addresses()
    tasks = {job: _start(folder, cluster, job, index) for job, index in TASKS}
    printed = {}
    try:
        for job in ("chief", "worker", "evaluator"):
            printed[job], errors = tasks[job].communicate(timeout=300)
            assert tasks[job].returncode == 0, errors
    finally:
        for task in tasks.values():
            task.kill()
            task.wait()
    return printed


@pytest.mark.slow
@pytest.mark.parametrize("strategy", ["None", "tf.contrib.distribute.ParameterServerStrategy()"])
def test_a_cluster_trains_evaluates_and_exports(tmp_path, strategy):
    printed = _run(tmp_path, strategy)
    if strategy == "None":
        assert printed["chief"].startswith("chief 0 1 2 True\n['/job:ps/task:0']\n")
        assert printed["worker"].startswith("worker 0 1 2 False\n['/job:ps/task:0']\n")
        assert printed["evaluator"].startswith("evaluator 0 0 0 False\n")
    assert all(text.endswith("done\n") for text in printed.values())
    checkpoints = (tmp_path / "model" / "checkpoint").read_text()
    assert int(checkpoints.split('"')[1].rpartition("-")[2]) >= 60
    assert list((tmp_path / "model" / "eval").glob("events*"))
    assert list((tmp_path / "model" / "export" / "final").glob("*/saved_model.pb"))
