"""Settings of optimizers, given by both programs."""

from __future__ import annotations

from collections.abc import Iterable

from tf1graphs.verify.causes import optimizer
from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen, kinds: Iterable[str], settings: dict[str, str]) -> Explained:
    """Explains by settings of an optimizer that both use.

    Args:
        what: what was seen.
        kinds: names of optimizers, none for all.
        settings: setting -> what it is called in the sentence.
    """
    first, second = optimizer.names(what)
    if first != second or (kinds and not set(kinds) & set(first)):
        return None
    found = [
        f"{called} {other}"
        for setting, called in settings.items()
        for other in [what.other_setting("optimizer", setting)]
        if other
    ]
    if not found:
        return None
    return (0.9 if what.in_update else 0.3), f"{' and '.join(first)}: {'; '.join(found)}"
