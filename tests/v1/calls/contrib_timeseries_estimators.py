"""Small uses of ``tf.contrib.timeseries``: Estimators served in one shot or refused, and ``TFExampleReader``."""

import os
import tempfile

import numpy as np

from .contrib_timeseries import TIMES, VALUES, _config, _fetched, _input_fn, _part


def _without_exogenous(tf):
    regressor = tf.contrib.timeseries.StructuralEnsembleRegressor(
        4, 1, exogenous_feature_columns=[tf.feature_column.numeric_column("load")], **_config(tf)
    )
    return regressor.train(_input_fn(tf, size=6), steps=1)


def _one_shot(model, train_size, **options):
    """Returns what a model served by a ``OneShotPredictionHead`` predicts of serialized examples."""

    def call(tf):
        regressor = model(tf)
        regressor.train(_input_fn(tf, size=train_size), steps=2)
        receiver = regressor.build_one_shot_parsing_serving_input_receiver_fn(12, 4, **options)
        folder = regressor.export_savedmodel(tempfile.mkdtemp(), receiver)
        length = 16 if options.get("truncate_values") else 12
        example = _example(tf, {"times": TIMES[:16], "values": VALUES[:length, 0]})
        with tf.Graph().as_default(), tf.Session() as session:
            signatures = tf.saved_model.loader.load(session, ["serve"], folder).signature_def
            signature = signatures["serving_default"]
            fetched = {key: signature.outputs[key].name for key in signature.outputs}
            found = session.run(fetched, {signature.inputs["examples"].name: [example]})
        return [sorted(signatures), sorted(signature.inputs), sorted(found), [found[key] for key in sorted(found)]]

    return call


def _one_shot_lstm(tf):
    module = _part(tf, "estimators")
    return module.LSTMAutoRegressor(
        periodicities=8, input_window_size=8, output_window_size=4, num_units=3, **_config(tf)
    )


def _example(tf, features):
    kinds = {"i": lambda v: tf.train.Feature(int64_list=tf.train.Int64List(value=v))}
    kinds["f"] = lambda v: tf.train.Feature(float_list=tf.train.FloatList(value=v))
    feature = {key: kinds[value.dtype.kind](value.ravel()) for key, value in features.items()}
    return tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString()


def _read(files=1, whole=True, **features):
    """Returns what ``TFExampleReader`` gives of the series in one or more files."""

    def call(tf):
        paths = [os.path.join(tempfile.mkdtemp(), "part%d" % number) for number in range(files)]
        for path, rows in zip(paths, np.array_split(np.arange(10), files)):
            with tf.python_io.TFRecordWriter(path) as writer:
                for row in rows:
                    one = {"times": TIMES[row], "values": VALUES[row], "load": np.float32(row / 2.0)}
                    writer.write(_example(tf, {key: np.array(value) for key, value in one.items()}))
        given = {"times": tf.FixedLenFeature([], tf.int64), "values": tf.FixedLenFeature([2], tf.float32)}
        given.update({key: value(tf) for key, value in features.items()})
        given = {key: value for key, value in given.items() if value is not None}
        reader = _part(tf, "input_pipeline").TFExampleReader(paths if files > 1 else paths[0], given)
        if whole:
            return _fetched(tf, tf.contrib.timeseries.WholeDatasetInputFn(reader)()[0])
        windows = tf.contrib.timeseries.RandomWindowInputFn(reader, window_size=4, batch_size=2)()[0]
        return [str(sorted((key, value.shape.as_list(), value.dtype) for key, value in windows.items()))]

    return call


def _load(tf):
    return tf.FixedLenFeature([], tf.float32)


def _nothing(tf):
    return None


CALLS = {
    "StructuralEnsembleRegressor without its features": _without_exogenous,
    "StateSpaceRegressor of another model": lambda tf: _part(tf, "estimators").StateSpaceRegressor(
        tf.contrib.timeseries.ARModel(8, 8, 4, 1)
    ),
    "OneShotPredictionHead of truncated values": _one_shot(
        _one_shot_lstm, 12, truncate_values=True, default_batch_size=1
    ),
    "TFExampleReader": _read(),
    "TFExampleReader of files": _read(3, load=_load),
    "TFExampleReader in windows": _read(2, whole=False, load=_load),
    "TFExampleReader without times": _read(times=_nothing),
    "TFExampleReader without values": _read(values=_nothing),
}
