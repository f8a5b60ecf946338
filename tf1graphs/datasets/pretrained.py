"""Networks trained on ImageNet: the files of weights that Keras publishes, without their top layers.

Source of addresses and checksums: ``keras/src/applications/inception_v3.py`` and ``vgg19.py`` of Keras 3, which
publish an MD5 only. The weights may be used under the licences that Keras's page of applications names.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from . import cache
from .errors import UnavailableError


class _Weights(NamedTuple):
    file: str
    checksum: str
    mirrors: Sequence[str]
    megabytes: int


_WEIGHTS: dict[str, _Weights] = {
    "InceptionV3": _Weights(
        "inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5",
        "md5:bcbd6486424b2319ff4ef7d526e38f63",
        (
            "https://storage.googleapis.com/tensorflow/keras-applications/inception_v3/",
            "https://github.com/fchollet/deep-learning-models/releases/download/v0.5/",
        ),
        88,
    ),
    "VGG19": _Weights(
        "vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5",
        "md5:253f8cb515780f3b799900260a226db6",
        (
            "https://storage.googleapis.com/tensorflow/keras-applications/vgg19/",
            "https://github.com/fchollet/deep-learning-models/releases/download/v0.1/",
        ),
        80,
    ),
}


def weights(network: str) -> Path | None:
    """Return a network's weights from ``$TF1GRAPHS_DATA/keras`` or the user's cache, downloaded if they are not there.

    Without a network, or with ``TF1GRAPHS_OFFLINE=1`` set, there are none, and one line on stderr says so.

    Args:
        network: The name of the network, ``InceptionV3`` or ``VGG19``, as of its function in ``tf.keras.applications``.

    Returns:
        The HDF5 file, which ``load_weights`` of a network with ``include_top=False`` reads; None without it.

    Raises:
        DatasetError: As ``cache.file`` raises it: the wrong file, or no place for it.
    """
    wanted = _WEIGHTS[network]
    try:
        title = f"{network}'s weights ({wanted.megabytes} MB)"
        return cache.file("keras", wanted.file, wanted.checksum, wanted.mirrors, title)
    except UnavailableError as reason:
        print(
            f"tf1graphs: {network}'s weights were not downloaded ({reason}), so a small network trained on textures "
            f"stands in for it; for {network} put {wanted.file} into {cache.directory('keras')}",
            file=sys.stderr,
        )
        return None
