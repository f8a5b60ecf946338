"""What trains, saves and initializes stands beside the model."""

from __future__ import annotations

import pytest
from drawn_graphs import inside, recorded, written

from tf1graphs.inspect.drawing.scopes import of_graph

MODEL = {
    "classifier": [
        "x",
        "labels",
        "rate",
        "dense",
        "hidden1",
        "dense_1",
        "hidden2",
        "dense_2",
        "hidden3",
        "logits",
        "loss",
    ],
    "recurrent": ["x", "rnn", "strided_slice", "Square", "Const", "loss"],
    "unrolled": ["x", "unstack", "rnn", "Square", "Const", "loss"],
}
ASIDE = {
    "classifier": ["loss_curve", "gradients", "beta1_power", "beta2_power", "Adam", "save", "init"],
    "recurrent": ["gradients", "GradientDescent", "init"],
    "unrolled": ["gradients", "beta1_power", "beta2_power", "Adam", "save"],
}


@pytest.mark.parametrize("name", MODEL)
def test_recorded_graphs(name):
    hierarchy = of_graph(recorded(name))
    assert sorted(inside(hierarchy)) == sorted(MODEL[name])
    assert inside(hierarchy, is_aside=True) == ASIDE[name]


def test_a_model_in_one_scope_with_its_training_stays():
    graph = recorded("classifier")
    for node in graph.node:
        node.name = f"tower/{node.name}"
        node.input[:] = [f"^tower/{name[1:]}" if name[0] == "^" else f"tower/{name}" for name in node.input]
    hierarchy = of_graph(graph)
    assert inside(hierarchy) == ["tower"]
    assert sorted(inside(hierarchy, "tower")) == sorted(MODEL["classifier"])


def test_what_feeds_many_is_set_aside():
    layers = "\n".join(f"layer{number} = Relu {f'layer{number - 1}' if number else 'x'} rate" for number in range(7))
    hierarchy = of_graph(written(f"x = Placeholder\nrate = Placeholder\n{layers}"))
    assert inside(hierarchy, is_aside=True) == ["rate"]


def test_what_feeds_some_is_not():
    hierarchy = of_graph(written("x = Placeholder\na = Relu x\nb = Relu x\nc = Relu x\nd = AddN a b c"))
    assert inside(hierarchy, is_aside=True) == []


@pytest.mark.parametrize("text", ["init = NoOp", "save = SaveV2\nrestore = RestoreV2", "a = ApplyAdam b\nb = Assign"])
def test_a_graph_of_machinery_alone_is_drawn(text):
    assert inside(of_graph(written(text)), is_aside=True) == []
