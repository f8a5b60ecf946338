"""Writes and reads notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def write(file: Path, *sources: str, language: str = "python", minor: int = 2) -> Path:
    """Writes a notebook of code cells that have been run; a source that begins with ``#md`` is a cell of text."""
    cells: list[dict[str, Any]] = []
    for source in sources:
        is_text = source.startswith("#md")
        ran = (
            {}
            if is_text
            else {"execution_count": 7, "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]}
        )
        cells.append({"cell_type": "markdown" if is_text else "code", "metadata": {}, "source": source, **ran})
    content = {
        "cells": cells,
        "metadata": {"language_info": {"name": language}},
        "nbformat": 4,
        "nbformat_minor": minor,
    }
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def sources(data: bytes) -> list[str]:
    """Returns the sources of the cells of a notebook."""
    return ["".join(cell["source"]) for cell in json.loads(data)["cells"]]
