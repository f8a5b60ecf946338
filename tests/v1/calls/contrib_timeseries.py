"""Small uses of ``tf.contrib.timeseries``: models in a graph, matrices and statistics, and Estimators of few steps."""

import importlib
import os
import tempfile

import numpy as np

TIMES = np.arange(40)
VALUES = np.stack([np.sin(TIMES / 3.0) + TIMES / 20.0, np.cos(TIMES / 4.0)], 1).astype(np.float32)
STATE_SPACE_MODELS = "state_space_model level_trend varma periodic structural_ensemble filtering_postprocessor"
POSITIVE = np.array([[2.0, 0.3], [0.3, 1.0]], np.float32)


def _part(tf, name):
    """Returns a module inside the package, which 1.15 has to be asked for below ``python.timeseries``."""
    is_115 = tf.__name__ == "tensorflow"
    package = "tensorflow.contrib.timeseries.python.timeseries" if is_115 else "tf1graphs.v1.contrib.timeseries"
    return importlib.import_module("%s.%s" % (package, name))


def _math(function):
    return lambda tf: function(_part(tf, "math_utils"), tf)


def _batch(size=12, number=2, features=1):
    return {
        "times": np.stack([TIMES[i * size : (i + 1) * size] for i in range(number)]),
        "values": np.stack([VALUES[i * size : (i + 1) * size, :features] for i in range(number)]),
    }


def _input_fn(tf, **options):
    batch = _batch(**options)
    return lambda: ({key: tf.constant(value) for key, value in batch.items()}, None)


def _statistics(tf):
    math_utils = _part(tf, "math_utils")
    features, _ = _input_fn(tf, features=2)()
    return list(_flat(math_utils.InputStatisticsFromMiniBatch(2, tf.float32).initialize_graph(features)))


def _flat(value):
    for part in value:
        if isinstance(part, tuple):
            for each in _flat(part):
                yield each
        else:
            yield part


def _config(tf):
    tf.logging.set_verbosity(tf.logging.ERROR)
    return {"config": tf.estimator.RunConfig(tf_random_seed=1), "model_dir": tempfile.mkdtemp()}


def _whole(tf, features=1):
    return tf.contrib.timeseries.WholeDatasetInputFn(
        tf.contrib.timeseries.NumpyReader({"times": TIMES, "values": VALUES[:, :features]})
    )


def _used(tf, regressor, steps=2, size=12, features=1, exported=False):
    """Returns what a regressor evaluates to and predicts after few steps, and the shapes of its variables."""
    regressor.train(_input_fn(tf, size=size, features=features), steps=steps)
    evaluation = regressor.evaluate(_whole(tf, features), steps=1)
    predict = tf.contrib.timeseries.predict_continuation_input_fn(evaluation, steps=7)
    prediction = next(iter(regressor.predict(predict)))
    names = sorted(regressor.get_variable_names())
    keys = sorted(set(evaluation) - {"start_tuple"})
    return [
        [keys, [evaluation[key] for key in keys], sorted(prediction), [prediction[key] for key in sorted(prediction)]],
        [str([name, list(regressor.get_variable_value(name).shape)]) for name in names],
        _continued(tf, regressor) if exported else [],
    ]


def _continued(tf, regressor):
    """Returns what an exported model predicts after it has filtered one half of the series, and then the other."""
    receiver = regressor.build_raw_serving_input_receiver_fn()
    folder = regressor.export_savedmodel(tempfile.mkdtemp(), receiver)
    utils = tf.contrib.timeseries.saved_model_utils
    with tf.Graph().as_default(), tf.Session() as session:
        signatures = tf.saved_model.loader.load(session, [tf.saved_model.tag_constants.SERVING], folder)
        first = {"times": TIMES[:30], "values": VALUES[:30, :1]}
        state = utils.cold_start_filter(signatures, session, first)
        state = utils.filter_continuation(state, signatures, session, {"times": TIMES[30:], "values": VALUES[30:, :1]})
        found = utils.predict_continuation(state, signatures, session, steps=5)
        return [sorted(found), [found[key] for key in sorted(found)], sorted(signatures.signature_def)]


def _ar(exported=False, **options):
    def call(tf):
        arguments = {"periodicities": 8, "input_window_size": 8, "output_window_size": 4, "num_features": 1}
        arguments.update(options)
        features = arguments["num_features"]
        regressor = tf.contrib.timeseries.ARRegressor(**dict(arguments, **_config(tf)))
        return _used(tf, regressor, features=features, exported=exported)

    return call


def _lstm(tf):
    module = _part(tf, "estimators")
    regressor = module.LSTMAutoRegressor(
        periodicities=8, input_window_size=8, output_window_size=4, num_units=3, **_config(tf)
    )
    regressor.train(_input_fn(tf), steps=2)
    evaluation = regressor.evaluate(_whole(tf), steps=1)
    receiver = regressor.build_one_shot_parsing_serving_input_receiver_fn(20, 5)
    folder = regressor.export_savedmodel(tempfile.mkdtemp(), receiver)
    return [evaluation["loss"], evaluation["mean"], sorted(evaluation), sorted(os.listdir(folder))]


