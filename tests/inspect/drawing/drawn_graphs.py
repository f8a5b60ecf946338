"""Graphs to draw: those that TensorFlow 1.15 wrote, and small ones written as text."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.reading import protos

FOLDER = Path(__file__).parents[2] / "fixtures/tf115/inspect_drawing"
RECORDED = sorted(path.name.partition(".")[0] for path in FOLDER.iterdir())


def recorded(name: str) -> Any:
    """The GraphDef of a function in ``tests/oracle/record_inspect_drawing.py``."""
    return protos.GraphDef.FromString(gzip.decompress((FOLDER / f"{name}.pb.gz").read_bytes()))


def written(text: str) -> Any:
    """A GraphDef of lines such as ``y = MatMul x w:1 ^c``."""
    graph = protos.GraphDef()
    for name, op, inputs in re.findall(r"(\S+) = (\S+)(.*)", text):
        graph.node.add(name=name, op=op, input=inputs.split())
    return graph


def chain(length: int, scope: str = "") -> Any:
    """``n0`` feeds ``n1``, which feeds ``n2``, and so on."""
    lines = [f"{scope}n{number} = Relu {f'{scope}n{number - 1}' if number else ''}" for number in range(length)]
    return written("\n".join(lines))


def inside(hierarchy: Hierarchy, name: str = "", is_aside: bool = False) -> list[str]:
    """The labels of the items in the scope of this name, those of its side column or the others."""
    scope = next(number for number in hierarchy.scopes() if hierarchy.items[number].name == name)
    found = [hierarchy.items[number] for number in hierarchy.items[scope].children]
    return [item.label for item in found if item.is_aside == is_aside]
