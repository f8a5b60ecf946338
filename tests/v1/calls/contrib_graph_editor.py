"""``tf.contrib.graph_editor`` on a small graph: ``f = (a + b) * (c + 1)`` in scopes, and a loop."""


class _Graph(object):
    def __init__(self, tf):
        self.a = tf.constant([1.0, 2.0], name="a")
        self.b = tf.constant([3.0, 5.0], name="b")
        with tf.name_scope("foo"):
            self.c = tf.add(self.a, self.b, name="c")
            with tf.name_scope("bar"):
                self.d = tf.add(self.c, 1.0, name="d")
            with tf.control_dependencies([self.a.op]):
                self.e = tf.multiply(self.c, self.d, name="e")
        self.f = tf.negative(self.e, name="f")
        tf.add_to_collection("mine", self.e)
        tf.add_to_collection("losses", self.e)


def _names(found):
    return sorted(each.name for each in found)


def _on(use):
    """Returns a call: what ``use`` gives of ``tf``, the editor and a new graph."""
    return lambda tf: use(tf, tf.contrib.graph_editor, _Graph(tf))


def _replaced(tf, ge, g):
    x = tf.constant([10.0, 20.0], name="x")
    targets = ge.graph_replace({"f": g.f, "some": [g.d, (g.a, g.e)]}, {g.a: x}, dst_scope="copy")
    assert targets["some"][1][0] is g.a
    return [targets["f"], targets["some"][0], targets["f"].name, targets["some"][1][1].name, tf.get_collection("mine")]


def _replaced_loop(tf):
    x = tf.constant(2.0, name="x")
    y = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x), [0, tf.constant(1.0)])[1]
    return [y, tf.contrib.graph_editor.graph_replace(y, {x: tf.constant(3.0)})]


def _copied(tf, ge, g):
    with tf.Graph().as_default() as target, tf.Session() as session:
        view, info = ge.copy(ge.sgv_scope("foo", g.a.graph), target, "there")
        feeds = {"there/geph__a_0:0": [1.0, 1.0], "there/geph__b_0:0": [2.0, 2.0]}
        values = session.run(info.transformed(g.e), feeds)
        keys = sorted(target.get_all_collection_keys())
        return [values, _names(target.get_operations()), _names(view.inputs), _names(view.outputs), keys]


def _copied_here(tf, ge, g):
    view, info = ge.copy([g.d.op, g.e.op])
    assert info.original(info.transformed(g.d)) is g.d
    assert view.find_op_by_name(view.op(0).name) is view.op(0)
    return [_names(view.ops), _names(view.inputs), _names(view.outputs), info.transformed(g.a)]


def _copied_changed(tf, ge, g):
    def halve(info, op, inputs):
        def changed(node):
            node.op = "Sub" if node.op.startswith("Add") else node.op
            return node

        return ge.copy_op_handler(info, op, inputs, copy_shape=True, nodedef_fn=changed)

    transformer = ge.Transformer()
    transformer.transform_op_handler = halve
    transformer.transform_external_input_handler = lambda info, t: t
    _, info = transformer([g.c.op, g.d.op, g.e.op], tf.get_default_graph(), "minus")
    return [info.transformed(g.e), info.transformed(g.e).name, info.transformed(g.e).shape.as_list()]


def _viewed(tf, ge, g):
    view = ge.sgv(g.c.op, g.d.op, g.e.op)
    again = view.remap([1], [0, 0]).remap_outputs_make_unique()
    text = str(view).split("\n", 1)[1]
    passing = ge.SubGraphView(g.d.op, [g.a])
    return [
        text,
        _names(view.inputs),
        _names(view.outputs),
        _names(view.consumers()),
        _names(again.inputs),
        len(again.outputs),
        view.input_index(g.a),
        view.output_index(g.e),
        bool(ge.SubGraphView()),
        _names(passing.passthroughs),
        _names(passing.inputs),
        _names(passing.connected_inputs),
        len(view.remap_outputs_to_consumers().outputs),
        _names(view.remap([0]).remap_default().inputs),
        _names(ge.make_view("foo/bar", graph=g.a.graph).ops),
        _names(view.remove_unused_ops().ops),
    ]


