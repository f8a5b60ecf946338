"""What became of every tensor on both sides."""

from __future__ import annotations

from dataclasses import dataclass, field

from tf1graphs.convert.carrying.rows import Row


@dataclass(frozen=True)
class Match:
    """A row and why it is there.

    Attributes:
        row: the tensors and their way.
        how: ``"map"`` (the user's), ``"graph"`` (the layer was built from it), ``"name"``, ``"shape"`` (nothing else
            has it), ``"order"`` (several have the shape, as many on both sides), ``"optimizer"``.
    """

    row: Row
    how: str


@dataclass
class Report:
    """All matches, and what is left on both sides with a reason, which may be empty.

    Attributes:
        matches: in the order of the model.
        unmatched_sources: tensors that are in no row; slots of optimizers are among them if they have no place.
        unmatched_targets: the model's variables that are in no row, which keep their initial values; those of its
            optimizer only if others of them are in a row.
        assumptions: sentences about what no checkpoint holds, and was taken to be as 1.15 has it by default.
    """

    matches: list[Match] = field(default_factory=list)
    unmatched_sources: dict[str, str] = field(default_factory=dict)
    unmatched_targets: dict[str, str] = field(default_factory=dict)
    assumptions: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """The rows of a map that says the same."""
        return [match.row for match in self.matches]
