"""Strings that are cut into sparse tensors."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import rule


@rule(
    "tf.string_split",
    signature="source, sep=None, skip_empty=True, delimiter=None, result_type='SparseTensor', name=None",
    becomes="a sparse tensor of `tf.raw_ops.StringSplit`",
)
def string_split(call: Call) -> Outcome:
    """Cuts at each character of the separator."""
    if call.value("result_type", "SparseTensor") != "SparseTensor":
        return Refuse("its result is ragged", "use tf.strings.split")
    given = next((name for name in ("sep", "delimiter") if call.value(name) is not None), None)
    separator = call.text(given) if given else '" "'
    options = f"input={call.text('source')}, delimiter={separator}, skip_empty={call.text('skip_empty', 'True')}"
    return Replace(f"{call.tf}.SparseTensor(*{call.tf}.raw_ops.StringSplit({options}))")


@rule(
    "tf.strings.split",
    signature="input=None, sep=None, maxsplit=-1, result_type='SparseTensor', source=None, name=None",
    becomes="the same, `to_sparse()` where 1.15's is",
)
def split(call: Call) -> Outcome:
    """Gives a sparse tensor by default."""
    given = next((name for name in ("input", "source") if name in call.arguments), None)
    kind = call.value("result_type", "SparseTensor")
    if given is None or kind not in ("SparseTensor", "RaggedTensor"):
        return Refuse("its result_type is not seen", 'write "SparseTensor" or "RaggedTensor" in the call')
    options = [f"{name}={call.text(name)}" for name in ("sep", "maxsplit") if name in call.arguments]
    text = f"{call.tf}.strings.split({', '.join([call.text(given), *options])})"
    return Replace(text if kind == "RaggedTensor" else f"{text}.to_sparse()")
