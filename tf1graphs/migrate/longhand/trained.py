"""What an optimizer trains that is not told: all that is trained, which layers that are not have no part in."""

from __future__ import annotations

import ast

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.values import Optimizer
from tf1graphs.migrate.longhand.places import Place, Writer, Written

# The place of the variables in 1.15.
_PLACES = {"minimize": 2, "compute_gradients": 1}


def _minimize(place: Place) -> Written | None:
    """Lists what it trains, if the program has layers that are not trained."""
    function = place.call.func
    assert isinstance(function, ast.Attribute)
    is_optimizer = isinstance(place.facts.values.get(function.value), Optimizer)
    given = syntax.argument(place.call, _PLACES[function.attr], "var_list")
    if not is_optimizer or given is not None or not place.facts.frozen:
        return None
    return [], f"{place.text(place.call)[:-1].rstrip().rstrip(',')}, var_list={place.tf}.trainable_variables())"


METHODS: dict[str, Writer] = dict.fromkeys(_PLACES, _minimize)
