"""tf.image: encode and decode, crops, flips, colours, boxes and seeded random augmentation."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(90)
ramp = np.arange(6 * 5 * 3).reshape(6, 5, 3).astype(np.uint8) * 2
image = tf.constant(ramp)
floats = tf.image.convert_image_dtype(image, tf.float32)


def distort(picture):
    picture = tf.random_crop(picture, [4, 4, 3])
    picture = tf.image.random_flip_left_right(picture)
    picture = tf.image.random_brightness(picture, max_delta=0.25)
    picture = tf.image.random_contrast(picture, lower=0.5, upper=1.5)
    picture = tf.image.random_saturation(picture, 0.5, 1.5, seed=1)
    picture = tf.image.random_hue(picture, 0.1, seed=2)
    return tf.clip_by_value(picture, 0.0, 1.0)


distorted = distort(floats)
fetches = [
    ('decoded png equal', tf.reduce_all(tf.equal(tf.image.decode_png(tf.image.encode_png(image)), image))),
    ('jpeg shape', tf.shape(tf.image.decode_jpeg(tf.image.encode_jpeg(image, quality=95), channels=3))),
    ('gray', tf.image.rgb_to_grayscale(floats)[0, :, 0]),
    ('hsv', tf.image.rgb_to_hsv(floats)[0, 0]),
    ('central crop', tf.shape(tf.image.central_crop(image, 0.5))),
    ('crop or pad', tf.image.resize_image_with_crop_or_pad(image, 4, 7)[0, :, 0]),
    ('pad to box', tf.image.pad_to_bounding_box(image, 1, 1, 8, 7)[1, :, 0]),
    ('bilinear', tf.image.resize_images(floats, [3, 3])[1, :, 0]),
    ('bicubic', tf.image.resize_images(floats, [2, 2], method=tf.image.ResizeMethod.BICUBIC, align_corners=True)[0, :, 1]),
    ('nearest', tf.image.resize_nearest_neighbor(image[tf.newaxis], [2, 2])[0, :, :, 0]),
    ('flipped', tf.image.flip_up_down(image)[0, :, 0]),
    ('rotated', tf.image.rot90(image)[0, :, 0]),
    ('transposed', tf.shape(tf.image.transpose_image(image))),
    ('standardized', tf.image.per_image_standardization(floats)[0, 0]),
    ('contrast', tf.image.adjust_contrast(floats, 2.0)[0, 0]),
    ('gamma', tf.image.adjust_gamma(floats, 2.0)[5, 4]),
    ('total variation', tf.image.total_variation(floats)),
    ('boxes', tf.image.crop_and_resize(floats[tf.newaxis], [[0., 0., 0.5, 0.5]], [0], [2, 2])[0, :, :, 0]),
    ('nms', tf.image.non_max_suppression([[0., 0., 1., 1.], [0., 0., .9, 1.], [2., 2., 3., 3.]], [.6, .9, .5], 3)),
    ('psnr', tf.image.psnr(floats, floats * 0.9, max_val=1.0)),
    ('ssim', tf.image.ssim(tf.image.resize_images(floats, [12, 12]), tf.image.resize_images(floats, [12, 12]) * 0.8, 1.0)),
    ('patches', tf.shape(tf.extract_image_patches(floats[tf.newaxis], [1, 3, 3, 1], [1, 2, 2, 1], [1, 1, 1, 1], 'VALID'))),
    ('drawn', tf.image.draw_bounding_boxes(tf.zeros([1, 4, 4, 1]), [[[0., 0., 1., 1.]]])[0, 0, :, 0]),
]

with tf.Session() as sess:
    for title, tensor in fetches:
        print('%-18s' % title, sess.run(tensor).tolist())
    for _ in range(2):
        value = sess.run(distorted)
        print('distorted %s %.6f' % (value.shape, value.mean()), value[0, 0].tolist())
