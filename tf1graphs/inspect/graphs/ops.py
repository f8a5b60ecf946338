"""The ops that TensorFlow 1.15 and today's TensorFlow have, with the dtypes of their outputs; without TensorFlow.

A line of ``ops.txt`` is the name, the outputs, and where the op was if today's TensorFlow has it no more, with tabs
between. An output is a dtype (``int64``), the attribute that says it (``T``, ``T=float32`` with its default), as many
of them as another attribute says (``N*T``), or an attribute that lists several (``*Tout``).
``tests/inspect/graphs/write_ops_table.py`` writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tf1graphs.inspect.graphs import attributes

TABLE = Path(__file__).with_name("ops.txt")
# No op has more outputs than a graph file could say, but a number in a file could be any.
_MOST_OUTPUTS = 4096


@dataclass(frozen=True)
class Op:
    """An op.

    Attributes:
        outputs: what it says of its outputs, as in the table.
        library: if today's TensorFlow lacks it, what had it, such as ``"tf.contrib.seq2seq"``; else empty.
    """

    outputs: str
    library: str


@cache
def known_ops() -> dict[str, Op]:
    """All ops by name, in the order of the table."""
    lines = TABLE.read_text().splitlines()
    return {name: Op(*columns) for name, *columns in ((line + "\t\t").split("\t")[:3] for line in lines)}


def output_dtypes(proto: Any) -> tuple[str, ...]:
    """The dtypes of the outputs of a ``NodeDef``; none for an op that is not known."""
    op = known_ops().get(proto.op)
    dtypes: list[str] = []
    for output in op.outputs.split() if op else ():
        if output.startswith("*"):
            dtypes.extend(attributes.dtype_list(proto, output[1:]))
            continue
        number, _, stated = output.rpartition("*")
        attribute, _, default = stated.partition("=")
        dtype = attributes.dtype(proto, attribute) if attribute in proto.attr else default or attribute
        times = min(attributes.integer(proto, number), _MOST_OUTPUTS) if number else 1
        dtypes.extend([dtype] * times)
    return tuple(dtypes[:_MOST_OUTPUTS])
