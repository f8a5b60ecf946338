"""``tf.contrib.learn``: what trains and evaluates models."""

import json
import os
import tempfile

import numpy as np

X = np.arange(40, dtype=np.float32).reshape(20, 2) / 40
Y = X.sum(axis=1, keepdims=True) * 2


def _config(environment=None, **options):
    """Returns what a ``RunConfig`` says with the variable ``TF_CONFIG``."""

    def call(tf):
        if environment is not None:
            os.environ["TF_CONFIG"] = json.dumps(environment)
        try:
            config = tf.contrib.learn.RunConfig(**options)
        finally:
            os.environ.pop("TF_CONFIG", None)
        names = """evaluation_master is_chief keep_checkpoint_every_n_hours keep_checkpoint_max log_step_count_steps
            master model_dir num_ps_replicas num_worker_replicas save_checkpoints_secs save_checkpoints_steps
            save_summary_steps session_config task_id task_type tf_random_seed environment device_fn train_distribute
            session_creation_timeout_secs protocol"""
        found = [getattr(config, name) for name in names.split()]
        cluster = config.cluster_spec.as_dict()
        gpu = config.tf_config.gpu_options.per_process_gpu_memory_fraction
        return found + [[key, cluster[key]] for key in sorted(cluster)] + [gpu, config.replace(model_dir="m").model_dir]

    return call


CLUSTER = {"ps": ["a:1"], "worker": ["b:1", "b:2"], "master": ["c:1"]}


def _task(kind, index, **more):
    return dict(more, cluster=CLUSTER, task={"type": kind, "index": index})


def _uid(tf):
    one, two = (tf.contrib.learn.RunConfig(model_dir="m", tf_random_seed=seed) for seed in (1, 2))
    other = tf.contrib.learn.RunConfig(model_dir="n")
    start = one.uid()
    return [start == two.uid(), start == other.uid(), one.uid([]) == two.uid([]), one.uid(["tf_config"])]


def _input_fn(tf):
    return lambda: tf.data.Dataset.from_tensors(({"x": X}, Y)).repeat().make_one_shot_iterator().get_next()


def _model_fn(tf):
    def model_fn(features, labels, mode, params):
        weights = tf.get_variable("w", initializer=tf.constant([[0.5], [-0.5]]))
        predictions = tf.matmul(features["x"], weights)
        exported = {"serving_default": tf.estimator.export.PredictOutput({"p": predictions})}
        if mode == "infer":
            return tf.estimator.EstimatorSpec(mode, predictions=predictions, export_outputs=exported)
        loss = tf.losses.mean_squared_error(labels, predictions)
        rate = params.rate if params else 0.1
        train = tf.train.GradientDescentOptimizer(rate).minimize(loss, tf.train.get_global_step())
        metrics = {"mae": tf.metrics.mean_absolute_error(labels, predictions)}
        return tf.estimator.EstimatorSpec(mode, predictions, loss, train, metrics)

    return model_fn


def _serving_fn(tf):
    def serving():
        x = tf.placeholder(tf.float32, [None, 2])
        return tf.estimator.export.ServingInputReceiver({"x": x}, {"x": x})

    return serving


def _experiment(tf, config=None, hparams=None, **options):
    tf.logging.set_verbosity(tf.logging.ERROR)
    config = config or tf.contrib.learn.RunConfig(model_dir=tempfile.mkdtemp(), save_checkpoints_steps=4)
    estimator = tf.estimator.Estimator(_model_fn(tf), config=config, params=hparams)
    options = dict({"train_steps": 10, "eval_steps": 2, "eval_delay_secs": 0, "check_interval_secs": 0}, **options)
    return tf.contrib.learn.Experiment(estimator, _input_fn(tf), _input_fn(tf), **options)


def _folders(experiment):
    return sorted(name for name in os.listdir(experiment.estimator.model_dir) if "tfevents" not in name)


def _metrics(found):
    return [sorted(found), [float(found[key]) for key in sorted(found)]]


def _scheduled(schedule, **options):
    def call(tf):
        experiment = _experiment(tf, **options)
        found = getattr(experiment, schedule)()
        kind = type(found).__name__
        metrics = found[0] if isinstance(found, tuple) else found if isinstance(found, dict) else {}
        return [kind, _metrics(metrics), _folders(experiment)]

    return call


