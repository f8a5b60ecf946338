"""``python -m tf1graphs``."""

import sys

from tf1graphs.cli import main

sys.exit(main())
