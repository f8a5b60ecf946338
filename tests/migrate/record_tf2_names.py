"""Records the public names of TensorFlow 2, and of the Keras beside it.

``python tests/migrate/record_tf2_names.py FOLDER...``, where each folder is the ``site-packages`` of an installation;
what any of them has is recorded. Nothing is imported: the names are read from the import statements of the generated
API files. It writes ``tf1graphs/migrate/tables/tf2_names.txt.gz``: a line for each module, its path and its names.
"""

from __future__ import annotations

import ast
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "tf1graphs" / "migrate" / "tables" / "tf2_names.txt.gz"

# Module -> where its API files lie; a later one adds to an earlier one.
FOLDERS = {
    "tensorflow": ["tensorflow/_api/v2", "tensorflow"],
    "tensorflow.keras": ["keras/_tf_keras/keras"],
    "keras": ["keras"],
    # tensorflow/__init__.py sets these without an import statement.
    **{f"tensorflow.{name}": [f"keras/_tf_keras/keras/{name}"] for name in ("initializers", "losses", "metrics")},
    "tensorflow.optimizers": ["keras/_tf_keras/keras/optimizers"],
}
# All of v2 is the API once more, and tensorflow.python and keras.src are no part of it.
NOT_PUBLIC = {"_tf_keras", "compat/v1", "compat/v2", "src"}
TENSORFLOW = "tensorflow"


def api_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yields the dotted path below ``root``, and the file, of each module of the API."""
    for file in sorted(root.rglob("__init__.py")):
        path = file.parent.relative_to(root).as_posix()
        if not any(f"{path}/".startswith(f"{other}/") for other in NOT_PUBLIC):
            yield ("" if path == "." else path.replace("/", ".")), file


def imported(file: Path) -> set[str]:
    statements = [node for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.ImportFrom)]
    names = {alias.asname or alias.name for node in statements for alias in node.names}
    return {name for name in names if not name.startswith("_") or name.endswith("__")} - {"annotations"}


def names(site_packages: Path) -> dict[str, set[str]]:
    """Returns module -> names for an installation."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for module, folders in FOLDERS.items():
        for folder in folders:
            root = site_packages / folder
            own = [("", root / "__init__.py")] if folder == TENSORFLOW else api_files(root)
            for path, file in own:
                found[f"{module}.{path}".rstrip(".")] |= imported(file)
    for module in list(found):
        package, _, name = module.rpartition(".")
        if package:
            found[package].add(name)
    found["tensorflow.compat"] -= {"v1"}
    return dict(found)


def main() -> None:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for folder in sys.argv[1:]:
        for module, own in names(Path(folder)).items():
            found[module] |= own
    text = "".join(f"{' '.join([module, *sorted(found[module])])}\n" for module in sorted(found))
    # The time of writing is left out: the same names are the same file.
    with open(FILE, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(text.encode())
    print(f"{len(found)} modules, {sum(map(len, found.values()))} names")


if __name__ == "__main__":
    main()
