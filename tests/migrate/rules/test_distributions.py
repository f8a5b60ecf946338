"""Probability distributions: what is written, what is refused, and the values and samples of 1.15."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

FIXTURE = Path(__file__).parents[2] / "fixtures" / "tf115" / "migrate_distributions.json"
RECORDED = json.loads(FIXTURE.read_text())
_PROGRAM = "import numpy as np\nimport tensorflow as tf\n{}\nwith tf.Session() as sess:\n    result = sess.run(y)\n"

# What computes y -> lines of the migrated program.
WRITTEN = {
    "y = tf.distributions.Normal(tf.zeros([2]), 1.0).sample(3, seed=1)": [
        "class Normal(NamedTuple):",
        "    return Normal(tf.zeros([2]), tf.constant(1.0)).sample(3, seed=1)",
    ],
    "d = tf.contrib.distributions.Bernoulli(probs=[0.5, 0.2])\ny = d.log_prob(1)": [
        "d = Bernoulli.of_probs(tf.constant([0.5, 0.2]))"
    ],
    "w = tf.Variable([1.0])\nd = tf.distributions.Categorical(logits=w, name='d')\ny = d.entropy()": [
        "    d = Categorical.of_logits(w)"
    ],
    "a = tf.distributions.Uniform()\ny = a.mean() + np.mean([1.0])": [
        "a = Uniform(tf.constant(0.0), tf.constant(1.0))"
    ],
}
REFUSED = {
    "y = tf.distributions.Normal(0.0, 1.0).cdf(0.5)": "Normal.cdf",
    "y = tf.distributions.Normal(0.0, 1.0).dtype.name": "Normal.dtype",
    "y = tf.distributions.Categorical([0.0, 1.0]).mean()": "Categorical.mean",
    "y = tf.distributions.Normal(0.0, 1.0).log_prob(0.5, name='p')": "Normal.log_prob",
    "y = tf.distributions.Normal(0.0, 1.0, validate_args=True).mean()": "tf.distributions.Normal",
    "y = tf.distributions.Bernoulli([0.0, 1.0], dtype=tf.float32).sample()": "tf.distributions.Bernoulli",
    "y = tf.distributions.Gamma(1.0, 1.0).sample()": "tf.distributions.Gamma",
    "y = tf.distributions.kl_divergence(tf.distributions.Uniform(), tf.distributions.Uniform())": "kl_divergence",
    "y = tf.distributions.kl_divergence(tf.distributions.Normal(0.0, 1.0), z)": "kl_divergence",
    "class Normal:\n    pass\ny = tf.distributions.Normal(0.0, 1.0).mean()": "tf.distributions.Normal",
}


@pytest.mark.parametrize("source", WRITTEN)
def test_what_is_written(source: str) -> None:
    lines = native.migrate(_PROGRAM.format(source)).splitlines()
    assert [line for line in WRITTEN[source] if line not in lines] == [], "\n".join(lines)


def test_a_class_has_the_methods_that_are_called() -> None:
    text = native.migrate(_PROGRAM.format("d = tf.distributions.Normal(0.0, 1.0)\ny = d.entropy() + np.sample(1)"))
    methods = [line.strip().partition("(")[0] for line in text.splitlines() if line.startswith("    def ")]
    assert methods == ["def entropy", "def stddev"]


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused(source: str) -> None:
    with pytest.raises(Refused) as refused:
        native.migrate(_PROGRAM.format(source))
    assert REFUSED[source] in [each.construct for each in refused.value.refusals]


@pytest.mark.parametrize("source", RECORDED)
def test_values_of_115(source: str) -> None:
    names: dict[str, object] = {}
    exec(native.migrate(_PROGRAM.format(f"y = {source}")), names)
    np.testing.assert_allclose(names["result"], RECORDED[source], rtol=1e-6, atol=1e-7)
