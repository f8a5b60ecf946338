from collections import namedtuple

import numpy as np
import tensorflow as tf

import boxes

slim = tf.contrib.slim
SSDParams = namedtuple('SSDParameters', ['img_shape', 'num_classes', 'feat_layers', 'feat_shapes', 'anchor_sizes',
                                         'anchor_ratios', 'anchor_steps', 'normalizations', 'prior_scaling'])
DEFAULT = SSDParams(
    img_shape=(32, 32), num_classes=3, feat_layers=['block2', 'block3'], feat_shapes=[(8, 8), (4, 4)],
    anchor_sizes=[(6., 10.), (12., 18.)], anchor_ratios=[[2, .5], [2, .5]], anchor_steps=[4, 8],
    normalizations=[8, -1], prior_scaling=[0.1, 0.1, 0.2, 0.2])


def l2_normalization(inputs, scaling, scope=None):
    with tf.variable_scope(scope, 'L2Normalization', [inputs]):
        outputs = tf.nn.l2_normalize(inputs, 3, epsilon=1e-12)
        if scaling > 0:
            scale = slim.model_variable('gamma', shape=inputs.get_shape()[-1:],
                                        initializer=tf.constant_initializer(scaling))
            outputs = tf.multiply(outputs, scale)
        return outputs


def tensor_shape(x, rank=4):
    """Dimensions as numbers where they are known."""
    static_shape = x.get_shape().with_rank(rank).as_list()
    dynamic_shape = tf.unstack(tf.shape(x), rank)
    return [s if s is not None else d for s, d in zip(static_shape, dynamic_shape)]


def multibox_layer(inputs, num_classes, sizes, ratios, normalization):
    net = l2_normalization(inputs, normalization) if normalization > 0 else inputs
    num_anchors = len(sizes) + len(ratios)
    loc_pred = slim.conv2d(net, num_anchors * 4, [3, 3], activation_fn=None, scope='conv_loc')
    loc_pred = tf.reshape(loc_pred, tensor_shape(loc_pred)[:-1] + [num_anchors, 4])
    cls_pred = slim.conv2d(net, num_anchors * num_classes, [3, 3], activation_fn=None, scope='conv_cls')
    cls_pred = tf.reshape(cls_pred, tensor_shape(cls_pred)[:-1] + [num_anchors, num_classes])
    return cls_pred, loc_pred


class SSDNet(object):
    def __init__(self, params=DEFAULT):
        self.params = params
        layers = zip(params.feat_shapes, params.anchor_sizes, params.anchor_ratios, params.anchor_steps)
        self.anchors = [boxes.anchor_one_layer(params.img_shape, *layer) for layer in layers]

    def arg_scope(self, weight_decay=0.0005, is_training=True):
        with slim.arg_scope([slim.conv2d], activation_fn=tf.nn.relu,
                            weights_regularizer=slim.l2_regularizer(weight_decay),
                            weights_initializer=tf.contrib.layers.xavier_initializer(),
                            biases_initializer=tf.zeros_initializer()):
            with slim.arg_scope([slim.conv2d, slim.max_pool2d], padding='SAME'):
                with slim.arg_scope([slim.batch_norm], decay=0.9, scale=True, is_training=is_training) as scope:
                    return scope

    def net(self, inputs, is_training=True, dropout_keep_prob=0.8, reuse=None, scope='ssd_32'):
        end_points, params = {}, self.params
        with tf.variable_scope(scope, 'ssd_32', [inputs], reuse=reuse):
            with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm):
                net = slim.repeat(inputs, 2, slim.conv2d, 6, [3, 3], scope='conv1')
                net = slim.max_pool2d(net, [2, 2], scope='pool1')
                net = slim.conv2d(net, 10, [3, 3], scope='conv2')
                net = end_points['block2'] = slim.max_pool2d(net, [2, 2], scope='pool2')
                net = slim.conv2d(net, 12, [3, 3], rate=2, scope='conv3')
                net = slim.dropout(net, dropout_keep_prob, is_training=is_training, scope='dropout3')
                end_points['block3'] = slim.conv2d(net, 12, [3, 3], stride=2, scope='conv4')
            predictions, logits, localisations = [], [], []
            for i, layer in enumerate(params.feat_layers):
                with tf.variable_scope(layer + '_box'):
                    p, loc = multibox_layer(end_points[layer], params.num_classes, params.anchor_sizes[i],
                                            params.anchor_ratios[i], params.normalizations[i])
                predictions.append(slim.softmax(p))
                logits.append(p)
                localisations.append(loc)
            return predictions, localisations, logits, end_points

    def bboxes_encode(self, labels, bboxes, scope='ssd_bboxes_encode'):
        with tf.name_scope(scope):
            encoded = [boxes.bboxes_encode_layer(labels, bboxes, each, self.params.prior_scaling)
                       for each in self.anchors]
            return [list(each) for each in zip(*encoded)]

    def detected(self, predictions, localisations, top_k=3, nms_threshold=0.3):
        """Scores and boxes of each class but the background, of the first picture."""
        decoded = [boxes.bboxes_decode_layer(loc, anchors, self.params.prior_scaling)
                   for loc, anchors in zip(localisations, self.anchors)]
        all_boxes = tf.concat([tf.reshape(each[0], [-1, 4]) for each in decoded], 0)
        all_scores = tf.concat([tf.reshape(each[0], [-1, self.params.num_classes]) for each in predictions], 0)
        found = {}
        for c in range(1, self.params.num_classes):
            keep = tf.image.non_max_suppression(all_boxes, all_scores[:, c], top_k, nms_threshold)
            found[c] = tf.gather(all_scores[:, c], keep), tf.gather(all_boxes, keep)
        return found


