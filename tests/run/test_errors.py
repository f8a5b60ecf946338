"""A failing op says what 1.15 said, and where in the program it was made."""

from __future__ import annotations


def test_error_of_an_op_names_the_programs_line(legacy):
    done = legacy(
        "import tensorflow as tf\nx = tf.placeholder(tf.string, name='x')\n"
        "number = tf.string_to_number(x, name='bad')\n"
        "with tf.Session() as sess:\n"
        "    try:\n        sess.run(number, {x: 'seven'})\n"
        "    except tf.errors.InvalidArgumentError as error:\n        print(error.message)\n        print(error)\n"
    )
    first = ["StringToNumberOp could not correctly convert string: seven", "\t [[node bad (defined at train.py:3) ]]"]
    lines = done.stdout.splitlines()
    assert lines[:2] == first, done.stderr
    assert lines[2:5] == [*first, ""]
    assert lines[5:7] == ["Original stack trace for 'bad':", '  File "train.py", line 3, in <module>']