def _exporting(tf, options):
    utils = tf.contrib.learn
    return _experiment(tf, export_strategies=utils.make_export_strategy(_serving_fn(tf), exports_to_keep=2), **options)


def _exported(tf):
    experiment = _exporting(tf, {})
    metrics, exports = experiment.train_and_evaluate()
    exported = os.path.join(experiment.estimator.model_dir, "export", "Servo")
    kinds = [type(each).__name__ for each in exports]
    return [kinds, len(os.listdir(exported)), sorted(os.listdir(os.path.join(exported, os.listdir(exported)[0])))]


def _checkpoints_exported(tf):
    experiment = _exporting(tf, {"checkpoint_and_export": True})
    metrics, exports = experiment.train_and_evaluate()
    return [_metrics(metrics), len(exports), _folders(experiment)]


def _continuous(tf):
    seen = []

    def goes_on(eval_results, checkpoint_path):
        seen.append([sorted(eval_results or {}), os.path.basename(checkpoint_path or "")])
        return len(seen) < 3

    experiment = _experiment(tf)
    experiment.train()
    experiment.continuous_eval(throttle_delay_secs=0, continuous_eval_predicate_fn=goes_on)
    experiment.continuous_eval_on_train_data(throttle_delay_secs=0)
    return [seen, _folders(experiment)]


def _in_turns(**options):
    def call(tf):
        seen = []
        experiment = _experiment(tf, **options)

        def goes_on(eval_results):
            seen.append(float((eval_results or {"loss": 0})["loss"]))
            return len(seen) < 4

        metrics, exports = experiment.continuous_train_and_eval(goes_on)
        return [_metrics(metrics), exports, seen]

    return call


def _strategies(tf):
    experiment = _experiment(tf)
    strategy = tf.contrib.learn.ExportStrategy("mine", lambda estimator, export_path: export_path)
    before = experiment.reset_export_strategies([strategy])
    experiment.extend_train_hooks([])
    found = experiment.test()
    return [len(before), len(experiment.reset_export_strategies()), _metrics(found), experiment.train_steps]


def _strategy(export_fn):
    def call(tf):
        strategy = tf.contrib.learn.ExportStrategy("mine", export_fn, True)
        return [strategy.name, strategy.export("estimator", "path", "checkpoint", "results"), list(strategy)[2]]

    return call


def _run(**options):
    def call(tf):
        made = options.pop("made", None)
        folder = tempfile.mkdtemp()
        if options.pop("configured", False):
            options["run_config"] = tf.contrib.learn.RunConfig(model_dir=folder, save_checkpoints_steps=5)
            options["hparams"] = tf.contrib.training.HParams(rate=0.2)
        if options.pop("foldered", False):
            options["output_dir"] = folder

        def experiment_fn(run_config=None, hparams=None, output_dir=None):
            if output_dir:
                run_config = tf.contrib.learn.RunConfig(model_dir=output_dir)
            if made == "replaced":
                run_config = run_config.replace(model_dir=tempfile.mkdtemp())
            if made == "core":
                run_config = tf.estimator.RunConfig(model_dir=folder)
            return 3 if made == "number" else _experiment(tf, run_config, hparams)

        found = tf.contrib.learn.learn_runner.run(experiment_fn, **options)
        return [type(found).__name__, _metrics(found[0] if isinstance(found, tuple) else {})]

    return call


class _Tuner:
    def __init__(self, tf):
        self.tf, self.left, self.found = tf, 2, []

    def next_trial(self):
        self.left -= 1
        return self.left >= 0

    def run_experiment(self, experiment_fn):
        config = self.tf.contrib.learn.RunConfig(model_dir=tempfile.mkdtemp())
        hparams = self.tf.contrib.training.HParams(rate=0.1 * (self.left + 1))
        self.found.append(_metrics(experiment_fn(config, hparams).train_and_evaluate()[0]))


def _tuned(tf):
    tuner = _Tuner(tf)
    tf.contrib.learn.learn_runner.tune(lambda run_config, hparams: _experiment(tf, run_config, hparams), tuner)
    return tuner.found


