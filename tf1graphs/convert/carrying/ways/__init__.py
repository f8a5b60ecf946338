"""The ways, one a file; ``tf1graphs.convert.carrying`` finds them."""
