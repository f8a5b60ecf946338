"""``tf.keras.wrappers.scikit_learn``: models as estimators of scikit-learn."""

from tf1graphs.v1._scikit_learn import KerasClassifier, KerasRegressor

__all__ = ["KerasClassifier", "KerasRegressor"]
