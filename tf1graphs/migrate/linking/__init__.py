"""Programs of several files: read as one text, written as several files again."""