def _walked(tf, ge, g):
    ops = g.a.graph.get_operations()
    controls = ge.ControlOutputs(g.a.graph)
    return [
        _names(ge.get_forward_walk_ops(g.d.op)),
        _names(ge.get_forward_walk_ops([g.c], inclusive=False)),
        _names(ge.get_forward_walk_ops(g.b.op, stop_at_ts=[g.c], control_outputs=controls)),
        _names(ge.get_forward_walk_ops(g.b.op, within_ops=[g.b.op, g.c.op])),
        _names(ge.get_backward_walk_ops([g.d.op], inclusive=False)),
        _names(ge.get_walks_intersection_ops([g.c.op], [g.e.op])),
        _names(ge.get_walks_union_ops([g.e.op], [g.c.op], control_ios=controls)),
        _names(ge.get_within_boundary_ops(ops, g.d.op, g.c.op)),
        _names(ge.get_within_boundary_ops(ops, g.d.op, [g.c.op, g.e.op], inclusive=False)),
        _names(ge.get_ops_ios(g.e.op)),
        _names(ge.get_ops_ios(g.e.op, control_inputs=True)),
        [_names(part) for part in ge.compute_boundary_ts([g.c.op, g.d.op])],
        _names(controls.get(g.a.op)),
    ]


def _selected(tf, ge, g):
    graph = g.a.graph
    return [
        _names(ge.select_ops("^foo/", graph=graph)),
        _names(ge.select_ops(g.a.op, [g.b.op, g.a.op], positive_filter=lambda op: op.name != "b")),
        _names(ge.select_ts("^foo/(c|d)", graph=graph)),
        _names(ge.select_ts([g.a, g.b.op])),
        [_names(part) for part in ge.select_ops_and_ts("(?#ts)^a", "^f$", graph=graph)],
        _names(ge.get_name_scope_ops(graph, "foo/bar/")),
        _names(ge.filter_ops(graph, True)),
        _names(ge.filter_ops_from_regex(graph, "a")),
        _names(ge.filter_ts([g.c.op], lambda t: t is not g.a)),
        _names(ge.filter_ts_from_regex(graph, "d")),
        _names(ge.get_tensors(graph)),
        _names(ge.get_generating_ops([g.a, g.b])),
        _names(ge.get_consuming_ops([g.c])),
        _names(ge.make_list_of_op([g.a.op, g.b], ignore_ts=True)),
        [ge.can_be_regex("a"), ge.can_be_regex(3), ge.make_regex("a.b").pattern],
    ]


def _rerouted(tf, ge, g):
    changed = ge.reroute_ts(g.b, g.a)
    return [changed, g.c, g.f]


def _rerouted_part(tf, ge, g):
    return [ge.reroute_ts([g.a], [g.c], can_modify=[g.d.op]), ge.reroute_ts(g.b, g.c, cannot_modify=g.d.op), g.f]


def _swapped(tf, ge, g):
    other = tf.constant([0.5, 0.25], name="other")
    twice = tf.add(other, other, name="twice")
    return [ge.swap_ts(other, g.a), g.f, twice]


def _swapped_views(name):
    def use(tf, ge, g):
        x = tf.constant([4.0, 4.0], name="x")
        y = tf.constant([0.5, 0.25], name="y")
        z = tf.negative(tf.subtract(x, y, name="minus"), name="z")
        views = getattr(ge, name)(ge.sgv(g.c.op), ge.sgv(z.op.inputs[0].op))
        return [g.f, z] + [_names(view.inputs) for view in views] + [_names(view.outputs) for view in views]

    return use


def _detached(tf, ge, g):
    controls = ge.ControlOutputs(g.a.graph)
    _, ins, outs = ge.detach(ge.sgv(g.d.op, g.e.op), control_ios=controls)
    waits = len(g.e.op.control_inputs)

    def run(session):
        feeds = {each: [1.0, 2.0] for each in ins[:1]}
        feeds.update(dict.fromkeys(ins[1:], 1.0))
        return [session.run(g.e, feeds), session.run(g.f, {outs[0]: [7.0, 8.0]}), _names(ins), _names(outs), waits]

    return run


def _connected(tf, ge, g):
    x = tf.constant([4.0, 4.0], name="x")
    y = tf.negative(x, name="y")
    ge.connect(ge.sgv(g.c.op), ge.sgv(y.op), disconnect_first=True)
    return y


