"""Functions are drawn where they are called."""

from __future__ import annotations

from drawn_graphs import inside, recorded, written

from tf1graphs.inspect.drawing.calls import inlined
from tf1graphs.inspect.drawing.scopes import of_graph

CALL = "StatefulPartitionedCall"


def recursive():
    graph = written("x = Placeholder\ny = PartitionedCall x")
    graph.node[1].attr["f"].func.name = "again"
    function = graph.library.function.add()
    function.signature.name = "again"
    function.signature.input_arg.add(name="value")
    function.signature.output_arg.add(name="result")
    call = function.node_def.add(name="inner", op="PartitionedCall", input=["value"])
    call.attr["f"].func.name = "again"
    function.ret["result"] = "inner:output:0"
    return graph


def names_of_edges(hierarchy):
    items = hierarchy.items
    return {(items[edge.source].name, items[edge.target].name) for edge in hierarchy.edges if not edge.is_control}


def test_a_call_is_a_scope_with_the_body():
    hierarchy = of_graph(recorded("called"))
    assert inside(hierarchy, CALL) == [CALL, CALL, f"{CALL}_1", "halves", "swapped", "Identity"]
    assert inside(hierarchy, f"{CALL}/{CALL}_1") == [f"{CALL}_1", "product", "result", "Identity"]


def test_edges_run_through_calls():
    edges = names_of_edges(of_graph(recorded("called")))
    first, second = f"{CALL}/{CALL}", f"{CALL}/{CALL}_1"
    assert {
        ("x", f"{first}/product"),
        ("w", f"{second}/product/ReadVariableOp"),
        (f"{first}/Identity", first),
        (first, f"{second}/product"),
        (second, f"{CALL}/halves"),
        (f"{CALL}/Identity", CALL),
        (CALL, "Sum"),
    } <= edges


def test_outputs_are_known_by_name_where_their_numbers_are_not():
    hierarchy = of_graph(recorded("called"))
    names = [item.name for item in hierarchy.items]
    swapped, halves = names.index(f"{CALL}/swapped"), names.index(f"{CALL}/halves")
    both = [edge.output for edge in hierarchy.edges if (edge.source, edge.target) == (halves, swapped)]
    assert len(set(both)) == 2


def test_a_condition_has_two_branches():
    hierarchy = of_graph(recorded("called"))
    assert inside(hierarchy, "branches/then") == ["Tanh"] and inside(hierarchy, "branches/else") == ["Sigmoid"]
    edges = names_of_edges(hierarchy)
    assert {("Greater", "branches"), (CALL, "branches/then/Tanh"), ("branches/else/Sigmoid", "branches")} <= edges


def test_a_graph_without_calls_is_left():
    graph = recorded("classifier")
    assert inlined(graph) is graph


def test_a_function_that_calls_itself_has_an_end():
    assert len(inlined(recursive()).node) < 1000


def test_a_call_whose_body_has_names_that_the_graph_has_is_left():
    graph = recursive()
    graph.node.add(name="y/inner", op="Relu", input=["y"])
    assert [list(node.input) for node in inlined(graph).node] == [[], ["x"], ["y"]]


def test_a_call_of_a_function_that_is_not_there_is_left():
    graph = recursive()
    graph.node[1].attr["f"].func.name = "gone"
    assert inlined(graph) is graph
