import numpy as np


def batches(count, seed=0):
    rng = np.random.RandomState(seed)
    for _ in range(count):
        x = rng.normal(size=(16, 4)).astype(np.float32)
        yield x, x[:, :3].argmax(1)
