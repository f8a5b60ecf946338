"""Exports a model in the format of before SavedModels, for programs that read it with ``session_bundle``.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_session_bundle.py``. It writes
``tests/fixtures/tf115/session_bundle/``: checkpoints of today's format, and of that of until 2016 in one file and in
several, and what the model gives.
"""

import json
import shutil
import tempfile
from pathlib import Path

import tensorflow as tf
from tensorflow.contrib.session_bundle import exporter

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "session_bundle"
X = [[1.0, -0.5], [0.25, 2.0], [-3.0, 0.5]]


def export(version, write_version, sharded, clear_devices):
    words = Path(tempfile.mkdtemp()) / "words.txt"
    words.write_text("nought\none\ntwo\n")
    with tf.Graph().as_default(), tf.Session() as session:
        path = tf.constant(str(words), name="path")
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        weights = tf.get_variable("w", initializer=[[1.0, 2.0, -1.0], [0.5, -0.25, 4.0]])
        bias = tf.get_variable("b", initializer=[0.0, 1.0, -1.0])
        with tf.device("/cpu:0"):
            scores = tf.nn.softmax(tf.matmul(x, weights) + bias, name="scores")
        table = tf.contrib.lookup.index_to_string_table_from_file(path)
        classes = table.lookup(tf.argmax(scores, 1))
        session.run([tf.global_variables_initializer(), tf.tables_initializer()])
        written = exporter.Exporter(tf.train.Saver(sharded=sharded, write_version=write_version))
        written.init(
            init_op=tf.tables_initializer(),
            clear_devices=clear_devices,
            default_graph_signature=exporter.classification_signature(x, classes, scores),
            named_graph_signatures={"inputs": exporter.generic_signature({"x": x})},
            assets_collection=[path],
        )
        folder = written.export(str(FOLDER), tf.constant(version), session)
        # It says where the export was written, which nobody who reads it needs.
        (Path(folder.decode()) / "checkpoint").unlink()
        found = session.run([scores, classes], {x: X})
        return {"x": X, "scores": found[0].tolist(), "classes": [name.decode() for name in found[1]]}


def main():
    shutil.rmtree(str(FOLDER), ignore_errors=True)
    export(1, tf.train.SaverDef.V2, sharded=False, clear_devices=False)
    export(2, tf.train.SaverDef.V1, sharded=False, clear_devices=False)
    answers = export(3, tf.train.SaverDef.V1, sharded=True, clear_devices=True)
    (FOLDER / "answers.json").write_text(json.dumps(answers) + "\n")
    print(sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*")))


if __name__ == "__main__":
    main()
