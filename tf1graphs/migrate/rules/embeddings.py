"""Lookups and candidate losses over embeddings: 1.15 deals the rows of several tensors out, TensorFlow 2 cuts them."""

from __future__ import annotations

import ast
from dataclasses import replace

from tf1graphs.migrate.calls import Call, Outcome, Refuse
from tf1graphs.migrate.forms import Form
from tf1graphs.migrate.rules import rule

# Whether the indices are validated has had no effect since 1.0.
_SIGNATURES = {
    "embedding_lookup": "params, ids, partition_strategy='mod', name=None, validate_indices=True, max_norm=None",
    "embedding_lookup_sparse": "params, sp_ids, sp_weights, partition_strategy='mod', name=None, combiner=None, "
    "max_norm=None",
    "safe_embedding_lookup_sparse": "embedding_weights, sparse_ids, sparse_weights=None, combiner='mean', "
    "default_id=None, name=None, partition_strategy='div', max_norm=None",
    "nce_loss": "weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None, "
    "remove_accidental_hits=False, partition_strategy='mod', name='nce_loss'",
    "sampled_softmax_loss": "weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, "
    "sampled_values=None, remove_accidental_hits=True, partition_strategy='mod', name='sampled_softmax_loss', "
    "seed=None",
}
_SAMPLED = "weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values, remove_accidental_hits"
_CALLS = {
    "embedding_lookup": "params, ids, max_norm, name",
    "embedding_lookup_sparse": "params, sp_ids, sp_weights, combiner, max_norm, name",
    "safe_embedding_lookup_sparse": "embedding_weights, sparse_ids, sparse_weights, combiner, default_id, max_norm, "
    "name",
    "nce_loss": f"{_SAMPLED}, name",
    "sampled_softmax_loss": f"{_SAMPLED}, seed, name",
}


def _embeddings(call: Call) -> Outcome:
    """One tensor is looked up alike by both, whatever the strategy."""
    function = call.name.rpartition(".")[2]
    form = Form.parse(_SIGNATURES[function], f"{call.name}({_CALLS[function]})")
    arguments = dict(call.arguments)
    node = ast.parse(call.text(form.parameters[0]), mode="eval").body
    if isinstance(node, ast.ListComp) or (isinstance(node, ast.List | ast.Tuple) and len(node.elts) != 1):
        return Refuse("its rows are dealt out to several tensors", "make one tensor of them")
    arguments.pop("partition_strategy", None)
    return form.apply(replace(call, arguments=arguments))


for _name, _signature in _SIGNATURES.items():
    rule(f"tf.nn.{_name}", signature=_signature, becomes="the same, of one tensor")(_embeddings)
