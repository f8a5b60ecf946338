"""Keras optimizers that compute what TensorFlow 1.x computed, where those of Keras 3 compute something else.

They differ in formulas, and in gradients of looked-up rows (``tf.IndexedSlices``). Keras squares each copy of a row
that a batch looks up twice, and lets the moments of all rows decay; TensorFlow 1.x adds the copies up first, and most
of its optimizers leave the other rows alone. Its kernels are still there: the classes hand variables and gradients to
them.

Sources: ``tensorflow/python/training/*.py`` of 1.15, ``keras/src/optimizers/*.py`` of Keras 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tf1graphs.migrate.calls import Definition

SUM_BY_ROW = Definition(
    "sum_by_row",
    '''\
def sum_by_row(slices):
    """Adds up the slices of the same row; returns the sums and their rows."""
    rows, positions = tf.unique(slices.indices)
    return tf.math.unsorted_segment_sum(slices.values, positions, tf.size(rows)), rows
''',
)


def _adam(name: str, docstring: str, *options: str) -> Definition:
    """Returns a class that trains as Adam does, with further options of its kernel."""
    further = "".join(f"            {option},\n" for option in options)
    return Definition(
        name,
        f'''\
class {name}(tf.keras.optimizers.Adam):
    """{docstring}"""

    def build(self, variables):
        super().build(variables)
        self.beta_1_power, self.beta_2_power = (
            self.add_variable(shape=(), initializer=tf.constant_initializer(beta))
            for beta in (self.beta_1, self.beta_2)
        )

    def apply(self, grads, trainable_variables=None):
        super().apply(grads, trainable_variables)
        self.beta_1_power.assign(self.beta_1_power * self.beta_1)
        self.beta_2_power.assign(self.beta_2_power * self.beta_2)

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=self._momentums[index].value.handle,
            v=self._velocities[index].value.handle,
            beta1_power=tf.cast(self.beta_1_power, variable.dtype),
            beta2_power=tf.cast(self.beta_2_power, variable.dtype),
            lr=tf.cast(learning_rate, variable.dtype),
            beta1=self.beta_1,
            beta2=self.beta_2,
            epsilon=self.epsilon,
            grad=tf.convert_to_tensor(gradient),
{further}        )
''',
    )


ADAM = _adam("Adam", "Adam on the kernel of TensorFlow 1.x, with its powers of beta in float32.")
NADAM = _adam("Nadam", "Adam with Nesterov momentum, and no schedule of momentum as Keras has it.", "use_nesterov=True")

ADAGRAD = Definition(
    "Adagrad",
    '''\
class Adagrad(tf.keras.optimizers.Adagrad):
    """Adagrad that adds up the gradients of a row before it squares them."""

    def update_step(self, gradient, variable, learning_rate):
        super().update_step(tf.convert_to_tensor(gradient), variable, learning_rate)
''',
)

LAZY_ADAM = Definition(
    "LazyAdam",
    '''\
class LazyAdam(Adam):
    """Adam that leaves alone the rows, and their moments, that were not looked up."""

    def update_step(self, gradient, variable, learning_rate):
        if not isinstance(gradient, tf.IndexedSlices):
            super().update_step(gradient, variable, learning_rate)
            return
        gradient, rows = sum_by_row(gradient)
        index = self._get_variable_index(variable)
        momentum, velocity = self._momentums[index].value, self._velocities[index].value
        betas = self.beta_1, self.beta_2, self.beta_1_power, self.beta_2_power
        beta_1, beta_2, beta_1_power, beta_2_power, rate = (
            tf.cast(value, variable.dtype) for value in (*betas, learning_rate)
        )
        m = beta_1 * tf.gather(momentum, rows) + (1 - beta_1) * gradient
        v = beta_2 * tf.gather(velocity, rows) + (1 - beta_2) * gradient**2
        momentum.scatter_update(tf.IndexedSlices(m, rows))
        velocity.scatter_update(tf.IndexedSlices(v, rows))
        rate *= tf.sqrt(1 - beta_2_power) / (1 - beta_1_power)
        update = rate * m / (tf.sqrt(v) + self.epsilon)
        variable.scatter_sub(tf.IndexedSlices(update, rows))
''',
)


@dataclass(frozen=True)
class Kernel:
    """An optimizer class around the kernel that TensorFlow 1.x used.

    Attributes:
        name: the class.
        docstring: its docstring, one line.
        op: the kernel's name between ``Resource[Sparse]Apply`` and the end.
        options: the hyperparameters with their defaults in 1.15.
        passed: the kernel's arguments by name, each an expression of ``self`` and ``learning_rate``.
        slots: the kernel's variables that go with each trained one: the attribute that holds them, without its last
            ``s``, then the name and how they start if not with zeros.
        gradient: what the dense kernel calls the gradient.
    """

    name: str
    docstring: str
    op: str
    options: Mapping[str, str]
    passed: Mapping[str, str]
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gradient: str = "grad"

    def definition(self, has_rows: bool) -> Definition:
        """Returns the class, with the kernel for looked-up rows if there are any."""
        parts = [
            f'class {self.name}(tf.keras.optimizers.Optimizer):\n    """{self.docstring}"""\n',
            self._constructor(),
        ]
        if self.slots:
            parts.append(self._build())
        parts.append(self._update_for_rows() if has_rows else self._update())
        return Definition(self.name, "\n".join(parts))

    def _constructor(self) -> str:
        parameters = ["self", "learning_rate=0.001", *(f"{name}={default}" for name, default in self.options.items())]
        stored = "".join(f"        self.{name} = {name}\n" for name in self.options)
        return _call("    def __init__", parameters, ":") + f"        super().__init__(learning_rate)\n{stored}"

    def _build(self) -> str:
        created = "".join(
            f"        self.{attribute}s = [\n"
            + _call("            self.add_variable_from_reference", ["variable", *arguments])
            + "            for variable in variables\n        ]\n"
            for attribute, *arguments in self.slots.values()
        )
        return f"    def build(self, variables):\n        super().build(variables)\n{created}"

    def _update(self) -> str:
        arguments = {**self._arguments(), self.gradient: "gradient"}
        given = [f"{name}={value}" for name, value in arguments.items()]
        return self._update_head() + _call(f"        tf.raw_ops.ResourceApply{self.op}", given)

    def _update_for_rows(self) -> str:
        given = "".join(f'            "{name}": {value},\n' for name, value in self._arguments().items())
        dense = _call(f"            tf.raw_ops.ResourceApply{self.op}", [f"{self.gradient}=gradient", "**arguments"])
        sparse = f"            tf.raw_ops.ResourceSparseApply{self.op}"
        return (
            f"{self._update_head()}        arguments = {{\n{given}        }}\n"
            "        if isinstance(gradient, tf.IndexedSlices):\n"
            "            sums, rows = sum_by_row(gradient)\n"
            f"{_call(sparse, ['grad=sums', 'indices=rows', '**arguments'])}"
            f"        else:\n{dense}"
        )

    def _update_head(self) -> str:
        index = "        index = self._get_variable_index(variable)\n" if self.slots else ""
        return f"    def update_step(self, gradient, variable, learning_rate):\n{index}"

    def _arguments(self) -> dict[str, str]:
        slots = {name: f"self.{attribute}s[index].value.handle" for name, (attribute, *_) in self.slots.items()}
        return {"var": "variable.handle", **slots, **self.passed}


def _call(start: str, arguments: Sequence[str], end: str = "") -> str:
    """Returns a call, or the head of a function: on one line if there is room, else with a line for each argument."""
    line = f"{start}({', '.join(arguments)}){end}\n"
    if len(line) <= 89:
        return line
    indent = " " * (len(start) - len(start.lstrip()))
    return f"{start}(\n" + "".join(f"{indent}    {argument},\n" for argument in arguments) + f"{indent}){end}\n"


_ACCUMULATOR = ("_accumulator", '"accumulator"', "tf.constant_initializer(self.initial_accumulator_value)")
_RATE = "tf.cast(learning_rate, variable.dtype)"

MOMENTUM = Kernel(
    "Momentum",
    "Momentum whose learning rate scales the sum of gradients, not each of them.",
    "Momentum",
    {"momentum": "0.9", "nesterov": "False"},
    {"lr": _RATE, "momentum": "self.momentum", "use_nesterov": "self.nesterov"},
    {"accum": ("_momentum", '"momentum"')},
)

RMSPROP = Kernel(
    "RMSProp",
    "RMSProp whose mean square starts at one.",
    "RMSProp",
    {"decay": "0.9", "momentum": "0.0", "epsilon": "1e-10"},
    {"lr": _RATE, "rho": "self.decay", "momentum": "self.momentum", "epsilon": "self.epsilon"},
    {"ms": ("_mean_square", '"mean_square"', '"ones"'), "mom": ("_momentum", '"momentum"')},
)

CENTERED_RMSPROP = Kernel(
    "CenteredRMSProp",
    "RMSProp by the variance of the gradient; its mean square starts at one.",
    "CenteredRMSProp",
    RMSPROP.options,
    RMSPROP.passed,
    {"mg": ("_mean_gradient", '"mean_gradient"'), **RMSPROP.slots},
)

ADADELTA = Kernel(
    "Adadelta",
    "Adadelta that leaves alone rows, and their averages, that were not looked up.",
    "Adadelta",
    {"rho": "0.95", "epsilon": "1e-8"},
    {"lr": _RATE, "rho": "self.rho", "epsilon": "self.epsilon"},
    {"accum": ("_gradient_average", '"gradient"'), "accum_update": ("_update_average", '"update"')},
)

PROXIMAL_GRADIENT_DESCENT = Kernel(
    "ProximalGradientDescent",
    "Gradient descent that shrinks values towards zero (Duchi and Singer, 2009).",
    "ProximalGradientDescent",
    {"l1": "0.0", "l2": "0.0"},
    {"alpha": _RATE, "l1": "self.l1", "l2": "self.l2"},
    gradient="delta",
)

PROXIMAL_ADAGRAD = Kernel(
    "ProximalAdagrad",
    "Adagrad that shrinks values towards zero (Duchi and Singer, 2009).",
    "ProximalAdagrad",
    {"initial_accumulator_value": "0.1", "l1": "0.0", "l2": "0.0"},
    {"lr": _RATE, "l1": "self.l1", "l2": "self.l2"},
    {"accum": _ACCUMULATOR},
)

FTRL = Kernel(
    "Ftrl",
    "FTRL that leaves alone the rows that were not looked up.",
    "FtrlV2",
    {
        "learning_rate_power": "-0.5",
        "initial_accumulator_value": "0.1",
        "l1_regularization_strength": "0.0",
        "l2_regularization_strength": "0.0",
        "l2_shrinkage_regularization_strength": "0.0",
    },
    {
        "lr": _RATE,
        "l1": "self.l1_regularization_strength",
        "l2": "self.l2_regularization_strength",
        "l2_shrinkage": "self.l2_shrinkage_regularization_strength",
        "lr_power": "self.learning_rate_power",
    },
    {
        "accum": _ACCUMULATOR,
        "linear": ("_linear", '"linear"'),
    },
)
