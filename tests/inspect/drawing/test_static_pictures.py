"""SVG and PNG pictures: nothing overlaps, lines run past boxes, text fits, files are valid."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pytest
from drawn_graphs import RECORDED, chain, recorded, written
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.image import imread
from test_scopes_of_graphs import graphs

from tf1graphs.inspect.drawing import pictures, texts, unfolding
from tf1graphs.inspect.drawing.layout import Layouts
from tf1graphs.inspect.drawing.scopes import of_graph

NEAR = 0.01


def reach(box):
    return box.x, box.y, box.x + box.width, box.bottom


def overlap(first, second):
    left, top, right, bottom = first
    return left < second[2] - NEAR and second[0] < right - NEAR and top < second[3] - NEAR and second[1] < bottom - NEAR


def assert_can_be_read(hierarchy, unfolded):
    """Boxes lie in their scopes, beside one another; lines cross no box in which they do not end."""
    boxes, ways, labels = pictures.arrange(hierarchy, Layouts(hierarchy), unfolded)
    for number in unfolded:
        around = boxes.by_number[number]
        inside = [boxes.by_number[child] for child in hierarchy.items[number].children]
        assert not [pair for pair in combinations(inside, 2) if overlap(*map(reach, pair))]
        for box in inside:
            assert box.x >= around.x and box.y >= around.y
            assert box.x + box.width <= around.x + around.width + NEAR and box.bottom <= around.bottom + NEAR
    for box in boxes.by_number.values():
        if box.grid is None:
            assert all(texts.width(text) <= box.width for text in [*box.texts, *filter(None, [labels.get(box.number)])])
    for way in ways:
        ends = {*hierarchy.chain(way.line.sources[-1]), *hierarchy.chain(way.line.targets[-1])}
        others = [reach(box) for number, box in boxes.by_number.items() if number not in ends]
        for x, come, go in way.stops:
            passed = (x, min(come, go), x + NEAR, max(come, go))
            assert not [other for other in others if overlap((x - NEAR, *passed[1:]), other)]
        start, end = boxes.by_number[way.line.sources[-1]], boxes.by_number[way.line.targets[-1]]
        assert way.stops[0][1] == start.bottom and way.stops[-1][2] == pytest.approx(end.y - pictures.ARROW)


@pytest.mark.filterwarnings("ignore:Glyph")
@given(st.data())
@settings(deadline=None)
def test_any_graph_can_be_read_however_it_is_unfolded(data):
    hierarchy = of_graph(data.draw(graphs()))
    unfolded = {hierarchy.root}
    for scope in hierarchy.scopes():
        if hierarchy.items[scope].parent in unfolded and data.draw(st.booleans()):
            unfolded.add(scope)
    assert_can_be_read(hierarchy, unfolded)


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_graphs_can_be_read(name):
    hierarchy = of_graph(recorded(name))
    unfolded = unfolding.readable(hierarchy, Layouts(hierarchy))
    boxes = [hierarchy.items[child] for number in unfolded for child in hierarchy.items[number].children]
    assert 10 <= sum(not box.is_aside for box in boxes) <= 42
    assert_can_be_read(hierarchy, unfolded)


@pytest.mark.parametrize("name", ["classifier", "recurrent"])
def test_wholly_unfolded_graphs_can_be_read(name):
    hierarchy = of_graph(recorded(name))
    assert_can_be_read(hierarchy, set(hierarchy.scopes()))


def test_scopes_that_are_alike_are_unfolded_together():
    hierarchy = of_graph(recorded("residual"))
    unfolded = unfolding.readable(hierarchy, Layouts(hierarchy))
    blocks = {
        number for number in hierarchy.scopes() if hierarchy.items[number].name in map("block{}".format, range(9))
    }
    assert len(blocks) == 8 and not blocks & unfolded


def test_depth():
    hierarchy = of_graph(written("a/b/c/d = Relu\na/e = Relu a/b/c/d"))
    names = [{hierarchy.items[number].name for number in unfolding.to_depth(hierarchy, depth)} for depth in range(4)]
    assert names == [{""}, {"", "a"}, {"", "a", "a/b"}, {"", "a", "a/b", "a/b/c"}]


def svg_text(path):
    return [element.text for element in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")]


def test_an_svg_file_has_its_text_as_text(tmp_path):
    path = tmp_path / "graph.svg"
    pictures.save(of_graph(recorded("classifier")), path, "svg")
    found = svg_text(path)
    assert {"x", "hidden1", "logits", "loss", "gradients", "?×784", "134 ops", "matrix product, convolution"} <= set(
        found
    )
    assert list(tmp_path.iterdir()) == [path]


def test_svg_files_are_the_same_each_time(tmp_path):
    for name in ("first", "second"):
        pictures.save(of_graph(recorded("classifier")), tmp_path / name, "svg")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


@pytest.mark.parametrize("name", ["a$b$_{c}", "<b>&amp;", "]]>", "\x01\x08", "层"])
def test_any_name_gives_a_valid_svg_file(name, tmp_path):
    graph = written("y = Relu x")
    graph.node[0].name = name
    path = tmp_path / "graph.svg"
    pictures.save(of_graph(graph), path, "svg")
    shown = "".join(letter if letter.isprintable() else "�" for letter in graph.node[0].name)
    assert shown in svg_text(path)


def test_a_png_file(tmp_path):
    path = tmp_path / "graph.png"
    pictures.save(of_graph(chain(3)), path, "png")
    image = imread(path)
    assert image.shape[0] > image.shape[1] / 2 and 0 < (image[..., :3] < 0.9).any(axis=2).mean() < 0.9


def test_a_picture_of_everything_stays_an_image_that_can_be_shown(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "_MOST_PIXELS", 100_000)
    pictures.save(of_graph(recorded("called")), tmp_path / "graph.png", "png", depth=9)
    height, width, _ = imread(tmp_path / "graph.png").shape
    assert 90_000 < height * width < 110_000


def test_a_graph_without_operations_is_an_empty_picture(tmp_path):
    pictures.save(of_graph(written("")), tmp_path / "graph.svg", "svg")
    assert svg_text(tmp_path / "graph.svg") == []


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path):
    path = tmp_path / "graph.svg"
    path.write_text("before")
    with pytest.raises(ValueError):
        pictures.save(of_graph(chain(3)), path, "nonsense")
    assert path.read_text() == "before" and list(tmp_path.iterdir()) == [path]