def _monitored(make, steps=12):
    """Trains with monitors and returns what they have seen."""

    def call(tf):
        tf.logging.set_verbosity(tf.logging.ERROR)
        folder = tempfile.mkdtemp()
        monitors, look = make(tf, folder)
        experiment = _experiment(
            tf, tf.contrib.learn.RunConfig(model_dir=folder, save_checkpoints_steps=3), train_steps=steps
        )
        experiment.extend_train_hooks(monitors)
        experiment.train()
        return look() + [_folders(experiment)]

    return call


def _counting(tf, folder):
    class Counter(tf.contrib.learn.monitors.EveryN):
        def __init__(self):
            super(Counter, self).__init__(every_n_steps=4, first_n_steps=2)
            self.seen = []

        def begin(self, max_steps=None):
            super(Counter, self).begin(max_steps)
            self.seen.append("begin")

        def every_n_step_begin(self, step):
            self.seen.append("step %d" % step)
            return ["w:0", "mean_squared_error/value"]

        def every_n_step_end(self, step, outputs):
            self.seen += ["%s %.4f" % (key, np.sum(outputs[key])) for key in sorted(outputs)]

        def every_n_post_step(self, step, session):
            self.seen.append("post %d" % step)

        def end(self, session=None):
            super(Counter, self).end(session)
            self.seen.append("end")

    counter = Counter()
    return [counter], lambda: counter.seen


def _capture(tf, folder):
    capture = tf.contrib.learn.monitors.CaptureVariable("w:0", every_n=5)
    printed = tf.contrib.learn.monitors.PrintTensor({"loss": "mean_squared_error/value"})
    trainable = tf.contrib.learn.monitors.LoggingTrainable("w")
    return [capture, printed, trainable], lambda: [[step, capture.values[step]] for step in sorted(capture.values)]


def _validation(**options):
    def make(tf, folder):
        monitor = tf.contrib.learn.monitors.ValidationMonitor(
            input_fn=_input_fn(tf), eval_steps=1, every_n_steps=2, check_interval_secs=None, **options
        )
        return [monitor], lambda: [
            monitor.early_stopped, monitor.best_step, monitor.best_value, sorted(monitor.best_metrics or {})
        ]  # fmt: skip

    return make


def _stopping(**options):
    return lambda tf, folder: ([tf.contrib.learn.monitors.StopAtStep(**options)], list)


def _saving(tf, folder):
    monitors, other = tf.contrib.learn.monitors, tempfile.mkdtemp()
    scaffold = tf.train.Scaffold()

    class Finalized(tf.train.SessionRunHook):
        def begin(self):
            scaffold.finalize()

    saver = monitors.CheckpointSaver(other, save_steps=5, scaffold=scaffold, checkpoint_basename="mine")
    counter = monitors.StepCounter(every_n_steps=2, output_dir=other)
    return [Finalized(), saver, counter], lambda: sorted(name for name in os.listdir(other) if "tfevents" not in name)


def _dumped(tf):
    learn, names = tf.contrib.learn.monitors, []
    one, two = learn.GraphDump(), learn.GraphDump(["Assign", "Const", "MatMul"])
    with tf.Graph().as_default():
        train, _ = _regression(tf)
        with tf.train.MonitoredSession(hooks=[learn.RunHookAdapterForMonitors([one, two])]) as session:
            for _ in range(3):
                session.run(train)
    for dump in (one, two):
        kept = [getattr(key, "name", key) for key in dump.data[2]]
        names.append(sorted(name for name in kept if "gradients/" not in name))
    values = {getattr(key, "name", key): value for key, value in one.data[2].items()}
    return [sorted(one.data), names, values["loss:0"], one.compare(two, 2)]


def _order(*steps):
    """Calls a monitor's methods in an order."""

    def call(tf):
        monitor = tf.contrib.learn.monitors.BaseMonitor()
        found = [getattr(monitor, step[0])(*step[1:]) for step in steps]
        return found + [monitor.run_on_all_workers]

    return call


def _default_monitors(tf):
    make = tf.contrib.learn.monitors.get_default_monitors
    loss = tf.constant(1.0, name="loss")
    found = make(loss, tf.summary.scalar("loss", loss), output_dir=tempfile.mkdtemp())
    return [[type(each).__name__ for each in found], make()]


