"""Files that are indented by tabs stay so."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tf1graphs.migrate import indentation, native

TABBED = '''\
import tensorflow as tf
with tf.Session() as sess:
	for i in range(2):
		if i:
			text = """
	a tab
    blanks"""
		print(sess.run(tf.constant(1.0)), text)
'''
MIGRATED = '''\
import tensorflow as tf
for i in range(2):
	if i:
		text = """
	a tab
    blanks"""
	print(tf.constant(1.0).numpy(), text)
'''


def test_tabs_stay():
    assert native.migrate(TABBED) == MIGRATED


def test_strings_stay_as_they_are():
    assert '"""\n	a tab\n    blanks"""' in indentation.spaced(TABBED)


def test_a_file_with_both_gets_blanks():
    mixed = TABBED + "if True:\n    print(1)\n"
    assert native.migrate(mixed).count("\n\t") == 1


def test_blanks_stay():
    text = "if True:\n    a = 1\n"
    assert indentation.spaced(text) == text == indentation.like(text, text)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_there_and_back(depths):
    lines = [f"{'	' * depth}if {depth}:" for depth in range(5)]
    text = "\n".join([*lines, "					pass", *(f"{'	' * depth}# {depth}" for depth in depths), ""])
    assert indentation.like(indentation.spaced(text), text) == text
