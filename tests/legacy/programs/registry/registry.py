"""Problems, models and sets of hyperparameters, found by their names."""
import re

import six

_MODELS, _PROBLEMS, _HPARAMS = {}, {}, {}


def camelcase_to_snakecase(name):
    partly = re.sub('(.)([A-Z][a-z]+)', r'\1_\2', name)
    return re.sub('([a-z0-9])([A-Z])', r'\1_\2', partly).lower()


def _register(table):
    def register(name=None):
        def decorator(registered, name=None):
            name = name or camelcase_to_snakecase(registered.__name__)
            if name in table:
                raise LookupError('%s is already registered.' % name)
            table[name] = registered
            return registered

        if name is None or isinstance(name, six.string_types):
            return lambda registered: decorator(registered, name)
        return decorator(name)

    return register


register_model, register_problem, register_hparams = _register(_MODELS), _register(_PROBLEMS), _register(_HPARAMS)


def model(name):
    return _MODELS[name]


def problem(name):
    return _PROBLEMS[name]()


def hparams(name):
    return _HPARAMS[name]()


def list_all():
    return sorted(_MODELS), sorted(_PROBLEMS), sorted(_HPARAMS)
