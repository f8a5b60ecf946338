"""Keras models are drawn layer by layer."""

from __future__ import annotations

from drawn_graphs import inside
from test_static_pictures import assert_can_be_read, svg_text

from tf1graphs.inspect.drawing import page, pictures
from tf1graphs.inspect.drawing.layers import Layer, of_model

ENCODER = (
    Layer("image", "InputLayer", (), ((None, 28, 28, 1),)),
    Layer("conv", "Conv2D", ((None, 28, 28, 1),), ((None, 26, 26, 16),), ("image",), parameters=160),
    Layer("code", "Dense", (None,), ((None, 32),), ("conv",), parameters=346144),
)
MODEL = (
    Layer("left", "InputLayer", (), ((None, 28, 28, 1),)),
    Layer("right", "InputLayer", (), ((None, 7, 8),)),
    Layer("encoder", "Functional", inputs=("left",), layers=ENCODER),
    Layer("lstm", "LSTM", ((None, 7, 8),), ((None, 32),), ("right",)),
    Layer("concat", "Concatenate", ((None, 32), (None, 32)), ((None, 64),), ("encoder", "lstm")),
    Layer("softmax", "Softmax", ((None, 64),), ((None, 64),), ("concat",)),
)


def names_of_edges(hierarchy):
    return sorted((hierarchy.items[edge.source].name, hierarchy.items[edge.target].name) for edge in hierarchy.edges)


def test_a_nested_model_is_a_scope():
    hierarchy = of_model(MODEL)
    assert inside(hierarchy) == ["left", "right", "encoder", "lstm", "concat", "softmax"]
    assert inside(hierarchy, "encoder") == ["image", "conv", "code"]
    assert names_of_edges(hierarchy) == [
        ("concat", "softmax"),
        ("encoder/code", "concat"),
        ("encoder/conv", "encoder/code"),
        ("encoder/image", "encoder/conv"),
        ("left", "encoder/image"),
        ("lstm", "concat"),
        ("right", "lstm"),
    ]


def test_a_model_inside_a_model_inside_a_model():
    middle = (Layer("start", "InputLayer"), Layer("encoder", "Functional", inputs=("start",), layers=ENCODER))
    hierarchy = of_model((Layer("x", "InputLayer"), Layer("middle", "Functional", inputs=("x",), layers=middle)))
    assert ("middle/start", "middle/encoder/image") in names_of_edges(hierarchy)
    assert_can_be_read(hierarchy, set(hierarchy.scopes()))


def test_each_input_of_a_model_gets_its_own():
    pair = (
        Layer("a", "InputLayer"),
        Layer("b", "InputLayer"),
        Layer("sum", "Add", inputs=("a", "b")),
        Layer("product", "Multiply", inputs=("a", "b")),
    )
    model = (
        Layer("x", "InputLayer"),
        Layer("y", "InputLayer"),
        Layer("pair", "Functional", inputs=("x", "y"), layers=pair),
        Layer("end", "Add", inputs=("pair",)),
    )
    edges = names_of_edges(of_model(model))
    assert {("x", "pair/a"), ("y", "pair/b"), ("pair/sum", "end"), ("pair/product", "end")} <= set(edges)
    assert ("x", "pair/b") not in edges


def test_a_picture_of_a_model(tmp_path):
    path = tmp_path / "model.svg"
    pictures.save(of_model(MODEL), path, "svg")
    shapes = {"?×28×28×1", "?×26×26×16", "?×7×8", "?×32", "?×64"}
    assert shapes | {"encoder", "Conv2D", "LSTM", "Softmax"} <= set(svg_text(path))


def test_layers_are_counted_as_layers():
    hierarchy = of_model(MODEL)
    assert '"of":"layer"' in page.html(hierarchy, "model")
    assert hierarchy.items[hierarchy.root].parameters == 346304


def test_a_model_without_layers_is_an_empty_picture(tmp_path):
    pictures.save(of_model(()), tmp_path / "model.svg", "svg")
    assert svg_text(tmp_path / "model.svg") == []