def abs_smooth(x):
    absx = tf.abs(x)
    minx = tf.minimum(absx, 1)
    return 0.5 * ((absx - 1) * minx + absx)


def ssd_losses(logits, localisations, gclasses, glocalisations, gscores, match_threshold=0.4, negative_ratio=3.,
               alpha=1., scope=None):
    """Cross-entropy of the matched anchors and of the hardest others, and a smooth loss of the places."""
    with tf.name_scope(scope, 'ssd_losses'):
        num_classes = tensor_shape(logits[0], 5)[-1]
        batch_size = tensor_shape(logits[0], 5)[0]
        logits = tf.concat([tf.reshape(each, [-1, num_classes]) for each in logits], axis=0)
        gclasses = tf.concat([tf.reshape(each, [-1]) for each in gclasses], axis=0)
        gscores = tf.concat([tf.reshape(each, [-1]) for each in gscores], axis=0)
        localisations = tf.concat([tf.reshape(each, [-1, 4]) for each in localisations], axis=0)
        glocalisations = tf.concat([tf.reshape(each, [-1, 4]) for each in glocalisations], axis=0)
        pmask = gscores > match_threshold
        fpmask = tf.cast(pmask, tf.float32)
        n_positives = tf.reduce_sum(fpmask)
        no_classes = tf.cast(pmask, tf.int32)
        predictions = slim.softmax(logits)
        nmask = tf.logical_and(tf.logical_not(pmask), gscores > -0.5)
        nvalues = tf.where(nmask, predictions[:, 0], 1. - tf.cast(nmask, tf.float32))
        nvalues_flat = tf.reshape(nvalues, [-1])
        n_neg = tf.minimum(tf.cast(negative_ratio * n_positives, tf.int32) + batch_size,
                           tf.cast(tf.reduce_sum(tf.cast(nmask, tf.float32)), tf.int32))
        val, _ = tf.nn.top_k(-nvalues_flat, k=n_neg)
        nmask = tf.logical_and(nmask, nvalues < -val[-1])
        fnmask = tf.cast(nmask, tf.float32)
        with tf.name_scope('cross_entropy_pos'):
            loss = tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=gclasses)
            tf.losses.add_loss(tf.div(tf.reduce_sum(loss * fpmask), batch_size, name='value'))
        with tf.name_scope('cross_entropy_neg'):
            loss = tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=no_classes)
            tf.losses.add_loss(tf.div(tf.reduce_sum(loss * fnmask), batch_size, name='value'))
        with tf.name_scope('localization'):
            weights = tf.expand_dims(alpha * fpmask, axis=-1)
            loss = abs_smooth(localisations - glocalisations)
            tf.losses.add_loss(tf.div(tf.reduce_sum(loss * weights), batch_size, name='value'))
        return n_positives


def anchors_count(net):
    return sum(int(np.prod(y.shape)) * h.size for y, _, h, _ in net.anchors)
