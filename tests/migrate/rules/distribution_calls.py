"""Distributions and what TensorFlow 1.15 is asked of them, for the recorder of its answers and for the test of ours."""

X, P, LOGITS = [[0.2, -1.5], [0.9, 0.4]], [[0.2, 0.8], [0.5, 0.5]], [[0.1, -2.0, 3.0], [0.0, 0.5, -0.5]]

NUMBERS = ("prob([[0.3, 0.1], [0.0, 1.5]])", "log_prob([[0.3, 0.1], [0.0, 0.5]])")
SAMPLES = ("sample(seed=5)", "sample(3, seed=5)", "sample([2, 1], seed=7)")
# Distribution -> what is asked of it.
ASKED = {
    f"tf.distributions.Normal({X}, [1.0, 0.5])": (
        *NUMBERS,
        *SAMPLES,
        *("entropy()", "mean()", "mode()", "variance()", "stddev()"),
    ),
    "tf.distributions.Normal(loc=0.5, scale=2.0)": (*NUMBERS, *SAMPLES, "entropy()", "mean()", "stddev()"),
    f"tf.distributions.Uniform([0.0, -1.0], {[[1.0, 2.0], [3.0, 0.3]]})": (
        *NUMBERS,
        *SAMPLES,
        *("entropy()", "mean()", "variance()", "stddev()"),
    ),
    "tf.distributions.Uniform()": (*NUMBERS, *SAMPLES, "entropy()", "mean()"),
    f"tf.distributions.Bernoulli({X})": (
        *("prob([[0, 1], [1, 1]])", "log_prob([1, 0])", "log_prob(1)", *SAMPLES),
        *("entropy()", "mean()", "mode()", "variance()", "stddev()"),
    ),
    f"tf.distributions.Bernoulli(probs={P})": ("log_prob([[0, 1], [1, 1]])", *SAMPLES, "entropy()", "mean()"),
    f"tf.distributions.Categorical({LOGITS})": (
        *("prob([0, 2])", "log_prob([2, 1])", "log_prob(1)", "log_prob([[0, 1], [1, 2], [2, 2]])", *SAMPLES),
        *("entropy()", "mode()"),
    ),
    f"tf.distributions.Categorical(probs={P})": ("log_prob([0, 1])", *SAMPLES, "entropy()", "mode()"),
}
DIVERGENCES = (
    (f"tf.distributions.Normal({X}, [1.0, 0.5])", "tf.distributions.Normal(0.5, 2.0)"),
    (f"tf.distributions.Bernoulli({X})", f"tf.distributions.Bernoulli(probs={P})"),
    (f"tf.distributions.Categorical({LOGITS})", "tf.distributions.Categorical(probs=[0.2, 0.3, 0.5])"),
)
