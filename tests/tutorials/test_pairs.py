"""Each TF2-native tutorial computes what its TF1 version computes."""

import pytest
import short

from tf1graphs.verify import compare, text


def test_both_versions_are_equivalent(pair):
    comparison = compare(pair.tf1.recorded.path, pair.tf2.recorded.path)
    assert comparison.is_equivalent, text(comparison)


@pytest.mark.parametrize("name", [name for name in short.NAMES if short.trains(name)])
def test_losses_gradients_and_weights_of_all_variables_are_compared(name, pair_of):
    pair = pair_of(name)
    comparison = compare(pair.tf1.recorded.path, pair.tf2.recorded.path)
    assert comparison.first.steps == comparison.second.steps >= short.STEPS
    compared = {}
    for quantity in comparison.quantities:
        compared.setdefault(quantity.series.kind, {})[quantity.series.name] = quantity.compared
    assert compared["loss"] == {"loss": comparison.first.steps}
    trainable = {variable.name for variable in comparison.first.variables if variable.trainable}
    for kind in ("gradient", "weight"):
        assert trainable <= compared[kind].keys(), kind
    # A network that is initialized and trained anew has no value at the end.
    assert trainable & compared["final"].keys()
    assert compared["print"] and compared["summary"]
