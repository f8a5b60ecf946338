"""Operations lie in their name scopes, each once."""

from __future__ import annotations

import random

import pytest
from drawn_graphs import RECORDED, inside, recorded, written
from hypothesis import given
from hypothesis import strategies as st

from tf1graphs.inspect.drawing.calls import inlined
from tf1graphs.inspect.drawing.local import local_edges, parted
from tf1graphs.inspect.drawing.parts import MOST_ITEMS
from tf1graphs.inspect.drawing.scopes import of_graph
from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import protos

NAMES = st.text(st.sampled_from("ab/_1$<é "), max_size=8) | st.text(max_size=12)
OPS = st.sampled_from(["Const", "VariableV2", "MatMul", "NoOp", "Assign", "SaveV2", "NextIteration", "ApplyAdam"])


@st.composite
def graphs(draw):
    names = draw(st.lists(NAMES.filter(str.isprintable), max_size=70))
    graph = protos.GraphDef()
    for name in names:
        inputs = draw(st.lists(st.sampled_from(names), max_size=3))
        marks = draw(st.lists(st.sampled_from(["{}", "{}:1", "^{}"]), min_size=3, max_size=3))
        graph.node.add(name=name, op=draw(OPS), input=[mark.format(name) for mark, name in zip(marks, inputs)])
    return graph


def assert_is_complete(graph, hierarchy):
    """Every node is in one scope, and every edge in the scopes that it runs through."""
    assert [item.name for item in hierarchy.items[: hierarchy.root]] == [node.name for node in graph.node]
    inside_of = [child for scope in hierarchy.scopes() for child in hierarchy.items[scope].children]
    assert sorted(inside_of) == [number for number in range(len(hierarchy.items)) if number != hierarchy.root]
    assert all(
        hierarchy.items[child].parent == scope
        for scope in hierarchy.scopes()
        for child in hierarchy.items[scope].children
    )
    assert hierarchy.items[hierarchy.root].kinds.total() == len(graph.node)
    local = local_edges(hierarchy)
    for _, sources, targets in parted(hierarchy):
        scope = hierarchy.items[sources[0]].parent
        is_drawn = not hierarchy.items[sources[0]].is_aside and not hierarchy.items[targets[0]].is_aside
        assert hierarchy.items[targets[0]].parent == scope
        assert ((sources[0], targets[0]) in local[scope].inner) == is_drawn


@given(graphs())
def test_any_graph_is_complete(graph):
    hierarchy = of_graph(graph)
    assert_is_complete(graph, hierarchy)
    for scope in hierarchy.scopes():
        children = hierarchy.items[scope].children
        assert len(children) <= 2 * MOST_ITEMS + 1
        assert not children or not all(hierarchy.items[child].is_aside for child in children)


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_graphs_are_complete(name):
    graph = inlined(recorded(name))
    assert_is_complete(graph, of_graph(graph))


def test_an_operation_with_the_name_of_a_scope_is_inside_it():
    hierarchy = of_graph(written("x = Placeholder\na = MatMul x w\na/b = Relu a\nw = Placeholder"))
    assert inside(hierarchy) == ["x", "a", "w"]
    assert inside(hierarchy, "a") == ["a", "b"]
    scope = next(number for number in hierarchy.scopes() if hierarchy.items[number].name == "a")
    assert hierarchy.type_of(scope) == "MatMul" and hierarchy.items[scope].kind == "matrix"


def test_a_variable_with_what_initializes_and_reads_it_is_one_box():
    hierarchy = of_graph(
        written(
            """
            random/shape = Const
            random/normal = RandomStandardNormal random/shape
            w = VariableV2
            w/Assign = Assign w random/normal
            w/read = Identity w
            x = Placeholder
            y = MatMul x w/read
            """
        )
    )
    assert inside(hierarchy) == ["w", "x", "y"]
    assert inside(hierarchy, "w") == ["w", "Assign", "read", "random"]


def test_an_initial_value_that_feeds_more_stays():
    hierarchy = of_graph(
        written("zeros = Fill\nw = VariableV2\nw/Assign = Assign w zeros\nw/read = Identity w\ny = Add zeros w/read")
    )
    assert inside(hierarchy) == ["zeros", "w", "y"]


def test_parameters_of_a_variable_are_not_those_of_its_slots():
    graph = written("w = VariableV2\nw/Adam = VariableV2\nb = VariableV2\ny = AddV2 w b")
    for node in graph.node[:3]:
        for size in (3, 4):
            node.attr["shape"].shape.dim.add(size=size)
    hierarchy = of_graph(graph)
    assert hierarchy.items[hierarchy.root].parameters == 24


def test_shapes_are_those_given_else_those_written():
    graph = written("x = Placeholder\ny = Relu x\nz = Split y\nsum = AddN z:1 z")
    graph.node[0].attr["shape"].shape.dim.add(size=-1)
    graph.node[0].attr["shape"].shape.dim.add(size=3)
    hierarchy = of_graph(graph, {"y:0": (None, 3), "z:0": (), "z:1": None})
    assert [item.leaf.outputs for item in hierarchy.items[:4]] == [("?×3",), ("?×3",), ("scalar", ""), ()]


def test_the_shape_of_a_resource_variable_is_that_of_what_it_holds():
    graph = recorded("called")
    number = next(number for number, node in enumerate(graph.node) if node.op == "VarHandleOp")
    assert of_graph(graph, {"w:0": ()}).items[number].leaf.outputs == ("4×4",)


def test_an_input_that_is_not_there_is_named():
    hierarchy = of_graph(written("y = Relu gone:0"))
    assert hierarchy.edges == () and ("missing input", "gone:0") in hierarchy.items[0].leaf.details


@pytest.mark.parametrize("output", ["999999999999", "9" * 5000, "²", "-1", ""])
def test_an_output_that_no_operation_has(output):
    hierarchy = of_graph(written(f"x = Placeholder\ny = Relu x:{output}"))
    assert len(hierarchy.edges) == 1 and hierarchy.items[0].leaf.outputs == ()


@pytest.mark.parametrize("seed", range(40))
def test_damaged_graphs_are_drawn_or_refused(seed):
    chance = random.Random(seed)
    content = bytearray(recorded("classifier").SerializeToString())
    for _ in range(chance.randint(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        graph = protos.parse(protos.GraphDef, bytes(content), "graph.pb")
    except InvalidFile:
        return
    assert_is_complete(graph, of_graph(graph))


def test_a_name_of_a_thousand_slashes_does_not_nest_a_thousand_boxes():
    hierarchy = of_graph(written(f"{'a/' * 1000}b = Const"))
    assert len(hierarchy.items) < 50 and hierarchy.items[0].label.endswith("/a/b")