def _regression(tf):
    tf.set_random_seed(3)
    weights = tf.get_variable("w", [2, 1])
    loss = tf.reduce_mean(tf.square(tf.matmul(tf.constant(X), weights) - Y), name="loss")
    tf.summary.scalar("loss", loss)
    step = tf.train.get_or_create_global_step()
    return tf.train.GradientDescentOptimizer(0.1).minimize(loss, step), loss


def _trained(**options):
    def call(tf):
        tf.logging.set_verbosity(tf.logging.ERROR)
        folder, losses = tempfile.mkdtemp(), []
        for _ in range(2):
            with tf.Graph().as_default() as graph:
                train, loss = _regression(tf)
                losses.append(tf.contrib.learn.train(graph, folder, train, loss, **options))
        with tf.Graph().as_default() as graph:
            _, loss = _regression(tf)
            found = tf.contrib.learn.evaluate(graph, folder, folder, {"loss": loss}, max_steps=2)
        with tf.Graph().as_default() as graph:
            _, loss = _regression(tf)
            noop = tf.no_op()
            again = tf.contrib.learn.evaluate(graph, folder, folder, {"loss": loss}, noop, max_steps=3)
        # A thread of the supervisor writes the first checkpoint, at whatever step there is by then.
        last = [name for name in os.listdir(folder) if "ckpt-%d." % found[1] in name]
        return losses + [found[0]["loss"], found[1], again[0]["loss"], again[1], sorted(last)]

    return call


def _gc(tf):
    gc, folder = tf.contrib.learn.utils.gc, tempfile.mkdtemp()
    for version in range(10):
        os.mkdir(os.path.join(folder, str(version)))
    paths = gc.get_paths(folder, lambda path: path._replace(export_version=int(os.path.basename(path.path))))
    largest, every = gc.largest_export_versions(3), gc.one_of_every_n_export_versions(3)
    filters = [largest, every, gc.mod_export_version(5), gc.union(largest, every), gc.negation(every)]
    return [[path.export_version for path in each(paths)] for each in filters]


