"""Writes ``tf1graphs/inspect/graphs/ops.txt``: ``python tests/inspect/graphs/write_ops_table.py``.

The table has the ops of TensorFlow 1.15 and those of all TensorFlows with which this is run; it is run with the oldest
and with the newest that tf1graphs supports. An op of 1.15 that none of them has is gone.
"""

from __future__ import annotations

from typing import Any

from op_outputs import outputs_of
from recorded_graphs import answers

import tf1graphs.quiet  # noqa: F401, the start-up lines
from tf1graphs.inspect.graphs import ops
from tf1graphs.inspect.reading import dtypes


def registered() -> dict[str, Any]:
    """The ``OpDef`` of every op of the installed TensorFlow by name."""
    from tensorflow.core.framework import op_def_pb2
    from tensorflow.python.client import pywrap_tf_session

    content = pywrap_tf_session.TF_GetBuffer(pywrap_tf_session.TF_GetAllOpList())
    return {op.name: op for op in op_def_pb2.OpList.FromString(content).op}


def is_public(name: str) -> bool:
    """Ops whose names begin with an underscore are made by TensorFlow while a graph runs, and are in no file."""
    return not name.startswith("_")


def rows() -> list[str]:
    present = {name: outputs_of(op, dtypes.name_of) for name, op in registered().items()}
    table = {name: [op["outputs"], op["library"]] for name, op in answers("ops").items()}
    for name, known in ops.known_ops().items():
        if not known.library:
            present.setdefault(name, known.outputs)
    for name, outputs in present.items():
        table[name] = [table[name][0] if name in table else outputs, ""]
    return ["\t".join([name, *columns]).rstrip() for name, columns in sorted(table.items()) if is_public(name)]


if __name__ == "__main__":
    ops.TABLE.write_text("".join(f"{row}\n" for row in rows()))
