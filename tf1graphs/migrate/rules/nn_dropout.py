"""``tf.nn.dropout``: from the share that is kept to the share that is dropped."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tf1graphs.migrate.calls import Argument, Call, Outcome
from tf1graphs.migrate.forms import Form
from tf1graphs.migrate.keras_layers import enclosed
from tf1graphs.migrate.rules import rule

_SIGNATURE = "x, keep_prob=None, noise_shape=None, seed=None, name=None, rate=None"
_FORM = Form.parse(_SIGNATURE, "tf.nn.dropout(x, rate=rate, noise_shape=noise_shape, seed=seed, name=name)")


@rule("tf.nn.dropout", signature=_SIGNATURE, becomes="the same, of `rate=1 - keep_prob`")
def dropout(call: Call) -> Outcome:
    """A number is subtracted here, in decimals."""
    arguments = dict(call.arguments)
    keep = arguments.pop("keep_prob", None)
    if keep is not None and keep.value is not None:
        is_number = isinstance(keep.value, int | float)
        rate = str(1 - Decimal(repr(keep.value))) if is_number else f"1 - {enclosed(keep.text)}"
        arguments["rate"] = Argument(rate, is_later=keep.is_later)
    return _FORM.apply(replace(call, arguments=arguments))