def _state_space(make):
    """Returns the call of a state space model on a batch: its loss and predictions, and the names of its variables."""

    def call(tf):
        tf.set_random_seed(3)
        models = {name: _part(tf, "state_space_models.%s" % name) for name in STATE_SPACE_MODELS.split()}
        model = make(tf, models)
        model.initialize_graph()
        features, _ = _input_fn(tf, size=5, number=1, features=model.num_features)()
        features = {"times": tf.cast(features["times"], tf.int64), "values": tf.cast(features["values"], tf.float32)}
        outputs = model.define_loss(features, tf.estimator.ModeKeys.TRAIN)
        predicted = model.predict({"times": [[5, 8]], "start_tuple": tuple(outputs.end_state)})
        found = [outputs.loss, predicted["mean"], predicted["covariance"]]
        found += [outputs.predictions[key] for key in sorted(outputs.predictions)]
        # A function of the session has no gradients, which would take most of the time.
        return lambda session: session.run(found)

    return call


def _generated(tf):
    level_trend = _part(tf, "state_space_models.level_trend")
    model = level_trend.AdderStateSpaceModel()
    model.initialize_graph()

    def draw(session):
        with session.as_default():
            found = model.generate(2, 5, model.random_model_parameters(3), 4)
        return [found["times"], found["values"]]

    return draw


def _csv(text, **options):
    def call(tf):
        path = os.path.join(tempfile.mkdtemp(), "series.csv")
        with open(path, "w") as file:
            file.write(text)
        reader = tf.contrib.timeseries.CSVReader(path, **options)
        features, _ = tf.contrib.timeseries.WholeDatasetInputFn(reader)()
        return _fetched(tf, features)

    return call


def _fetched(tf, features):
    def run(session):
        coordinator = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(session, coordinator)
        values = session.run(features)
        coordinator.request_stop()
        coordinator.join(threads)
        return [sorted(values)] + [values[key] for key in sorted(values)]

    return run


def _windows(**options):
    def call(tf):
        reader = tf.contrib.timeseries.NumpyReader({"times": TIMES, "values": VALUES})
        features, _ = tf.contrib.timeseries.RandomWindowInputFn(reader, **options)()
        return [str(sorted((key, value.shape.as_list()) for key, value in features.items()))]

    return call


def _read(**data):
    return lambda tf: sorted(tf.contrib.timeseries.NumpyReader(data)._features["values"].shape)


def _loss_without_graph(tf):
    model = tf.contrib.timeseries.ARModel(8, 8, 4, 1)
    return model.define_loss(_input_fn(tf)()[0], "train")


CSV = "0,1.5,2.0\n1,2.5,3.0\n2,3.5,5.0\n"
COLUMNS = ("times", "values", "values")

