"""Records what TensorFlow 1.15's layers compute, for the layers that ``tf1graphs migrate`` writes in their place.

Run with a Python 3.7 that has tensorflow==1.15.5 and numpy: ``python tests/oracle/record_migrate_layers.py``.
It writes ``tests/fixtures/tf115/migrate_layers.json.gz``.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "migrate" / "rules"))

from layer_cases import CASES, STEPS, inputs, weights

DRAWS = {
    "RandomUniform": ("min", "max"),
    "TruncatedNormal": ("mean", "stddev"),
    "RandomStandardNormal": ("mean", "stddev"),
}


def rounded(value):
    return np.array([float("%.7g" % each) for each in np.ravel(value)]).reshape(np.shape(value)).tolist()


def start(variable):
    """Returns the distribution that a variable is drawn from, with its parameters, or its constant."""
    prefix = variable.op.name + "/Initializer/"
    ops = {op.name[len(prefix) :]: op for op in variable.graph.get_operations() if op.name.startswith(prefix)}
    for name, op in ops.items():
        if op.type in DRAWS:
            outer = name.rpartition("/")[0]
            parameters = (ops[outer + "/" + each].outputs[0] for each in DRAWS[op.type])
            return [op.type, *tf.get_default_session().run(list(parameters))]
    value = tf.get_default_session().run(variable)
    return ["Constant", value.flat[0]]


def answer(shape, source):
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, *shape[1:]])
        training = tf.placeholder(tf.bool, [])
        y = eval(source, {"tf": tf, "x": x, "training": training})
        variables = sorted(tf.global_variables(), key=lambda each: each.op.name)
        loss = tf.add_n([tf.reduce_sum(y * upstream_of(y))] + tf.losses.get_regularization_losses())
        trained = sorted(tf.trainable_variables(), key=lambda each: each.op.name)
        gradients = [tf.convert_to_tensor(each) for each in tf.gradients(loss, [x, *trained]) if each is not None]
        session.run(tf.global_variables_initializer())
        starts = {each.op.name: [str(part) for part in start(each)] for each in variables}
        for place, variable in enumerate(variables):
            variable.load(weights(variable.shape.as_list(), place), session)
        steps = []
        for step in range(STEPS):
            feed = {x: inputs(shape, step), training: step == STEPS - 1}
            found = session.run([y, gradients, tf.get_collection(tf.GraphKeys.UPDATE_OPS)], feed)
            steps.append({"y": rounded(found[0]), "gradients": [rounded(each) for each in found[1]]})
        return {
            "starts": starts,
            "trained": [each.op.name for each in trained],
            "steps": steps,
            "variables": {each.op.name: rounded(session.run(each)) for each in variables},
        }


def upstream_of(y):
    """Returns ``upstream`` of a shape that is only known when the graph runs."""
    places = tf.cast(tf.range(tf.size(y)), tf.float64)
    return tf.cast(tf.reshape(tf.cos(0.7 * places), tf.shape(y)), tf.float32)


def main():
    tf.logging.set_verbosity(tf.logging.ERROR)
    recorded = {
        "%s %s" % ("x".join(map(str, shape)), source): answer(shape, source)
        for shape, sources in CASES.items()
        for source in sources
    }
    file = REPOSITORY / "tests" / "fixtures" / "tf115" / "migrate_layers.json.gz"
    # Without a time, so that the same answers are the same file.
    with gzip.GzipFile(filename="", mode="wb", fileobj=file.open("wb"), mtime=0) as stream:
        stream.write(json.dumps(recorded).encode())


if __name__ == "__main__":
    main()
