"""Checkpoints as TensorFlow 1's ``Saver`` names and keeps them, which a ``tf.train.CheckpointManager`` does not.

A manager numbers every checkpoint, deletes those that earlier runs of a program have left, and its checkpoints of an
optimizer bring back the old learning rate.

Sources: ``python/training/saver.py`` and ``python/training/checkpoint_management.py`` of 1.15.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

# Adam's powers of beta are variables of 1.15, which multiplies each by its beta once before the first step.
_ADAM = {
    "parameter": ", adam=None",
    "kept": "        self.adam = adam or {}\n",
    "steps": """\
        steps = {name: optimizer.iterations for name, optimizer in self.adam.items()}
""",
    "argument": ", steps=steps",
    "restored": """\
        for name, optimizer in self.adam.items():  # 1.x stores beta2 to the power of the number of steps + 1
            power = tf.maximum(reader.get_tensor(name), 1e-38)
            optimizer.iterations.assign(int(tf.round(tf.math.log(power) / tf.math.log(optimizer.beta_2))) - 1)
""",
}


def saver(has_adam: bool) -> Definition:
    """Returns the class; one that restores the number of steps of Adam takes those optimizers."""
    adam = _ADAM if has_adam else dict.fromkeys(_ADAM, "")
    return Definition(
        "Saver",
        f'''\
import os


class Saver:
    """Saves variables and keeps the last checkpoints; loads those of TensorFlow 1.x too, by the variables' names."""

    def __init__(self, variables{adam["parameter"]}, max_to_keep=5):
        self.variables = variables
{adam["kept"]}        self.max_to_keep = max_to_keep
        self.last_checkpoints = []
{adam["steps"]}        self.checkpoint = tf.train.Checkpoint(variables=dict(variables){adam["argument"]})

    def save(self, path, step=None):
        """Writes a checkpoint, notes it in the file `checkpoint`, then deletes the oldest; returns its path."""
        path = self.checkpoint.write(str(path) if step is None else f"{{path}}-{{int(step)}}")
        kept = [each for each in self.last_checkpoints if each != path] + [path]
        self.last_checkpoints = kept[-self.max_to_keep :]
        folder = os.path.dirname(path) or "."
        names = [os.path.relpath(each, folder) for each in self.last_checkpoints]
        with tf.io.gfile.GFile(f"{{path}}.tmp", "w") as state:
            state.write(f"model_checkpoint_path: {{names[-1]!r}}\\n")
            state.write("".join(f"all_model_checkpoint_paths: {{name!r}}\\n" for name in names))
        tf.io.gfile.rename(f"{{path}}.tmp", os.path.join(folder, "checkpoint"), overwrite=True)
        for old in kept[: -self.max_to_keep]:
            for file in tf.io.gfile.glob([f"{{old}}.index", f"{{old}}.data-?????-of-?????"]):
                tf.io.gfile.remove(file)
        return path

    def restore(self, path):
        """Gives the variables the values in a checkpoint."""
        if not tf.io.gfile.exists(f"{{path}}.index"):
            raise ValueError(f"{{path}} is not a checkpoint")
        reader = tf.train.load_checkpoint(path)
        if reader.has_tensor("_CHECKPOINTABLE_OBJECT_GRAPH"):
            self.checkpoint.read(path).assert_existing_objects_matched()
            return
        for name, variable in self.variables.items():
            variable.assign(reader.get_tensor(name))
{adam["restored"]}''',
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
    "tf.keras.optimizers.Adam": _ADAM_SLOTS,
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
ADAMS = frozenset({"tf.keras.optimizers.Adam", "Adam", "LazyAdam", "Nadam"})
