"""Checkpoints as TensorFlow 1's ``Saver`` names and keeps them, which a ``tf.train.CheckpointManager`` does not.

A manager numbers every checkpoint, deletes those that earlier runs of a program have left, and its checkpoints of an
optimizer bring back the old learning rate.

Sources: ``python/training/saver.py`` and ``python/training/checkpoint_management.py`` of 1.15.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

SAVER = Definition(
    "Saver",
    '''\
import os


class Saver:
    """Saves variables and keeps the last checkpoints; loads those of TensorFlow 1.x too, by the variables' names."""

    def __init__(self, variables, max_to_keep=5):
        self.variables = variables
        self.max_to_keep = max_to_keep
        self.last_checkpoints = []
        self.checkpoint = tf.train.Checkpoint(variables=dict(variables))

    def save(self, path, step=None):
        """Writes a checkpoint, notes it in the file `checkpoint`, then deletes the oldest; returns its path."""
        path = self.checkpoint.write(str(path) if step is None else f"{path}-{int(step)}")
        kept = [each for each in self.last_checkpoints if each != path] + [path]
        self.last_checkpoints = kept[-self.max_to_keep :]
        folder = os.path.dirname(path) or "."
        names = [os.path.relpath(each, folder) for each in self.last_checkpoints]
        with tf.io.gfile.GFile(f"{path}.tmp", "w") as state:
            state.write(f"model_checkpoint_path: {names[-1]!r}\\n")
            state.write("".join(f"all_model_checkpoint_paths: {name!r}\\n" for name in names))
        tf.io.gfile.rename(f"{path}.tmp", os.path.join(folder, "checkpoint"), overwrite=True)
        for old in kept[: -self.max_to_keep]:
            for file in tf.io.gfile.glob([f"{old}.index", f"{old}.data-?????-of-?????"]):
                tf.io.gfile.remove(file)
        return path

    def restore(self, path):
        """Gives the variables the values in a checkpoint."""
        if not tf.io.gfile.exists(f"{path}.index"):
            raise ValueError(f"{path} is not a checkpoint")
        reader = tf.train.load_checkpoint(path)
        if reader.has_tensor("_CHECKPOINTABLE_OBJECT_GRAPH"):
            self.checkpoint.read(path).assert_existing_objects_matched()
            return
        for name, variable in self.variables.items():
            variable.assign(reader.get_tensor(name))
''',
)

SLOT_VARIABLES = Definition(
    "slot_variables",
    '''\
def slot_variables(variables, optimizer, **slots):
    """Returns what an optimizer keeps for each variable that it trains, named as in TensorFlow 1.x: `w/Adam`."""
    names = {optimizer._var_key(variable): name for name, variable in variables.items()}
    return {
        f"{names[optimizer._var_key(variable)]}/{slot}": slot_variable
        for slot, slot_variables in slots.items()
        for variable, slot_variable in zip(optimizer._trainable_variables, slot_variables)
    }
''',
)

_ADAM_SLOTS = ("_momentums", "_velocities")
# The lists of variables of each class of optimizers, in the order in which 1.15 makes its slots.
SLOTS: dict[str, tuple[str, ...]] = {
    "tf.keras.optimizers.SGD": (),
    "Adam": _ADAM_SLOTS,
    "LazyAdam": _ADAM_SLOTS,
    "Nadam": _ADAM_SLOTS,
    "tf.keras.optimizers.Adagrad": ("_accumulators",),
    "Adagrad": ("_accumulators",),
    "ProximalAdagrad": ("_accumulators",),
    "ProximalGradientDescent": (),
    "RMSProp": ("_mean_squares", "_momentums"),
    "CenteredRMSProp": ("_mean_squares", "_mean_gradients", "_momentums"),
    "tf.keras.optimizers.Adadelta": ("_accumulated_grads", "_accumulated_delta_vars"),
    "Adadelta": ("_gradient_averages", "_update_averages"),
    "tf.keras.optimizers.Ftrl": ("_accumulators", "_linears"),
    "Ftrl": ("_accumulators", "_linears"),
    "Momentum": ("_momentums",),
}
# Those that keep powers of beta, by the names of 1.15.
ADAMS = frozenset({"Adam", "LazyAdam", "Nadam"})
POWERS = {"beta1_power": "beta_1_power", "beta2_power": "beta_2_power"}