CALLS = {
    "RunConfig": _config(),
    "RunConfig of options": _config(
        master="m", tf_random_seed=3, save_checkpoints_steps=5, gpu_memory_fraction=0.5, model_dir="d", num_cores=2
    ),
    "RunConfig without checkpoints": _config(save_checkpoints_secs=None),
    "RunConfig of a worker": _config(_task("worker", 1)),
    "RunConfig of the first worker": _config(_task("worker", 0)),
    "RunConfig of a master": _config(_task("master", 0)),
    "RunConfig of a master in a cloud": _config(_task("master", 0, environment="cloud")),
    "RunConfig of a worker in a cloud": _config(_task("worker", 0, environment="cloud", model_dir="there")),
    "RunConfig of a cluster of one": _config({"cluster": {"worker": ["b:1"]}, "task": {"type": "worker"}}),
    "RunConfig of no task": _config({"cluster": CLUSTER}),
    "RunConfig of an unknown task": _config(_task("chief", 0)),
    "RunConfig of a number too large": _config(_task("worker", 2)),
    "RunConfig of two folders": _config({"model_dir": "there"}, model_dir="here"),
    "RunConfig's uid": _uid,
    "Experiment.train_and_evaluate": _scheduled("train_and_evaluate"),
    "Experiment.train_and_evaluate without validation": _scheduled("train_and_evaluate", min_eval_frequency=0),
    "Experiment.local_run": _scheduled("local_run", local_eval_frequency=3),
    "Experiment.train": _scheduled("train"),
    "Experiment.test": _scheduled("test"),
    "Experiment.run_std_server": _scheduled("run_std_server"),
    "Experiment of exports": _exported,
    "Experiment of exported checkpoints": _checkpoints_exported,
    "Experiment.continuous_eval": _continuous,
    "Experiment.continuous_train_and_eval": _in_turns(),
    "Experiment.continuous_train_and_eval of steps": _in_turns(train_steps_per_iteration=7),
    "Experiment of strategies": _strategies,
    "Experiment of metrics": lambda tf: _experiment(tf, eval_metrics={}),
    "Experiment of a wrong strategy": lambda tf: _experiment(tf, export_strategies=[3]),
    "Experiment of half a step": lambda tf: _experiment(tf, train_steps_per_iteration=0.5),
    "Experiment of no estimator": lambda tf: tf.contrib.learn.Experiment(3, None, None),
    "ExportStrategy of paths": _strategy(lambda estimator, export_path: [estimator, export_path]),
    "ExportStrategy of all": _strategy(
        lambda estimator, path, checkpoint_path, eval_result, strip_default_attrs: [
            checkpoint_path,
            eval_result,
            strip_default_attrs,
        ]  # fmt: skip
    ),
    "ExportStrategy of results alone": _strategy(lambda estimator, path, eval_result: path),
    "learn_runner.run": _run(configured=True),
    "learn_runner.run of a schedule": _run(configured=True, schedule="train"),
    "learn_runner.run of a folder": _run(foldered=True),
    "learn_runner.run of both": _run(configured=True, foldered=True),
    "learn_runner.run of nothing": _run(),
    "learn_runner.run of an unknown schedule": _run(configured=True, schedule="none"),
    "learn_runner.run of no method": _run(configured=True, schedule="train_steps"),
    "learn_runner.run of no experiment": _run(configured=True, made="number"),
    "learn_runner.run of another configuration": _run(configured=True, made="replaced"),
    "learn_runner.run of a core configuration": _run(configured=True, made="core"),
    "learn_runner.run of no function": lambda tf: tf.contrib.learn.learn_runner.run(3, "folder"),
    "learn_runner.tune": _tuned,
    "EveryN": _monitored(_counting),
    "EveryN of odd steps": _monitored(_counting, steps=11),
    "CaptureVariable": _monitored(_capture),
    "ValidationMonitor": _monitored(_validation()),
    "ValidationMonitor that stops": _monitored(
        _validation(early_stopping_rounds=4, early_stopping_metric_minimize=False)
    ),
    "ValidationMonitor of a metric": _monitored(_validation(early_stopping_rounds=3, early_stopping_metric="mae")),
    "ValidationMonitor of an unknown metric": _monitored(
        _validation(early_stopping_rounds=3, early_stopping_metric="none")
    ),
    "ValidationMonitor of arrays": _monitored(_validation(x=X)),
    "ValidationMonitor of nothing": lambda tf: tf.contrib.learn.monitors.ValidationMonitor(),
    "StopAtStep": _monitored(_stopping(num_steps=5)),
    "StopAtStep of a last step": _monitored(_stopping(last_step=4)),
    "StopAtStep of nothing": _monitored(_stopping()),
    "StopAtStep of both": _monitored(_stopping(num_steps=1, last_step=2)),
    "CheckpointSaver and StepCounter": _monitored(_saving),
    "CheckpointSaver of nothing": lambda tf: tf.contrib.learn.monitors.CheckpointSaver(tempfile.mkdtemp()),
    "GraphDump": _dumped,
    "ExportMonitor of a core estimator": _monitored(
        lambda tf, folder: ([tf.contrib.learn.monitors.ExportMonitor(2, folder)], list)
    ),
    "BaseMonitor": _order(
        ("begin", 5),
        ("epoch_begin", 0),
        ("step_begin", 1),
        ("step_end", 1, {}),
        ("post_step", 1, None),
        ("epoch_end", 0),
        ("end",),
    ),  # fmt: skip
    "BaseMonitor begun twice": _order(("begin",), ("begin",)),
    "BaseMonitor not begun": _order(("end",)),
    "BaseMonitor of a step too far": _order(("begin", 5), ("step_begin", 6)),
    "BaseMonitor of another step": _order(("step_begin", 1), ("step_end", 2, {})),
    "BaseMonitor of a wrong epoch": _order(("epoch_begin", -1)),
    "BaseMonitor of another epoch": _order(("epoch_begin", 1), ("epoch_end", 2)),
    "BaseMonitor of two epochs": _order(("epoch_begin", 1), ("epoch_begin", 2)),
    "BaseMonitor of no estimator": _order(("set_estimator", None)),
    "get_default_monitors": _default_monitors,
    "NanLossDuringTrainingError": lambda tf: [str(tf.contrib.learn.NanLossDuringTrainingError())],
    "train": _trained(steps=5),
    "train to a step": _trained(max_steps=7),
    "train to a step and steps": _trained(max_steps=7, steps=3),
    "gc": _gc,
}
