"""What is searched: the ranges of the hyper-parameters, trials drawn from them, and the columns of the HParams page."""

import numpy as np

# The package's ``api`` adds a callback for Keras 3, which cannot be imported in graph mode.
from tensorboard.plugins.hparams import summary_v2 as hp

UNITS = hp.HParam("units", hp.Discrete([16, 32, 64, 128]))
LEARNING_RATE = hp.HParam("learning_rate", hp.RealInterval(1e-4, 1e-1))
HPARAMS = [UNITS, LEARNING_RATE]
METRICS = [hp.Metric("validation/cost"), hp.Metric("validation/accuracy")]


def draw_trials(count, seed):
    """Returns run -> hyper-parameters of ``count`` trials; learning rates of 0.0001 and 0.1 differ by factors."""
    random = np.random.RandomState(seed)
    low, high = np.log10(LEARNING_RATE.domain.min_value), np.log10(LEARNING_RATE.domain.max_value)
    trials = {}
    for number in range(count):
        units = int(random.choice(UNITS.domain.values))
        trials["trial_{:02d}".format(number)] = {
            "units": units,
            "learning_rate": float(10 ** random.uniform(low, high)),
        }
    return trials
