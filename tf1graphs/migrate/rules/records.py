"""Files that are read one record after the other."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import rule


@rule(
    "tf.python_io.tf_record_iterator",
    "tf.io.tf_record_iterator",
    signature="path, options=None",
    becomes="`tf.data.TFRecordDataset(path).as_numpy_iterator()`",
)
def tf_record_iterator(call: Call) -> Outcome:
    """Gives the same bytes."""
    if call.value("options") is not None:
        return Refuse("it has options", "give tf.data.TFRecordDataset a compression_type")
    return Replace(f"{call.tf}.data.TFRecordDataset({call.text('path')}).as_numpy_iterator()")
