"""Event files: what they hold, and where two runs part."""
