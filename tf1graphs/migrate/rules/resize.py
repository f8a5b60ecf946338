"""``tf.image.resize_images``: its pixels are points, those of TensorFlow 2's ``tf.image.resize`` are squares."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Definition, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import rule

_METHODS = {
    "BILINEAR": "ResizeBilinear",
    "NEAREST_NEIGHBOR": "ResizeNearestNeighbor",
    "BICUBIC": "ResizeBicubic",
    "AREA": "ResizeArea",
}


def _definition(name: str, op: str) -> Definition:
    return Definition(
        name,
        f'''\
def {name}(images, size, align_corners=False):
    """Resizes images [height, width, channels], or a batch of them, whose pixels are points and not squares."""
    images = tf.convert_to_tensor(images)
    batch = images if images.shape.rank == 4 else images[tf.newaxis]
    resized = tf.raw_ops.{op}(images=batch, size=size, align_corners=align_corners)
    return resized if images.shape.rank == 4 else resized[0]
''',
    )


@rule(
    "tf.image.resize_images",
    "tf.image.resize",
    signature="images, size, method=0, align_corners=False, preserve_aspect_ratio=False, name=None",
    becomes="a small function over `tf.raw_ops.ResizeBilinear` and its like",
)
def resize_images(call: Call) -> Outcome:
    """Needs to see the method."""
    method = call.value("method", 0)
    written = call.text("method", "").rpartition(".")[2]
    name = written if written in _METHODS else dict(enumerate(_METHODS)).get(method) if method is not ... else None
    if name is None:
        return Refuse("its method is not seen", "write the method in the call")
    if call.value("preserve_aspect_ratio", False) is not False:
        return Refuse("it preserves the aspect ratio", "compute the size that does")
    function = f"resize_{name.lower()}"
    texts = [call.text("images"), call.text("size")]
    if call.value("align_corners", False) is not False:
        texts.append(f"align_corners={call.text('align_corners')}")
    return Replace(f"{function}({', '.join(texts)})", (_definition(function, _METHODS[name]),))
