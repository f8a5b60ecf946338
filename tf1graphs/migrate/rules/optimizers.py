"""Optimizers become those of Keras, or a small class where Keras computes something else."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from tf1graphs.migrate import trees
from tf1graphs.migrate.calls import Argument, Call, Definition, Outcome, Refuse, Replace
from tf1graphs.migrate.definitions import optimizers as definitions
from tf1graphs.migrate.definitions.optimizers import Kernel
from tf1graphs.migrate.rules import rule

_ADAM_SIGNATURE = "learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-08, use_locking=False, name='Adam'"
_ADAM_KEYWORDS = {"beta1": "beta_1", "beta2": "beta_2", "epsilon": "epsilon"}
_EPSILON = "1e-8"
_MOMENTUM_KEYWORDS = {"momentum": "momentum", "use_nesterov": "nesterov"}
_FTRL_SIGNATURE = """learning_rate, learning_rate_power=-0.5, initial_accumulator_value=0.1,
    l1_regularization_strength=0.0, l2_regularization_strength=0.0, use_locking=False, name='Ftrl', accum_name=None,
    linear_name=None, l2_shrinkage_regularization_strength=0.0"""
_PROXIMAL_KEYWORDS = {"l1_regularization_strength": "l1", "l2_regularization_strength": "l2"}

# Names and locks of the graph, and what the rules below read by themselves.
_NOT_HYPERPARAMETERS = {"learning_rate", "centered", "use_locking", "name", "accum_name", "linear_name"}
# What Keras wants as a float of Python.
_FLOATS = {"learning_rate", "momentum"}


@dataclass(frozen=True)
class _Target:
    """An optimizer of the migrated program.

    Attributes:
        constructor: what creates it.
        keywords: its keyword for each hyperparameter of 1.15.
        defaults: what 1.15 had by default and it has not, by keyword.
        needs: the definitions that it comes from.
    """

    constructor: str
    keywords: Mapping[str, str]
    defaults: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[Definition, ...] = ()

    def create(self, call: Call) -> Outcome:
        """Returns the call of the constructor."""
        if later := _later(call):
            return later
        given = {self.keywords[name]: _text(name, argument) for name, argument in _hyperparameters(call).items()}
        texts = {**self.defaults, **given}
        arguments = [*_learning_rate(call), *(f"{keyword}={text}" for keyword, text in texts.items())]
        return Replace(f"{self.constructor}({', '.join(arguments)})", self.needs)


def _keras(call: Call, name: str, keywords: Mapping[str, str], **defaults: str) -> _Target:
    return _Target(f"{call.tf}.keras.optimizers.{name}", keywords, defaults)


def _own(needs: tuple[Definition, ...], keywords: Mapping[str, str], **defaults: str) -> _Target:
    """Returns the class that is defined last."""
    return _Target(needs[-1].name, keywords, defaults, needs)


def _kernel(call: Call, kernel: Kernel, keywords: Mapping[str, str] | None = None) -> _Target:
    has_rows = call.has_row_gradients
    needs = (definitions.SUM_BY_ROW, kernel.definition(True)) if has_rows else (kernel.definition(False),)
    return _Target(kernel.name, keywords or {name: name for name in kernel.options}, needs=needs)


def _hyperparameters(call: Call) -> dict[str, Argument]:
    return {name: argument for name, argument in call.arguments.items() if name not in _NOT_HYPERPARAMETERS}


def _later(call: Call) -> Refuse | None:
    """Returns a refusal if a hyperparameter other than the learning rate changes while the program runs."""
    for name, argument in _hyperparameters(call).items():
        if argument.is_later:
            return Refuse(f"`{name}` is a tensor that changes", f"give `{name}` as a number")
    return None


def _changes(call: Call) -> bool:
    """Returns whether the learning rate changes; then it is assigned before each step."""
    return "learning_rate" in call.arguments and call.arguments["learning_rate"].is_later


def _learning_rate(call: Call) -> list[str]:
    """Returns the text of the learning rate, if the constructor gets one."""
    given = "learning_rate" in call.arguments and not _changes(call)
    return [_text("learning_rate", call.arguments["learning_rate"])] if given else []


def _text(name: str, argument: Argument) -> str:
    """Returns the source of an argument, made a float where Keras takes nothing else."""
    if name not in _FLOATS or isinstance(argument.value, float):
        return argument.text
    if type(argument.value) is int:
        return f"{float(argument.value)}"
    tree = ast.parse(f"({argument.text})", mode="eval").body
    if isinstance(tree, ast.Call) and ast.unparse(tree.func) == "float":
        return argument.text
    # A call may give a tensor or a number of NumPy.
    has_call = any(isinstance(node, ast.Call) for node in trees.walk(tree))
    return f"float({argument.text})" if has_call else argument.text


@rule(
    "tf.train.GradientDescentOptimizer",
    signature="learning_rate, use_locking=False, name='GradientDescent'",
    becomes="`tf.keras.optimizers.SGD`",
)
def _gradient_descent(call: Call) -> Outcome:
    return _keras(call, "SGD", {}).create(call)


@rule(
    "tf.train.MomentumOptimizer",
    signature="learning_rate, momentum, use_locking=False, name='Momentum', use_nesterov=False",
    becomes="a small class: in Keras the learning rate scales each gradient, not their sum",
)
def _momentum(call: Call) -> Outcome:
    return _kernel(call, definitions.MOMENTUM, _MOMENTUM_KEYWORDS).create(call)


@rule(
    "tf.train.AdamOptimizer",
    signature=_ADAM_SIGNATURE,
    becomes="a small subclass of `tf.keras.optimizers.Adam`: that of Keras rounds the powers of beta otherwise",
)
def _adam(call: Call) -> Outcome:
    return _own((definitions.ADAM,), _ADAM_KEYWORDS, epsilon=_EPSILON).create(call)


@rule(
    "tf.train.AdagradOptimizer",
    signature="learning_rate, initial_accumulator_value=0.1, use_locking=False, name='Adagrad'",
    becomes="`tf.keras.optimizers.Adagrad` with `epsilon=0.0`; a subclass if rows are looked up",
)
def _adagrad(call: Call) -> Outcome:
    keywords = {"initial_accumulator_value": "initial_accumulator_value"}
    if call.has_row_gradients:
        return _own((definitions.ADAGRAD,), keywords, epsilon="0.0").create(call)
    return _keras(call, "Adagrad", keywords, epsilon="0.0").create(call)


@rule(
    "tf.train.RMSPropOptimizer",
    signature="""learning_rate, decay=0.9, momentum=0.0, epsilon=1e-10, use_locking=False, centered=False,
        name='RMSProp'""",
    becomes="a small class: Keras starts the mean square at zero",
)
def _rmsprop(call: Call) -> Outcome:
    centered = call.value("centered", False)
    if centered is ...:
        return Refuse("`centered` is not a literal", "write True or False")
    kernel = definitions.CENTERED_RMSPROP if centered else definitions.RMSPROP
    return _kernel(call, kernel).create(call)


@rule(
    "tf.train.AdadeltaOptimizer",
    signature="learning_rate=0.001, rho=0.95, epsilon=1e-08, use_locking=False, name='Adadelta'",
    becomes="`tf.keras.optimizers.Adadelta` with `epsilon=1e-8`; a small class if rows are looked up",
)
def _adadelta(call: Call) -> Outcome:
    if call.has_row_gradients:
        return _kernel(call, definitions.ADADELTA).create(call)
    return _keras(call, "Adadelta", {"rho": "rho", "epsilon": "epsilon"}, epsilon=_EPSILON).create(call)


@rule(
    "tf.train.FtrlOptimizer",
    signature=_FTRL_SIGNATURE,
    becomes="`tf.keras.optimizers.Ftrl`; a small class if rows are looked up",
)
def _ftrl(call: Call) -> Outcome:
    if call.has_row_gradients:
        return _kernel(call, definitions.FTRL).create(call)
    return _keras(call, "Ftrl", {name: name for name in definitions.FTRL.options}).create(call)


@rule(
    "tf.train.ProximalGradientDescentOptimizer",
    signature="""learning_rate, l1_regularization_strength=0.0, l2_regularization_strength=0.0, use_locking=False,
        name='ProximalGradientDescent'""",
    becomes="a small class: Keras has no proximal optimizers",
)
def _proximal_gradient_descent(call: Call) -> Outcome:
    return _kernel(call, definitions.PROXIMAL_GRADIENT_DESCENT, _PROXIMAL_KEYWORDS).create(call)


@rule(
    "tf.train.ProximalAdagradOptimizer",
    signature="""learning_rate, initial_accumulator_value=0.1, l1_regularization_strength=0.0,
        l2_regularization_strength=0.0, use_locking=False, name='ProximalAdagrad'""",
    becomes="a small class: Keras has no proximal optimizers",
)
def _proximal_adagrad(call: Call) -> Outcome:
    keywords = {"initial_accumulator_value": "initial_accumulator_value", **_PROXIMAL_KEYWORDS}
    return _kernel(call, definitions.PROXIMAL_ADAGRAD, keywords).create(call)


@rule(
    "tf.train.AdagradDAOptimizer",
    signature="""learning_rate, global_step, initial_gradient_squared_accumulator_value=0.1,
        l1_regularization_strength=0.0, l2_regularization_strength=0.0, use_locking=False, name='AdagradDA'""",
    becomes="not migrated",
)
def _adagrad_da(call: Call) -> Outcome:
    return Refuse("Keras has no dual averaging", "train with `tf.train.AdagradOptimizer`")


@rule(
    "tf.contrib.opt.AdaMaxOptimizer",
    signature=_ADAM_SIGNATURE,
    becomes="`tf.keras.optimizers.Adamax` with `epsilon=1e-8`",
)
def _adamax(call: Call) -> Outcome:
    if call.has_row_gradients:
        return _refuse_rows()
    return _keras(call, "Adamax", _ADAM_KEYWORDS, epsilon=_EPSILON).create(call)


@rule(
    "tf.contrib.opt.NadamOptimizer",
    signature=_ADAM_SIGNATURE,
    becomes="a small subclass of `tf.keras.optimizers.Adam`: that of Keras schedules its momentum",
)
def _nadam(call: Call) -> Outcome:
    if call.has_row_gradients:
        return _refuse_rows()
    return _own((definitions.NADAM,), _ADAM_KEYWORDS, epsilon=_EPSILON).create(call)


@rule(
    "tf.contrib.opt.LazyAdamOptimizer",
    signature=_ADAM_SIGNATURE,
    becomes="what `tf.train.AdamOptimizer` becomes, with a subclass of that if rows are looked up",
)
def _lazy_adam(call: Call) -> Outcome:
    if not call.has_row_gradients:
        return _adam(call)
    needs = (definitions.SUM_BY_ROW, definitions.ADAM, definitions.LAZY_ADAM)
    return _own(needs, _ADAM_KEYWORDS, epsilon=_EPSILON).create(call)


@rule("tf.contrib.opt.AdamWOptimizer", signature=f"weight_decay, {_ADAM_SIGNATURE}", becomes="not migrated")
@rule(
    "tf.contrib.opt.MomentumWOptimizer",
    signature="weight_decay, learning_rate, momentum, use_locking=False, name='MomentumW', use_nesterov=False",
    becomes="not migrated",
)
def _decoupled_weight_decay(call: Call) -> Outcome:
    return Refuse(
        "1.15 decays a variable while gradients are still computed from it",
        "use `tf.keras.optimizers.AdamW`, which decays by learning rate times weight decay",
    )


def _refuse_rows() -> Refuse:
    return Refuse(
        "rows of a variable are looked up, and Keras updates all rows", "train with `tf.contrib.opt.LazyAdamOptimizer`"
    )