CALLS = {
    "normal_log_prob": _math(lambda m, tf: m.normal_log_prob(1.0, tf.constant([2.0, 3.0]), 0.5)),
    "cauchy_log_prob": _math(lambda m, tf: m.cauchy_log_prob(1.0, tf.constant([2.0, 3.0]), 0.5)),
    "mvn_tril_log_prob": _math(
        lambda m, tf: m.mvn_tril_log_prob(tf.zeros([1, 2]), tf.cholesky(tf.constant(POSITIVE[None])), tf.ones([1, 2]))
    ),
    "clip_covariance": _math(lambda m, tf: m.clip_covariance(tf.constant(POSITIVE), 1.5, 1.8)),
    "block_diagonal": _math(lambda m, tf: m.block_diagonal([POSITIVE, [[3.0, 4.0]], POSITIVE])),
    "power_sums_tensor": _math(lambda m, tf: m.power_sums_tensor(4, POSITIVE, tf.constant(POSITIVE + 1.0))),
    "matrix_to_powers": _math(lambda m, tf: m.matrix_to_powers(tf.constant(POSITIVE), [0, 1, 2, 5])),
    "matrix_times_batch": _math(lambda m, tf: m.matrix_times_batch(POSITIVE, tf.ones([3, 2, 2]), adj_x=True)),
    "batch_times_matrix": _math(lambda m, tf: m.batch_times_matrix(tf.ones([3, 4, 2]), POSITIVE, adj_y=True)),
    "sign_magnitude_positive_definite": _math(lambda m, tf: m.sign_magnitude_positive_definite(POSITIVE, -1.0, 0.5)),
    "transform_to_covariance_matrices": _math(lambda m, tf: m.transform_to_covariance_matrices(tf.ones([3, 4]), 2)),
    "variable_covariance_matrix": _math(
        lambda m, tf: m.variable_covariance_matrix(2, "c", tf.float32, tf.constant([1.0, 2.0]), 0.3)
    ),
    "log_noninformative_covariance_prior": _math(lambda m, tf: m.log_noninformative_covariance_prior(POSITIVE)),
    "entropy_matched_cauchy_scale": _math(lambda m, tf: m.entropy_matched_cauchy_scale(POSITIVE)),
    "replicate_state": _math(lambda m, tf: m.replicate_state((tf.constant([1.0, 2.0]), tf.constant(3)), 2)),
    "InputStatisticsFromMiniBatch": _statistics,
    "ARRegressor": _ar(hidden_layer_sizes=[3], num_features=2),
    "ARRegressor of squared loss": _ar(loss="squared_loss", exported=True),
    "ARRegressor without input": _ar(input_window_size=0, output_window_size=12),
    "ARRegressor of long output": _ar(input_window_size=4, output_window_size=8, periodicities=None),
    "ARRegressor of Cauchy anomalies": _ar(anomaly_prior_probability=0.1, anomaly_distribution="cauchy"),
    "ARRegressor of anomalies without a distribution": _ar(anomaly_prior_probability=0.1),
    "ARRegressor of a distribution without anomalies": _ar(anomaly_distribution="cauchy"),
    "ARRegressor of another window": _ar(output_window_size=5),
    "ARRegressor of no window": _ar(input_window_size=0, periodicities=None),
    "LSTMAutoRegressor": _lstm,
    "AdderStateSpaceModel": _state_space(lambda tf, m: m["level_trend"].AdderStateSpaceModel(use_level_noise=False)),
    "AdderStateSpaceModel that trains its start": _state_space(
        lambda tf, m: m["level_trend"].AdderStateSpaceModel(
            configuration=m["state_space_model"].StateSpaceModelConfiguration(trainable_start_state=True)
        )
    ),
    "AdderStateSpaceModel unrolled": _state_space(
        lambda tf, m: m["level_trend"].AdderStateSpaceModel(
            configuration=m["state_space_model"].StateSpaceModelConfiguration(static_unrolling_window_size_threshold=20)
        )
    ),
    "CycleStateSpaceModel": _state_space(lambda tf, m: m["periodic"].CycleStateSpaceModel(4)),
    "ResolutionCycleModel": _state_space(lambda tf, m: m["periodic"].ResolutionCycleModel(5, 7.5)),
    "VARMA": _state_space(
        lambda tf, m: m["varma"].VARMA(2, 1, m["state_space_model"].StateSpaceModelConfiguration(num_features=2))
    ),
    "StructuralEnsemble": _state_space(lambda tf, m: m["structural_ensemble"].StructuralEnsemble([4], 1, 1)),
    "MultiResolutionStructuralEnsemble with anomalies": _state_space(
        lambda tf, m: m["structural_ensemble"].MultiResolutionStructuralEnsemble(
            3,
            1,
            0,
            6.5,
            configuration=m["state_space_model"].StateSpaceModelConfiguration(
                num_features=2, filtering_postprocessor=m["filtering_postprocessor"].StateInterpolatingAnomalyDetector()
            ),
        )
    ),
    "MultiResolutionStructuralEnsemble of other sizes": _state_space(
        lambda tf, m: m["structural_ensemble"].MultiResolutionStructuralEnsemble([5, 7], 1, 0, [4, 5, 6])
    ),
    "MultiResolutionStructuralEnsemble of an even size": _state_space(
        lambda tf, m: m["structural_ensemble"].MultiResolutionStructuralEnsemble(4, 1, 0, 6)
    ),
    "a model that generates": _generated,
    "a loss before the graph": _loss_without_graph,
    "CSVReader": _csv(CSV, column_names=COLUMNS),
    "CSVReader of dtypes": _csv(
        "t,v\n" + CSV.replace(",2.0", "").replace(",3.0", "").replace(",5.0", ""),
        column_dtypes=("int64", "float64"),
        skip_header_lines=1,
    ),
    "CSVReader without times": _csv(CSV, column_names=("a", "values")),
    "CSVReader of times twice": _csv(CSV, column_names=("times", "times", "values")),
    "CSVReader of too few dtypes": _csv(CSV, column_dtypes=("int64",)),
    "RandomWindowInputFn": _windows(window_size=5, batch_size=3),
    "RandomWindowInputFn that sorts": _windows(window_size=5, batch_size=3, discard_out_of_order=False, jitter=False),
    "RandomWindowInputFn of a large window": _windows(window_size=50, batch_size=3),
    "NumpyReader": _read(times=TIMES, values=VALUES),
    "NumpyReader of vectors": _read(times=TIMES, values=VALUES[:, 0]),
    "NumpyReader of one time": _read(times=3, values=[1.0, 2.0]),
    "NumpyReader of a batch": _read(times=TIMES.reshape(2, 20), values=VALUES.reshape(2, 20, 2)),
    "NumpyReader of too many dimensions": _read(times=TIMES, values=VALUES[..., None]),
    "NumpyReader of other lengths": _read(times=TIMES, values=VALUES[:5]),
    "NumpyReader without values": _read(times=TIMES),
}
