"""What mentions a name: code does, strings and comments do not, but for the fields of those that are formatted."""

from __future__ import annotations

import pytest

from tf1graphs.migrate.writing.mentions import mentions, replaced

# Texts -> the same with ``self.act`` for ``act``.
READ = {
    "act(x)": "self.act(x)",
    "x = act": "x = self.act",
    "f(act=act)": "f(act=self.act)",
    "act == 1": "self.act == 1",
    'f"{act}/act"': 'f"{self.act}/act"',
    "f'{{act}} {act}'": "f'{{act}} {self.act}'",
    'x["act"] = act  # act': 'x["act"] = self.act  # act',
    "x = 'it\\'s act' + act": "x = 'it\\'s act' + self.act",
}
NOT_READ = [
    "activation",
    "x.act",
    "f(act=1)",
    "f(act='a')",
    '"act"',
    "'act'",
    "# it's act",
    "x  # act",
    'f"act {x}"',
    '"""act\nact"""',
]


@pytest.mark.parametrize("text", READ)
def test_what_reads_a_name(text: str) -> None:
    assert mentions([text], "act")
    assert replaced(text, {"act": "self.act"}) == READ[text]


@pytest.mark.parametrize("text", NOT_READ)
def test_what_does_not(text: str) -> None:
    assert not mentions([text], "act")
    assert replaced(text, {"act": "self.act"}) == text
