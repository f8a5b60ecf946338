"""Writes notebooks."""

from __future__ import annotations

import json


def written(*cells: str) -> str:
    content = [
        {"cell_type": "code", "metadata": {}, "source": cell, "outputs": [], "execution_count": None} for cell in cells
    ]
    return json.dumps({"cells": content, "metadata": {}, "nbformat": 4, "nbformat_minor": 2})
