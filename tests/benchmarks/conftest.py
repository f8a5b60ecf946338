"""The tutorials' cases and models serve the benchmarks too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tutorials"))
