"""Small uses of ``tf.contrib.image.single_image_random_dot_stereograms``.

The dots are random: what is compared is which dots of a row have one color in all of several pictures.
"""

import numpy as np

HILL = np.maximum(0.0, 3.0 - np.hypot(*np.mgrid[-4:5, -6:7]))
PICTURES = 8


def _drawn(depths, width=64, height=24, **options):
    def call(tf):
        options.setdefault("output_image_shape", [width, height, 1])
        options.setdefault("output_data_window", [width - 4, height - 8])
        options.setdefault("dots_per_inch", 12)
        # One op of 1.15 is several here, so the graph that counts stays empty.
        with tf.Graph().as_default(), tf.Session() as session:
            # 1.15 draws a constant once.
            given = tf.placeholder(depths.dtype, depths.shape)
            output = tf.contrib.image.single_image_random_dot_stereograms(given, **options)
            pictures = np.stack([session.run(output, {given: depths}) for _ in range(PICTURES)], -1)
            said = [output.dtype.name, str(output.shape.as_list()), len(np.unique(pictures)) > 2]
        return said + [_joined(row) for row in pictures.reshape(pictures.shape[:2] + (-1,))]

    return call


def _joined(row):
    """Returns for each dot the first of its row that has its colors, and -1 for black ones, as text."""
    firsts = {}
    return str([firsts.setdefault(tuple(dot), x) if dot.any() else -1 for x, dot in enumerate(row)])


CALLS = {
    "single_image_random_dot_stereograms": _drawn(HILL),
    "single_image_random_dot_stereograms of integers": _drawn((2 * HILL).astype(np.int32)),
    "single_image_random_dot_stereograms of hidden dots": _drawn(HILL, hidden_surface_removal=False),
    "single_image_random_dot_stereograms without squares": _drawn(HILL, convergence_dots_size=0),
    "single_image_random_dot_stereograms with small squares": _drawn(HILL, convergence_dots_size=3),
    "single_image_random_dot_stereograms of far eyes": _drawn(HILL, eye_separation=3.1, mu=0.6),
    "single_image_random_dot_stereograms scaled": _drawn(HILL, normalize_min=1.0, normalize_max=2.0),
    "single_image_random_dot_stereograms not scaled": _drawn(HILL.astype(np.float32) / 4.0, normalize=False),
    "single_image_random_dot_stereograms with a near border": _drawn(HILL, border_level=0.7),
    "single_image_random_dot_stereograms in color": _drawn(HILL, number_colors=1000),
}
