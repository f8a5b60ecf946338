"""Names that Pillow had until release 9 and has no more, put back when a program imports the module."""

from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _after_import

_FILTERS = {"ANTIALIAS": "LANCZOS", "CUBIC": "BICUBIC", "LINEAR": "BILINEAR"}
_FONTS = ("FreeTypeFont", "ImageFont", "TransposedFont")


def _size(font: Any, text: Any, *options: Any, **named: Any) -> tuple[int, int]:
    """Returns width and height of a text, the height from the font's ascender on."""
    left, _, right, bottom = font.getbbox(text, *options, **named)
    return int(right - left), int(bottom)


def _text_size(draw: Any, text: str, font: Any = None, spacing: float = 4, **options: Any) -> tuple[int, int]:
    font = font or draw.getfont()
    lines = text.split("\n")
    if len(lines) == 1:
        return _size(font, text, **options)
    height = _size(font, "A")[1] + spacing
    return max(_size(font, line, **options)[0] for line in lines), int(len(lines) * height - spacing)


def _restore_filters(module: Any) -> None:
    for name, today in _FILTERS.items():
        setattr(module, name, getattr(module, today))


def _restore_sizes_of_fonts(module: Any) -> None:
    for name in _FONTS:
        font = getattr(module, name)
        font.getsize = getattr(font, "getsize", _size)


def _restore_sizes_of_texts(module: Any) -> None:
    draw = module.ImageDraw
    draw.textsize = getattr(draw, "textsize", _text_size)
    draw.multiline_textsize = getattr(draw, "multiline_textsize", _text_size)


def restore() -> None:
    """Lets the names come back with their modules; Pillow is not imported for it."""
    _after_import.change("PIL.Image", _restore_filters)
    _after_import.change("PIL.ImageFont", _restore_sizes_of_fonts)
    _after_import.change("PIL.ImageDraw", _restore_sizes_of_texts)
