import numpy as np
import tensorflow as tf


def shapes(count, size, rng):
    """Bright discs and frames on dark ground, in [-1, 1], and which of the two each is."""
    y, x = np.mgrid[:size, :size]
    images, kinds = np.zeros((count, size, size, 1), np.float32), rng.randint(0, 2, count)
    for image, kind in zip(images, kinds):
        cy, cx = rng.uniform(size * 0.35, size * 0.6, 2)
        radius = rng.uniform(size * 0.2, size * 0.35)
        if kind:
            inside = (y - cy) ** 2 + (x - cx) ** 2 < radius ** 2
        else:
            distance = np.maximum(abs(y - cy), abs(x - cx))
            inside = (distance < radius) & (distance > radius - 2)
        image[..., 0] = np.where(inside, 0.9, -0.9)
    return images, np.eye(2)[kinds].astype(np.float32)


def merge(images, size):
    """One picture of rows and columns of pictures."""
    h, w = images.shape[1], images.shape[2]
    grid = np.zeros((h * size[0], w * size[1]))
    for idx, image in enumerate(images):
        i, j = idx % size[1], idx // size[1]
        grid[j * h:j * h + h, i * w:i * w + w] = image[..., 0]
    return grid


def save_images(sess, images, size, image_path):
    grid = merge((images + 1.) / 2., size)
    png = tf.image.encode_png(tf.cast(np.round(grid * 255)[..., None], tf.uint8))
    with tf.gfile.Open(image_path, 'wb') as f:
        f.write(sess.run(png))


def image_manifold_size(num_images):
    manifold_h = int(np.floor(np.sqrt(num_images)))
    manifold_w = int(np.ceil(np.sqrt(num_images)))
    assert manifold_h * manifold_w == num_images
    return manifold_h, manifold_w
