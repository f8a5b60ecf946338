"""Checkpoints: training that was stopped, or killed at any moment, goes on from where it last saved."""

import contextlib
import re
from pathlib import Path
from types import SimpleNamespace

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf


def build():
    X = tf.placeholder(tf.float32, [None, 2], name="X")
    Y = tf.placeholder(tf.float32, [None, 3], name="Y")
    global_step = tf.Variable(0, trainable=False, name="global_step")

    W1 = tf.Variable(tf.random_uniform([2, 10], -1.0, 1.0), name="W1")
    L1 = tf.nn.relu(tf.matmul(X, W1))

    W2 = tf.Variable(tf.random_uniform([10, 20], -1.0, 1.0), name="W2")
    L2 = tf.nn.relu(tf.matmul(L1, W2))

    W3 = tf.Variable(tf.random_uniform([20, 3], -1.0, 1.0), name="W3")
    model = tf.matmul(L2, W3)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=Y, logits=model))
    train_op = tf.train.AdamOptimizer(learning_rate=0.01).minimize(cost, global_step=global_step)

    prediction = tf.argmax(model, 1)
    target = tf.argmax(Y, 1)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(prediction, target), tf.float32))

    for weights in (W1, W2, W3):
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(
        X=X,
        Y=Y,
        global_step=global_step,
        model=model,
        cost=cost,
        train_op=train_op,
        prediction=prediction,
        target=target,
        accuracy=accuracy,
    )


def restore(saver, sess, folder):
    """Restores the last checkpoint that was saved to its end; returns its path, or None where there is none yet."""
    path = state_file = folder / "checkpoint"
    if not state_file.exists():
        return None
    tf.logging.set_verbosity(tf.logging.ERROR)  # without TensorFlow's warnings, what is wrong is told in one line
    try:
        state = tf.train.get_checkpoint_state(str(folder))
        path = state.model_checkpoint_path
        saver.restore(sess, path)
    except Exception as error:  # TensorFlow's errors about damaged files have many types
        tutorial.fail(
            f"{path} is missing, damaged or another network's ({type(error).__name__}): "
            f"name an older checkpoint in {state_file}, or remove {folder} to start anew"
        )
    # A new Saver knows of no older checkpoints: it would neither list them any longer nor ever delete them.
    saver.recover_last_checkpoints(state.all_model_checkpoint_paths)
    return path


def remove_leftovers(folder, kept):
    """Removes what killed saves left behind: temporary files, and checkpoints that are not among those kept."""
    names = {Path(path).name for path in kept}
    for path in folder.iterdir():
        saved = re.fullmatch(
            r"checkpoint\.tmp.*|(dnn\.ckpt-\d+)\.(?:data-\d+-of-\d+|index|meta)(\.te?mp.*)?", path.name
        )
        if saved and (saved[2] or saved[1] not in names):
            path.unlink()


def read_runs(logdir):
    """Returns what each run so far wrote for TensorBoard, the first run first: tag -> step -> value."""
    runs = []
    for path in sorted(logdir.glob("events.out.tfevents.*")):
        run = {"cost": {}, "saved": {}}
        with contextlib.suppress(tf.errors.DataLossError):  # the last record of a killed run may be cut off
            for event in tf.train.summary_iterator(str(path)):
                for value in event.summary.value:
                    if value.tag in run and value.HasField("tensor"):  # as TF2 writes scalars
                        run[value.tag][event.step] = tf.make_ndarray(value.tensor).item()
                    elif value.tag in run:  # as TF1 does
                        run[value.tag][event.step] = value.simple_value
        runs.append(run)
    return runs


def predict(sess, graph, x_data, y_data):
    print("Predictions:", sess.run(graph.prediction, {graph.X: x_data}))
    print("Targets:", sess.run(graph.target, {graph.Y: y_data}))
    print("Accuracy: %.2f" % (100 * sess.run(graph.accuracy, {graph.X: x_data, graph.Y: y_data})))


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, steps=30, save_every=10)
    tutorial.add_data(options, "a table with the columns fur, wings, other, mammal, bird")
    args = tutorial.parse(options, arguments)
    x_data, y_data = datasets.animals(args.data)
    tf.set_random_seed(args.seed)
    graph = build()
    weights = tf.summary.merge_all()
    # With relative paths in its state file the folder can be moved.
    saver = tf.train.Saver(max_to_keep=5, save_relative_paths=True)
    folder = args.logdir / "model"
    folder.mkdir(exist_ok=True)

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:

        def write(tag, value, step):
            writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag=tag, simple_value=value)]), step)

        restored = restore(saver, sess, folder)
        if restored:
            print("Restored:", restored)
            remove_leftovers(folder, [restored, *saver.last_checkpoints])
        else:
            sess.run(tf.global_variables_initializer())

        animals = {graph.X: x_data, graph.Y: y_data}
        for taken in range(1, args.steps + 1):
            _, cost_val = sess.run([graph.train_op, graph.cost], animals)
            step = sess.run(graph.global_step)
            print("Step: %d," % step, "Cost: %.3f" % cost_val)
            write("cost", cost_val, step)
            if taken % args.save_every == 0 or taken == args.steps:
                print("Saved:", saver.save(sess, str(folder / "dnn.ckpt"), step))
                write("saved", cost_val, step)
                writer.add_summary(sess.run(weights), step)
                writer.flush()
        predict(sess, graph, x_data, y_data)
    figures.save_runs(args.logdir / "picture.png", read_runs(args.logdir))


if __name__ == "__main__":
    tutorial.run(main)
