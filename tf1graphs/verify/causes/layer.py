"""Another kind of pooling or another padding."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen

_TOPICS = (("pooling", "name"), ("pooling", "padding"), ("convolution", "padding"))


def explain(what: Seen) -> Explained:
    """The programs pool or pad differently."""
    others = ((topic, what.other_setting(topic, setting)) for topic, setting in _TOPICS)
    found = [f"{topic}: {other}" for topic, other in others if other]
    return (0.85, "; ".join(found)) if found and what.in_loss else None
