"""Parameters and multiply-adds of a plain and a depthwise separable convolution, as one works them out on paper."""


def plain(pixels, window, channels, filters):
    """Returns the weights, and the products that an image takes: each filter looks at all channels.

    Args:
        pixels: how many pixels the output has.
        window: pixels of the window.
        channels: of the input.
        filters: channels of the output.
    """
    weights = window * channels * filters
    return weights, pixels * weights


def separable(pixels, window, channels, filters):
    """The same where each channel has a window of its own, and single pixels of all channels are mixed afterwards."""
    weights = window * channels + channels * filters
    return weights, pixels * weights
