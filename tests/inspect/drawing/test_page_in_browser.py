"""A real browser folds, unfolds and searches the page, and asks no network for anything."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from browser import chromium
from drawn_graphs import recorded, written

from tf1graphs.inspect.drawing import page
from tf1graphs.inspect.drawing.scopes import of_graph

pytestmark = pytest.mark.browser

ENTER, LEFT, RIGHT, DOWN = "\ue007", "\ue012", "\ue014", "\ue015"
MALICIOUS = "</script><img src=x onerror=window.broken=1><script>window.broken=1</script>"
BOX = "return [...document.querySelectorAll('[data-item]')].map(box => box.title)"
FOCUS = "return document.activeElement.title"
SELECTED = "return document.querySelector('.selected').title"
DETAILS = "return document.getElementById('details').innerText"
# Each line by the boxes at its ends, found from where it begins and where its arrow points.
LINES = """
    const at = (path, length, dy) => {
        const point = path.getPointAtLength(length), box = document.getElementById("canvas").getBoundingClientRect();
        const inside = [...document.querySelectorAll("[data-item]")].filter(each => {
            const x = point.x * zoom + box.left, y = (point.y + dy) * zoom + box.top;
            const rect = each.getBoundingClientRect();
            return rect.left <= x && x <= rect.right && rect.top <= y && y <= rect.bottom;
        });
        return inside.at(-1).title;
    };
    return [...document.querySelectorAll("#lines g path")].map(
        path => [at(path, 0, -4), at(path, path.getTotalLength(), 10)]);"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture
def show(browser, tmp_path):
    """Opens the page of a graph; at the end nothing was said on the console, and nothing was fetched."""

    def opened(graph, fragment=""):
        path = tmp_path / "page.html"
        path.write_text(page.html(of_graph(graph), "graph.pb"), encoding="utf-8")
        browser.open("about:blank")
        browser.open(path.as_uri() + fragment)
        return browser

    yield opened
    (tmp_path / "page.png").write_bytes(browser.screenshot())
    assert browser.console() == []
    assert browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)") == []
    assert browser.run("return window.broken === undefined")


def selector(name):
    return f"[title={json.dumps(name)}] > .head"


TWO_SCOPES = """
x = Placeholder
a/w = VariableV2
a/y = MatMul x a/w
b/c/y = Relu a/y
b/z = Add b/c/y a/y
"""


def test_a_click_unfolds_and_another_folds(show):
    browser = show(written(TWO_SCOPES))
    before = browser.run(BOX)
    assert before == ["", "x", "a", "a/w", "a/y", "b", "b/c", "b/c/y", "b/z"]
    browser.click(selector("b"))
    assert browser.run(BOX) == ["", "x", "a", "a/w", "a/y", "b"]
    browser.click(selector("b"))
    assert browser.run(BOX) == before


def test_lines_lead_from_box_to_box_however_far_it_is_unfolded(show):
    browser = show(written(TWO_SCOPES))
    lines = [["x", "a/y"], ["a/w", "a/y"], ["a/y", "b/c/y"], ["b/c/y", "b/z"], ["a/y", "b/z"]]
    assert sorted(browser.run(LINES)) == sorted(lines)
    browser.click(selector("b/c"))
    assert sorted(browser.run(LINES)) == sorted([["b/c" if end == "b/c/y" else end for end in line] for line in lines])
    browser.click("#fold-all")
    assert sorted(browser.run(LINES)) == [["a", "b"], ["x", "a"]]


def test_keys_do_what_clicks_do(show):
    browser = show(written(TWO_SCOPES))
    browser.click("#fold-all")
    browser.run("document.querySelector('[title=x]').focus()")
    browser.press(DOWN)
    assert browser.run(FOCUS) == "a"
    browser.press(RIGHT)
    assert "a/y" in browser.run(BOX) and browser.run(FOCUS) == "a"
    browser.press(RIGHT)
    assert browser.run(FOCUS) == "a/w"
    browser.press(ENTER)
    assert browser.run(SELECTED) == "a/w"
    browser.press(LEFT + LEFT)
    assert browser.run(BOX) == ["", "x", "a", "b"] and browser.run(FOCUS) == "a"


