"""Small uses of ``tf.keras``."""

from .inputs import IMAGES, SEQUENCES, VECTORS

CALLS = {
    "Dense": lambda tf: tf.keras.layers.Dense(5, activation="relu")(VECTORS(tf)),
    "LSTM": lambda tf: tf.keras.layers.LSTM(4)(SEQUENCES(tf)),
    "GRU": lambda tf: tf.keras.layers.GRU(4, return_sequences=True)(SEQUENCES(tf)),
    "SimpleRNN": lambda tf: tf.keras.layers.SimpleRNN(4)(SEQUENCES(tf)),
    "StackedRNNCells": lambda tf: tf.keras.layers.RNN([tf.keras.layers.LSTMCell(4), tf.keras.layers.GRUCell(3)])(
        SEQUENCES(tf)
    ),
    "Bidirectional": lambda tf: tf.keras.layers.Bidirectional(tf.keras.layers.GRU(4))(SEQUENCES(tf)),
    "Conv2D": lambda tf: tf.keras.layers.Conv2D(3, 2, padding="same")(IMAGES(tf)),
    "BatchNormalization": lambda tf: tf.keras.layers.BatchNormalization()(IMAGES(tf)),
    "Embedding": lambda tf: tf.keras.layers.Embedding(7, 3)(tf.constant([[1, 6], [0, 2]])),
    "Sequential": lambda tf: tf.keras.Sequential(
        [tf.keras.layers.Dense(5, activation="tanh", input_shape=(3,)), tf.keras.layers.Dense(2, activation="softmax")]
    )(VECTORS(tf)),
}