def _bypassed(tf, ge, g):
    _, inputs = ge.bypass(ge.sgv(g.d.op).remap_inputs([0]))
    return [_names(inputs), g.f]


def _controlled(tf, ge, g):
    ge.remove_control_inputs(g.e.op, g.a.op)
    before = _names(g.e.op.control_inputs)
    ge.add_control_inputs(g.e.op, [g.b.op])
    return [before, _names(g.e.op.control_inputs), g.f]


def _held(tf, ge, g):
    placeholders = [
        ge.ph(tf.float32, [2], "here"),
        ge.make_placeholder_from_tensor(g.d),
        ge.make_placeholder_from_tensor(g.d, "s"),
    ]
    names = [ge.placeholder_name(g.d), ge.placeholder_name(scope="t"), ge.placeholder_name(placeholders[1], "t/")]
    return names + [each.name for each in placeholders] + [placeholders[1].shape.as_list()]


CALLS = {
    "graph_replace": _on(_replaced),
    "graph_replace of a loop": _replaced_loop,
    "graph_replace of what is not connected": _on(lambda tf, ge, g: ge.graph_replace(g.c, {g.f: g.a})),
    "graph_replace of a number": _on(lambda tf, ge, g: ge.graph_replace(3.0, {g.f: g.a})),
    "copy to a graph": _on(_copied),
    "copy in the graph": _on(_copied_here),
    "copy from no such scope": _on(lambda tf, ge, g: ge.copy(g.a.op, src_scope="foo")),
    "copy to no graph": _on(lambda tf, ge, g: ge.copy(g.a.op, "graph")),
    "Transformer": _on(_copied_changed),
    "SubGraphView": _on(_viewed),
    "SubGraphView of no such input": _on(lambda tf, ge, g: ge.sgv(g.c.op).remap_inputs([2])),
    "SubGraphView of twice an input": _on(lambda tf, ge, g: ge.sgv(g.c.op).remap_inputs([0, 0])),
    "SubGraphView of no such op": _on(lambda tf, ge, g: ge.sgv(g.c.op).find_op_by_name("a")),
    "sgv of another graph": _on(lambda tf, ge, g: ge.sgv(g.c.op, graph=tf.Graph())),
    "walks": _on(_walked),
    "get_within_boundary_ops on it": _on(lambda tf, ge, g: ge.get_within_boundary_ops(g.a.graph, g.a.op, g.a.op)),
    "selections": _on(_selected),
    "select_ops without a graph": _on(lambda tf, ge, g: ge.select_ops("a")),
    "select_ops of numbers": _on(lambda tf, ge, g: ge.select_ops([3])),
    "select_ops with a wrong keyword": _on(lambda tf, ge, g: ge.select_ops(g.a.op, name="a")),
    "check_cios of an op": _on(lambda tf, ge, g: ge.check_cios(control_outputs=g.a.op)),
    "ControlOutputs of a number": _on(lambda tf, ge, g: ge.ControlOutputs(3)),
    "reroute_ts": _on(_rerouted),
    "reroute_ts in part": _on(_rerouted_part),
    "reroute_ts of other dtype": _on(lambda tf, ge, g: ge.reroute_ts(tf.constant([1, 2]), g.a)),
    "reroute_ts of other number": _on(lambda tf, ge, g: ge.reroute_ts([g.a, g.b], [g.c])),
    "swap_ts": _on(_swapped),
    "swap_inputs": _on(_swapped_views("swap_inputs")),
    "reroute_inputs": _on(_swapped_views("reroute_inputs")),
    "swap_outputs": _on(_swapped_views("swap_outputs")),
    "reroute_outputs": _on(_swapped_views("reroute_outputs")),
    "swap_ios": _on(_swapped_views("swap_ios")),
    "reroute_ios": _on(_swapped_views("reroute_ios")),
    "detach": _on(_detached),
    "connect": _on(_connected),
    "bypass": _on(_bypassed),
    "control inputs": _on(_controlled),
    "remove_control_inputs of none": _on(lambda tf, ge, g: ge.remove_control_inputs(g.f.op, g.a.op)),
    "add_control_inputs again": _on(lambda tf, ge, g: ge.add_control_inputs(g.e.op, g.a.op)),
    "placeholders": _on(_held),
    "placeholder_name of a number": _on(lambda tf, ge, g: ge.placeholder_name(3)),
}
