"""Writes models of Keras 2 and 3 into a directory, in all kinds of files, and what Keras says of them (``said.json``).

A script of its own, since both need TensorFlow's eager mode: ``python write_models.py DIRECTORY``.
"""

import json
import sys

import keras
import numpy as np
import tf_keras

folder = sys.argv[1]
said = {}


def shapes_of(layer):
    output = layer.output if hasattr(layer, "output") else layer.get_output_at(0)
    return [list(tensor.shape) for tensor in (output if isinstance(output, (list, tuple)) else [output])]


def branches(K):
    L = K.layers
    image, vector = K.Input([28, 28, 1], name="image"), K.Input([5], name="vector")
    x = L.Flatten()(L.MaxPooling2D(2)(L.Conv2D(4, 3, name="conv")(image)))
    shared = L.Dense(6, activation="relu", name="shared")
    y = L.Concatenate()([shared(L.Dense(5, name="before")(x)), shared(vector)])
    inner = K.Sequential([K.Input([12]), L.Dense(3, name="d"), L.BatchNormalization(name="normed")], name="inner")
    z = inner(L.Dropout(0.3)(y))
    twice = L.Lambda(lambda tensor: tensor * 2, name="twice")(z)
    model = K.Model([image, vector], [L.Dense(1, name="out")(z), twice], name="branches")
    model.compile("adam", ["mse", "mse"])
    model.fit([np.ones([2, 28, 28, 1]), np.ones([2, 5])], [np.ones([2, 1]), np.ones([2, 3])], verbose=0)
    return model


def words(K):
    L = K.layers
    recurrent = L.Bidirectional(L.LSTM(4, return_sequences=True))
    model = K.Sequential(
        [K.Input([None], name="tokens"), L.Embedding(50, 8), recurrent, L.GRU(3), L.Dense(2)], name="words"
    )
    model.compile("sgd", "mse")
    return model


def of_all_rules(K):
    L = K.layers
    image, series, volume = K.Input([13, 12, 6]), K.Input([None, 8]), K.Input([6, 6, 6, 2])
    outputs = []
    for layer in [
        L.Conv2D(5, 3, padding="same", strides=2),
        L.Conv2D(5, (2, 3), dilation_rate=2),
        L.Conv2D(4, 3, groups=2),
        L.DepthwiseConv2D(3, depth_multiplier=2),
        L.SeparableConv2D(7, 3),
        L.Conv2DTranspose(3, 3, strides=2),
        L.Conv2DTranspose(3, 3, strides=2, padding="same"),
        L.Conv2DTranspose(3, 3, strides=2, padding="same", output_padding=1),
        L.Conv2DTranspose(3, 2, strides=3),
        L.MaxPooling2D(3, strides=2, padding="same"),
        L.MaxPooling2D((2, 3)),
        L.AveragePooling2D(2, data_format="channels_first"),
        L.GlobalAveragePooling2D(),
        L.GlobalMaxPooling2D(keepdims=True),
        L.ZeroPadding2D(2),
        L.ZeroPadding2D((1, 3)),
        L.ZeroPadding2D(((1, 0), (2, 4))),
        L.Cropping2D(((1, 0), (2, 4))),
        L.UpSampling2D((2, 3)),
        L.Flatten(),
        L.Reshape((-1, 6)),
        L.Reshape((6, 12, 13)),
        L.Permute((3, 1, 2)),
        L.BatchNormalization(),
        L.LeakyReLU(),
        L.SpatialDropout2D(0.1),
    ]:
        outputs.append(layer(image))
    for layer in [
        L.Conv1D(5, 3, padding="causal"),
        L.Conv1D(5, 3),
        L.Conv1DTranspose(5, 3),
        L.ZeroPadding1D((1, 2)),
        L.Cropping1D(1),
        L.GlobalMaxPooling1D(),
        L.UpSampling1D(2),
        L.LSTM(5),
        L.SimpleRNN(5, return_sequences=True),
        L.Bidirectional(L.GRU(4), merge_mode="sum"),
        L.TimeDistributed(L.Dense(3)),
        L.Masking(),
    ]:
        outputs.append(layer(series))
    outputs += L.LSTM(5, return_state=True)(series)
    outputs.append(L.Conv3D(3, 2)(volume))
    outputs.append(L.MaxPooling3D(2)(volume))
    vector = L.Dense(4)(L.GlobalAveragePooling2D()(image))
    outputs.append(L.RepeatVector(3)(vector))
    outputs.append(L.Add()([vector, L.Dense(4)(vector)]))
    outputs.append(L.Multiply()([vector, L.Dense(1)(vector)]))
    outputs.append(L.Concatenate(axis=1)([L.Dense(2)(series), L.Dense(2)(series)]))
    return K.Model([image, series, volume], outputs, name="rules")


for keras_, version in ((keras, 3), (tf_keras, 2)):
    for build in (branches, words, of_all_rules):
        model = build(keras_)
        said[f"{model.name}_{version}"] = {
            "parameters": model.count_params(),
            "layers": {layer.name: [layer.count_params(), shapes_of(layer)] for layer in model.layers},
        }
        for ending in ("keras", "h5", "weights.h5"):
            if ending == "weights.h5":
                model.save_weights(f"{folder}/{model.name}_{version}.{ending}")
            else:
                model.save(f"{folder}/{model.name}_{version}.{ending}")
        if version == 2:
            model.save_weights(f"{folder}/{model.name}_{version}_old.h5")
with open(f"{folder}/said.json", "w") as file:
    json.dump(said, file)
