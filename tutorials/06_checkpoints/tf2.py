"""Checkpoints in TensorFlow 2: one object saves the model and its optimizer, a manager keeps the last five."""

import contextlib
import re
import shutil
from pathlib import Path

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf
from tensorflow.core.util.event_pb2 import Event


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.W1 = tf.Variable(tf.random.uniform([2, 10], -1.0, 1.0), name="W1")
        self.W2 = tf.Variable(tf.random.uniform([10, 20], -1.0, 1.0), name="W2")
        self.W3 = tf.Variable(tf.random.uniform([20, 3], -1.0, 1.0), name="W3")
        self.global_step = tf.Variable(0, trainable=False, name="global_step")
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.01)

    def __call__(self, x):
        L1 = tf.nn.relu(x @ self.W1)
        L2 = tf.nn.relu(L1 @ self.W2)
        return L2 @ self.W3

    def cost(self, x, y):
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=self(x)))

    def restore_tf1(self, path):
        """Loads what the TF1 version's Saver wrote: weights, Adam's moments, number of steps, all by name."""
        tf.train.Checkpoint(model=self).restore(path).assert_existing_objects_matched()

    @tf.function
    def train(self, xs, ys):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step], ys[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            self.global_step.assign_add(1)
            costs = costs.write(step, cost)
        return costs.stack()


def restore(checkpoint, folder):
    """Restores the last checkpoint that was saved to its end; returns its path, or None where there is none yet."""
    path = state_file = folder / "checkpoint"
    if not state_file.exists():
        return None
    tf.get_logger().setLevel("ERROR")  # without TensorFlow's warnings, what is wrong is told in one line
    try:
        path = tf.train.get_checkpoint_state(folder).model_checkpoint_path
        checkpoint.restore(path).assert_existing_objects_matched()
    except Exception as error:  # TensorFlow's errors about damaged files have many types
        tutorial.fail(
            f"{path} is missing, damaged or another network's ({type(error).__name__}): "
            f"name an older checkpoint in {state_file}, or remove {folder} to start anew"
        )
    return path


def remove_leftovers(folder, kept):
    """Removes what killed saves left behind: temporary files, and checkpoints that are not among those kept."""
    names = {Path(path).name for path in kept}
    for path in folder.iterdir():
        saved = re.fullmatch(r"checkpoint\.tmp.*|(dnn\.ckpt-\d+)(?:_temp|\.data-\d+-of-\d+|\.index)", path.name)
        if saved and path.is_dir():
            shutil.rmtree(path)
        elif saved and saved[1] not in names:
            path.unlink()


def read_runs(logdir):
    """Returns what each run so far wrote for TensorBoard, the first run first: tag -> step -> value."""
    runs = []
    for path in sorted(logdir.glob("events.out.tfevents.*")):
        run = {"cost": {}, "saved": {}}
        with contextlib.suppress(tf.errors.DataLossError):  # the last record of a killed run may be cut off
            for record in tf.data.TFRecordDataset(str(path)):
                event = Event.FromString(record.numpy())
                for value in event.summary.value:
                    if value.tag in run and value.HasField("tensor"):  # as TF2 writes scalars
                        run[value.tag][event.step] = tf.make_ndarray(value.tensor).item()
                    elif value.tag in run:  # as TF1 does
                        run[value.tag][event.step] = value.simple_value
        runs.append(run)
    return runs


def predict(model, x_data, y_data):
    predictions = tf.argmax(model(x_data), axis=1).numpy()
    targets = np.argmax(y_data, axis=1)
    print("Predictions:", predictions)
    print("Targets:", targets)
    print("Accuracy: %.2f" % (100 * np.mean(predictions == targets)))


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, steps=30, save_every=10)
    tutorial.add_data(options, "a table with the columns fur, wings, other, mammal, bird")
    args = tutorial.parse(options, arguments)
    x_data, y_data = datasets.animals(args.data)
    tf.random.set_seed(args.seed)
    model = Model()
    checkpoint = tf.train.Checkpoint(model=model)
    folder = args.logdir / "model"

    restored = restore(checkpoint, folder)
    manager = tf.train.CheckpointManager(checkpoint, folder, max_to_keep=5, checkpoint_name="dnn.ckpt")
    if restored:
        print("Restored:", restored)
        remove_leftovers(folder, [restored, *manager.checkpoints])

    batches = [np.stack([array] * min(args.save_every, args.steps)) for array in (x_data, y_data)]
    with tf.summary.create_file_writer(str(args.logdir)).as_default() as writer:
        tf.summary.graph(model.train.get_concrete_function(*batches).graph)
        for taken in range(0, args.steps, args.save_every):
            first = int(model.global_step) + 1
            costs = model.train(*[array[: args.steps - taken] for array in batches]).numpy()
            for step, cost in enumerate(costs, first):
                print("Step: %d," % step, "Cost: %.3f" % cost)
                tf.summary.scalar("cost", cost, step)
            print("Saved:", manager.save(step))
            tf.summary.scalar("saved", cost, step)
            for weights in model.trainable_variables:
                tf.summary.histogram(weights.name, weights, step)
            writer.flush()
    predict(model, x_data, y_data)
    figures.save_runs(args.logdir / "picture.png", read_runs(args.logdir))


if __name__ == "__main__":
    tutorial.run(main)
