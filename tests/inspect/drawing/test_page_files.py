"""What the page holds, before any browser has seen it."""

from __future__ import annotations

import base64
import hashlib
import json
import re

from drawn_graphs import written

from tf1graphs.inspect.drawing import page
from tf1graphs.inspect.drawing.layers import Layer, of_model
from tf1graphs.inspect.drawing.scopes import of_graph

NAME = "</script><!--<script>]]>&amp;"


def data_of(text):
    return json.loads(re.search("<script type='application/json' id='data'>(.*?)</script>", text, re.DOTALL)[1])


def test_names_cannot_end_the_script_that_holds_them():
    graph = written("x = Placeholder")
    graph.node[0].name = NAME
    text = page.html(of_graph(graph), NAME)
    assert data_of(text)["items"][0][:2] == ["script><!--<script>]]>&amp;", NAME]
    assert text.count("</script>") == 2 and text.count("<!--") == 0
    assert "<title>&lt;/script&gt;&lt;!--&lt;script&gt;]]&gt;&amp;amp;</title>" in text


def test_nothing_runs_but_the_page_itself():
    text = page.html(of_graph(written("x = Placeholder")), "graph")
    policy = re.search('http-equiv="Content-Security-Policy" content="(.*?)"', text)[1]
    for part, tag in (("script-src", "<script>(.*?)</script>"), ("style-src", "<style>(.*?)</style>")):
        digest = hashlib.sha256(re.search(tag, text, re.DOTALL)[1].encode()).digest()
        assert f"{part} 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert policy.startswith("default-src 'none';")


def test_every_layout_is_in_the_page():
    data = data_of(page.html(of_graph(written("a/b/x = Placeholder\na/y = Relu a/b/x")), "graph"))
    places = [place[0] for _, _, _, inside, *_ in data["layouts"] for place in inside]
    assert sorted([*places, data["root"]]) == list(range(len(data["items"])))


def test_what_is_no_text_can_be_written_all_the_same():
    model = of_model([Layer("\ud800", "Dense")])
    text = page.html(model, "graph\udcff.pb")
    assert data_of(text.encode().decode())["items"][0][0] == "\ud800" and "<title>graph?.pb</title>" in text
