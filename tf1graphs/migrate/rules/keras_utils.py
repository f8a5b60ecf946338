"""Functions of Keras that give another type of number in Keras 3."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Replace
from tf1graphs.migrate.rules import rule


@rule(
    "tf.keras.utils.to_categorical",
    signature="y, num_classes=None, dtype='float32'",
    becomes="the same, `astype` the old type",
)
def to_categorical(call: Call) -> Outcome:
    """Keras 3 gives float64."""
    texts = [call.text("y"), *([call.text("num_classes")] if "num_classes" in call.arguments else [])]
    dtype = call.text("dtype", '"float32"')
    return Replace(f"{call.tf}.keras.utils.to_categorical({', '.join(texts)}).astype({dtype})")