def test_search_finds_inside_folded_scopes(show):
    browser = show(recorded("recurrent"))
    name = "rnn/while/lstm_cell/BiasAdd"
    assert name not in browser.run(BOX)
    browser.press("/")
    browser.press("bias" + "add")
    results = browser.run("return [...document.querySelectorAll('#results .link')].map(link => link.textContent)")
    assert name in results and "BiasAdd" in browser.run("return document.getElementById('results').innerText")
    browser.press(ENTER)
    assert browser.run(SELECTED) == results[0] and results[0] in browser.run(BOX)
    rectangle = browser.run("return document.querySelector('.selected').getBoundingClientRect().toJSON()")
    assert 0 < rectangle["top"] < 700 and 0 < rectangle["left"] < 1000


def test_search_by_type_and_without_result(show):
    browser = show(written(TWO_SCOPES))
    browser.press("/")
    browser.press("matmul")
    links = "return [...document.querySelectorAll('#results .link')].map(link => link.textContent)"
    assert browser.run(links) == ["a/y"]
    browser.press("q")
    assert (
        browser.run(links) == [] and browser.run("return document.getElementById('status').textContent") == "0 matches"
    )


def test_details_of_an_operation(show):
    browser = show(recorded("classifier"), "#hidden1/dense/MatMul")
    details = browser.run(DETAILS)
    for text in ["hidden1/dense/MatMul", "MatMul", "transpose_a", "False", "?×64", "dense/kernel/read", "784×64"]:
        assert text in details
    links = "return [...document.querySelectorAll('#details .link')].map(link => link.textContent)"
    assert {"x", "dense/kernel/read", "hidden1/dense/BiasAdd"} <= set(browser.run(links))
    browser.click("#details .link")
    assert browser.run(SELECTED) == browser.run("return decodeURIComponent(location.hash.slice(1))") == "x"


def test_details_of_a_scope(show):
    browser = show(recorded("classifier"))
    browser.click(selector("logits"))
    details = browser.run(DETAILS)
    assert "650" in details and "logits/kernel" in details and "hidden3/dropout" in details


@pytest.mark.parametrize("name", ["b/c/y", "b/c", "b"])
def test_an_address_leads_to_an_item(name, show):
    browser = show(written(TWO_SCOPES), f"#{quote(name)}")
    assert browser.run(SELECTED) == name


def test_an_address_that_names_nothing_is_ignored(show):
    browser = show(written(TWO_SCOPES), "#%E0%A4%A")
    assert browser.run("return document.querySelector('.selected')") is None


def test_malicious_names_do_nothing(show):
    graph = written("x = Placeholder\ny = Relu x")
    graph.node[0].name, graph.node[1].input[0] = MALICIOUS, MALICIOUS
    graph.node[1].op = MALICIOUS
    graph.node[1].attr[MALICIOUS].s = MALICIOUS.encode()
    browser = show(graph, "#y")
    browser.click("#unfold-all")
    details = browser.run(DETAILS)
    assert details.count(MALICIOUS) >= 3
    assert browser.run("return document.images.length") == 0


def test_ten_thousand_operations(show):
    browser = show(recorded("unrolled"))
    count = "return document.querySelectorAll('*').length"
    assert browser.run(count) < 1500
    browser.click("#unfold-all")
    assert 1000 < len(browser.run(BOX)) <= 1501 and browser.run(count) < 20_000
    assert "stayed folded" in browser.run("return document.getElementById('status').textContent")
    browser.click("#fold-all")
    assert browser.run(count) < 500
    browser.run("reveal(byName.get(arguments[0]))", "gradients/AddN_100")
    assert browser.run(SELECTED) == "gradients/AddN_100"


def test_zoom_and_fit(show):
    browser = show(recorded("residual"))
    browser.click("#fit")
    fits = "const {clientHeight, scrollHeight} = document.getElementById('stage'); return scrollHeight <= clientHeight"
    assert browser.run(fits)
    browser.click("#zoom-in")
    assert not browser.run(fits)


def test_light_and_dark(show):
    browser = show(written(TWO_SCOPES))
    paper = "return getComputedStyle(document.body).backgroundColor"
    light = browser.run(paper)
    browser.click("#theme")
    dark = browser.run(paper)
    browser.click("#theme")
    assert browser.run(paper) == light != dark


def test_a_graph_without_operations(show):
    assert show(written("")).run(BOX) == [""]
