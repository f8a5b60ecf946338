import os
import tempfile
from types import SimpleNamespace

import numpy as np
import tensorflow as tf
from model import Classifier, ClassifierTrainer

if __name__ == "__main__":
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "model")
    settings = SimpleNamespace(features=5, rate=0.01, epochs=3, folder=folder, path=path)
    rng = np.random.RandomState(4)
    data = [(rng.rand(16, 5), rng.randint(0, 3, 16)) for _ in range(4)]
    tf.set_random_seed(2)
    with tf.Session() as sess:
        model = Classifier(settings)
        ClassifierTrainer(sess, model, data).train()
        model.recover(sess)
        print(sess.run(model.logits, {model.x: data[0][0]})[:2])
