"""Initializers that scale with the number of inputs, written for those of Keras."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.keras_layers import enclosed
from tf1graphs.migrate.rules import rule

# What a standard deviation of one becomes when the tails from two on are cut off; only Keras makes up for it, while
# tf.contrib multiplied by the square root of 1.3.
_CUT = "1.3 * 0.87962566103423978**2"
_FLOAT32 = ("tf.float32", "None")


def _keras(call: Call, name: str, *options: str) -> Outcome:
    """Returns an initializer of Keras, which draws other numbers at each call only if it has a generator."""
    if call.text("dtype", "tf.float32").replace(f"{call.tf}.", "tf.", 1) not in _FLOAT32:
        return Refuse("its dtype is not float32", "give the dtype where the initializer is used")
    is_seeded = call.value("seed") is not None
    seed = call.text("seed") if is_seeded else f"{call.tf}.keras.random.SeedGenerator()"
    return Replace(f"{call.tf}.keras.initializers.{name}({', '.join([*options, f'seed={seed}'])})")


@rule(
    "tf.variance_scaling_initializer",
    "tf.initializers.variance_scaling",
    signature="scale=1.0, mode='fan_in', distribution='truncated_normal', seed=None, dtype=tf.float32",
    becomes="`tf.keras.initializers.VarianceScaling`",
)
def variance_scaling(call: Call) -> Outcome:
    """In 1.15 the normal distribution is the truncated one."""
    is_normal = call.value("distribution") == "normal"
    texts = {name: call.text(name) for name in ("scale", "mode", "distribution") if name in call.arguments}
    texts |= {"distribution": '"truncated_normal"'} if is_normal else {}
    return _keras(call, "VarianceScaling", *(f"{name}={text}" for name, text in texts.items()))


@rule(
    "tf.contrib.layers.xavier_initializer",
    "tf.contrib.layers.xavier_initializer_conv2d",
    "tf.contrib.slim.xavier_initializer",
    signature="uniform=True, seed=None, dtype=tf.float32",
    becomes="`tf.keras.initializers.GlorotUniform`",
)
def xavier(call: Call) -> Outcome:
    """Draws uniformly by default."""
    uniform = call.value("uniform", True)
    if uniform is ...:
        return Refuse("whether it is uniform is not seen", "write uniform in the call")
    if uniform:
        return _keras(call, "GlorotUniform")
    return _keras(call, "VarianceScaling", f"scale={_CUT}", 'mode="fan_avg"')


@rule(
    "tf.contrib.layers.variance_scaling_initializer",
    "tf.contrib.slim.variance_scaling_initializer",
    signature="factor=2.0, mode='FAN_IN', uniform=False, seed=None, dtype=tf.float32",
    becomes="`tf.keras.initializers.VarianceScaling`",
)
def contrib_variance_scaling(call: Call) -> Outcome:
    """Draws from the truncated normal distribution by default."""
    mode, uniform = call.value("mode", "FAN_IN"), call.value("uniform", False)
    if mode not in ("FAN_IN", "FAN_OUT", "FAN_AVG") or uniform is ...:
        return Refuse("its mode, or whether it is uniform, is not seen", "write both in the call")
    factor = enclosed(call.text("factor", "2.0"))
    options = [f"scale={factor}" if uniform else f"scale={factor} * {_CUT}", f'mode="{mode.lower()}"']
    return _keras(call, "VarianceScaling", *options, *(['distribution="uniform"'] if uniform else []))
