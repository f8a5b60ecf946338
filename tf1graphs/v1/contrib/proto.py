"""``tf.contrib.proto``: the ops of ``tf.io`` for protocol buffers."""

from tensorflow.python.ops.proto_ops import decode_proto, encode_proto

__all__ = ["decode_proto", "encode_proto"]
