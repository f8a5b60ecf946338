"""What surrounds the gradient ascent: a photograph is dreamt on while it is small, enlarged, and dreamt on again."""

import numpy as np
from PIL import Image

scale = 1.4
too_small = "{} by {} pixels leave a layer nothing inside its border; give a larger --size or fewer --octaves"


def resize(picture, shape):
    """Returns a picture [height, width, 3] in another height and width."""
    channels = [Image.fromarray(picture[..., i]).resize(shape[::-1], Image.BILINEAR) for i in range(3)]
    return np.stack([np.asarray(channel) for channel in channels], axis=-1)


def dreams(photo, octaves, ascend):
    """Yields the picture after each octave.

    What a small picture lacks is the difference between the photograph and itself shrunk and enlarged. That detail is
    put back after each octave, so that the last picture is as sharp as the photograph.

    Args:
        photo: float32 [height, width, 3].
        octaves: how many sizes; each is 1.4 times the one before, and the last is the photograph's.
        ascend: function from a picture to the same picture with what the network sees in it.
    """
    height, width = photo.shape[:2]
    shapes = [(int(height / scale**i), int(width / scale**i)) for i in reversed(range(octaves))]
    picture = shrunk = resize(photo, shapes[0])
    for shape in shapes:
        picture = ascend(resize(picture, shape))
        sharp = resize(photo, shape)
        picture = picture + sharp - resize(shrunk, shape)
        shrunk = sharp
        yield picture
