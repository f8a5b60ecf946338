"""Files that are read one record after the other, those of summaries too."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Definition, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import rule

_SUMMARY_ITERATOR = Definition(
    "summary_iterator",
    '''\
from tensorflow.core.util.event_pb2 import Event


def summary_iterator(path):
    """Yields the events in a file that was written for TensorBoard."""
    for record in tf.data.TFRecordDataset(path):
        yield Event.FromString(record.numpy())
''',
)


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


@rule("tf.train.summary_iterator", signature="path", becomes="a function that reads the events of a file")
def summary_iterator(call: Call) -> Outcome:
    """TensorFlow 2 has it for TensorFlow 1.x only."""
    return Replace(f"summary_iterator({call.text('path')})", needs=(_SUMMARY_ITERATOR,))
