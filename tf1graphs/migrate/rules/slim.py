"""What ``tf.contrib.slim`` has beyond ``tf.contrib.layers``: arguments for many calls, and calls of many layers."""

from __future__ import annotations

from functools import partial

from tf1graphs.migrate.calls import Call, Outcome, Refuse
from tf1graphs.migrate.rules import rule

# What is passed on to the layers.
_PASSED = (
    "activation_fn, normalizer_fn, normalizer_params, weights_initializer, weights_regularizer, biases_initializer, "
    "biases_regularizer, kernel_size, stride, padding, rate, data_format, depth_multiplier, keep_prob, is_training, "
    "decay, center, scale, epsilon, fused, updates_collections, zero_debias_moving_mean, renorm, trainable, reuse, "
    "scope, variables_collections, outputs_collections"
)
_SCOPE = Refuse("it gives arguments to calls elsewhere", "write its arguments into each call")
_REPEATED = Refuse("it calls a layer that is given as a function", "call the layer itself, as often as needed")
_REFUSED = (
    ("arg_scope", ("slim", "framework"), "list_ops_or_scope", _SCOPE),
    ("repeat", ("slim", "layers"), "inputs, repetitions, layer, num_outputs, size", _REPEATED),
    ("stack", ("slim", "layers"), "inputs, layer, stack_args", _REPEATED),
)


def _refuse(refusal: Refuse, _: Call) -> Outcome:
    return refusal


for _name, _modules, _signature, _refusal in _REFUSED:
    rule(
        *(f"tf.contrib.{module}.{_name}" for module in _modules),
        signature=f"{_signature}, {_PASSED}",
        becomes="refused",
    )(partial(_refuse, _refusal))
