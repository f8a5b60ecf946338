"""``tf.contrib.quantization``: the ops of ``tf.quantization``, and every op of mathematics and networks by its name."""

from tensorflow.python.ops import gen_array_ops as quantized_gen_array_ops
from tensorflow.python.ops.gen_array_ops import dequantize, quantize_v2, quantized_concat  # noqa: F401
from tensorflow.python.ops.gen_math_ops import *  # noqa: F403
from tensorflow.python.ops.gen_nn_ops import *  # noqa: F403

quantized_array_ops = quantized_gen_array_ops
