"""Small uses of ``tf.contrib.graph_editor.util``."""

import importlib


def _with(use):
    return lambda tf: use(tf, importlib.import_module(tf.__name__ + ".contrib.graph_editor.util"))


def _copied(tf, scope=""):
    """Returns an op, a tensor, and a graph that has both, in a scope."""
    first, second = tf.Graph(), tf.Graph()
    with first.as_default():
        a = tf.constant(1.0, name="a")
        tf.negative(a, name="b")
    with second.as_default():
        tf.import_graph_def(first.as_graph_def(), name=scope)
    return a, first.get_operation_by_name("b"), second


def _found(scope):
    def use(tf, util):
        a, b, other = _copied(tf, scope)
        found = util.find_corresponding({"a": [a], "b": (b, a)}, other, scope)
        same = [found["a"][0].graph is other, found["b"][0].graph is other]
        return [type(found["a"]).__name__, type(found["b"]).__name__, found["b"][0].name, found["b"][1].name] + same

    return use


def _missing(tf, util):
    a, _, _ = _copied(tf)
    return util.find_corresponding_elem(a, tf.Graph())


def _viewed(tf, util):
    view = util.ListView([3, 1, 2])
    return [len(view), list(view), view[1], view[1:], bool(view), bool(util.ListView([])), view + (4,)]


def _assigned(tf, util):
    util.ListView([1])[0] = 2


def _scopes(tf, util):
    names = ["", "a", "a/b", "a/b/", "/a"]
    return [[util.scope_dirname(name), util.scope_basename(name), util.scope_finalize(name)] for name in names]


def _trees(tf, util):
    doubled = util.transform_tree({"x": [1, (2, 3)], "y": [0, 1]}, lambda leaf: 2 * leaf)
    of_set = util.transform_tree({4}, lambda leaf: 2 * leaf, iterable_type=list)
    return [doubled["x"], type(doubled["x"][1]).__name__, of_set, type(of_set).__name__]


def _collections(tf, util):
    # 1.15 also has attributes that are no names, and later releases have more names.
    names = util.get_predefined_collection_names()
    return [
        type(names).__name__,
        {"variables", "losses", "queue_runners"} <= {name for name in names if isinstance(name, str)},
    ]


CALLS = {
    "find_corresponding": _with(_found("")),
    "find_corresponding in a scope": _with(_found("scope")),
    "find_corresponding_elem refuses what is missing": _with(_missing),
    "find_corresponding_elem refuses a number": _with(lambda tf, util: util.find_corresponding_elem(3, tf.Graph())),
    "ListView": _with(_viewed),
    "ListView refuses a tuple": _with(lambda tf, util: util.ListView((1, 2))),
    "ListView refuses another element": _with(_assigned),
    "scopes": _with(_scopes),
    "transform_tree": _with(_trees),
    "get_predefined_collection_names": _with(_collections),
}
