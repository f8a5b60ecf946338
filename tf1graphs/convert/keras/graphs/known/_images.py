"""What layers over images and volumes share: windows, strides and paddings."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import refuse


def inner(node: Any, attribute: str) -> tuple[int, ...]:
    """The sizes of an attribute for the axes between batch and channels.

    Raises:
        CouldNotConvert: batch or channels have one too, or stand elsewhere.
    """
    check_channels_last(node)
    sizes = tuple(node.attr[attribute].list.i)
    if sizes and (sizes[0] != 1 or sizes[-1] != 1):
        raise refuse(node, f"{attribute} {list(sizes)} are over batch or channels")
    return sizes[1:-1]


def check_channels_last(node: Any) -> None:
    """Refuses channels that stand before height and width."""
    if node.attr["data_format"].s.startswith(b"NC"):
        raise refuse(node, "its channels come first, which Keras computes on GPUs alone")


def padding_of(node: Any) -> str:
    """``"same"`` or ``"valid"``."""
    padding = str(node.attr["padding"].s.decode().lower())
    if padding not in ("same", "valid"):
        raise refuse(node, f"it has {padding} padding")
    return padding
