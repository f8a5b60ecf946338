"""Anchors of several layers, and boxes as offsets from them."""
import math

import numpy as np
import tensorflow as tf


def anchor_one_layer(img_shape, feat_shape, sizes, ratios, step, offset=0.5, dtype=np.float32):
    y, x = np.mgrid[0:feat_shape[0], 0:feat_shape[1]]
    y = np.expand_dims((y.astype(dtype) + offset) * step / img_shape[0], axis=-1)
    x = np.expand_dims((x.astype(dtype) + offset) * step / img_shape[1], axis=-1)
    h = [sizes[0] / img_shape[0], math.sqrt(sizes[0] * sizes[1]) / img_shape[0]]
    w = [sizes[0] / img_shape[1], math.sqrt(sizes[0] * sizes[1]) / img_shape[1]]
    for r in ratios:
        h.append(sizes[0] / img_shape[0] / math.sqrt(r))
        w.append(sizes[0] / img_shape[1] * math.sqrt(r))
    return y, x, np.array(h, dtype=dtype), np.array(w, dtype=dtype)


def bboxes_encode_layer(labels, bboxes, anchors_layer, prior_scaling, dtype=tf.float32):
    """Labels, offsets and overlaps of the anchors of a layer; a loop over the boxes of the picture."""
    yref, xref, href, wref = anchors_layer
    ymin, xmin, ymax, xmax = yref - href / 2., xref - wref / 2., yref + href / 2., xref + wref / 2.
    vol_anchors = (xmax - xmin) * (ymax - ymin)
    shape = (yref.shape[0], yref.shape[1], href.size)

    def jaccard(bbox):
        int_h = tf.maximum(tf.minimum(ymax, bbox[2]) - tf.maximum(ymin, bbox[0]), 0.)
        int_w = tf.maximum(tf.minimum(xmax, bbox[3]) - tf.maximum(xmin, bbox[1]), 0.)
        inter_vol = int_h * int_w
        union_vol = vol_anchors - inter_vol + (bbox[2] - bbox[0]) * (bbox[3] - bbox[1])
        return tf.div(inter_vol, union_vol)

    def condition(i, *_):
        return tf.less(i, tf.shape(labels))[0]

    def body(i, feat_labels, feat_scores, *feat_bbox):
        label, bbox = labels[i], bboxes[i]
        overlap = jaccard(bbox)
        mask = tf.logical_and(tf.greater(overlap, feat_scores), tf.greater(overlap, 0.2))
        imask, fmask = tf.cast(mask, tf.int64), tf.cast(mask, dtype)
        feat_labels = imask * label + (1 - imask) * feat_labels
        feat_scores = tf.where(mask, overlap, feat_scores)
        feat_bbox = [fmask * bbox[k] + (1 - fmask) * feat_bbox[k] for k in range(4)]
        return [i + 1, feat_labels, feat_scores] + feat_bbox

    start = [tf.constant(0), tf.zeros(shape, dtype=tf.int64), tf.zeros(shape, dtype=dtype)]
    start += [tf.zeros(shape, dtype=dtype), tf.zeros(shape, dtype=dtype), tf.ones(shape, dtype=dtype),
              tf.ones(shape, dtype=dtype)]
    _, feat_labels, feat_scores, ymin_, xmin_, ymax_, xmax_ = tf.while_loop(condition, body, start)
    cy, cx, h, w = (ymax_ + ymin_) / 2., (xmax_ + xmin_) / 2., ymax_ - ymin_, xmax_ - xmin_
    feat_cy = (cy - yref) / href / prior_scaling[0]
    feat_cx = (cx - xref) / wref / prior_scaling[1]
    feat_h = tf.log(h / href) / prior_scaling[2]
    feat_w = tf.log(w / wref) / prior_scaling[3]
    return feat_labels, tf.stack([feat_cx, feat_cy, feat_w, feat_h], axis=-1), feat_scores


def bboxes_decode_layer(feat_localizations, anchors_layer, prior_scaling):
    yref, xref, href, wref = anchors_layer
    cx = feat_localizations[:, :, :, :, 0] * wref * prior_scaling[0] + xref
    cy = feat_localizations[:, :, :, :, 1] * href * prior_scaling[1] + yref
    w = wref * tf.exp(feat_localizations[:, :, :, :, 2] * prior_scaling[2])
    h = href * tf.exp(feat_localizations[:, :, :, :, 3] * prior_scaling[3])
    return tf.stack([cy - h / 2., cx - w / 2., cy + h / 2., cx + w / 2.], axis=-1)
