"""Records what real TensorFlow 1.15 calls the variables of recurrent cells, and the tags of their histograms.

Run with a Python 3.7 that has tensorflow==1.15.5 and numpy: ``python tests/oracle/record_migrate_cells.py``.
It writes ``tests/fixtures/tf115/migrate_cells.json``.
"""

import json
import sys
from pathlib import Path

import tensorflow as tf

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "migrate"))
import cell_programs  # noqa: E402


def answers(program):
    """Returns the names of the variables in their collection, and the tag that each gets as a histogram."""
    tf.reset_default_graph()
    exec(cell_programs.START + program, {})
    variables = tf.global_variables()
    histograms = [tf.summary.histogram(each.op.name, each) for each in variables]
    tags = [each.op.inputs[0].op.get_attr("value").string_val[0].decode() for each in histograms]
    return {"names": [each.op.name for each in variables], "tags": tags}


if __name__ == "__main__":
    recorded = {name: answers(program) for name, program in cell_programs.PROGRAMS.items()}
    path = TESTS / "fixtures" / "tf115" / "migrate_cells.json"
    path.write_text(json.dumps(recorded, indent=1) + "\n")
