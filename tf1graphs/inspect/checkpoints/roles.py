"""What a tensor of a checkpoint is there for."""

from __future__ import annotations

from dataclasses import dataclass

VARIABLE = "variable"
SLOT = "slot"
STATE = "optimizer state"
STEP = "step"
BOOKKEEPING = "bookkeeping"


@dataclass(frozen=True)
class Role:
    """What a tensor is there for.

    Attributes:
        name: ``"variable"``; ``"slot"``, what an optimizer keeps for a variable; ``"optimizer state"``, what it keeps
            once; ``"step"``; ``"bookkeeping"`` of the checkpoint itself.
        optimizer: of a slot or state, the optimizer's name, or its path in an object-based checkpoint.
        variable: of a slot, the variable; the checkpoint may lack it.
    """

    name: str = VARIABLE
    optimizer: str = ""
    variable: str = ""
