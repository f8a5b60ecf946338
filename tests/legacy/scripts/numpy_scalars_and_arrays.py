"""What NumPy of 2015-2019 made of scalars beside arrays, of Python numbers, and of lists whose rows differ in length."""

import operator

import numpy as np
import tensorflow as tf

tf.set_random_seed(5)

SCALARS = [
    True,
    3,
    -3,
    300,
    2.5,
    1e300,
    2j,
    np.bool_(True),
    np.uint8(200),
    np.int8(-7),
    np.int32(70000),
    np.int64(4),
    np.uint64(9),
    np.float16(0.5),
    np.float32(0.1),
    np.float64(0.1),
    np.complex64(1 + 1j),
]
ARRAYS = ["bool", "uint8", "int8", "int32", "int64", "uint64", "float16", "float32", "float64", "complex64"]
OPERATORS = ["add", "mul", "truediv"]


def described(one, name, other):
    try:
        value = getattr(operator, name)(one, other)
    except (TypeError, ValueError) as error:
        return type(error).__name__
    return str(getattr(value, "dtype", type(value).__name__))


np.seterr(all="ignore")
for name in OPERATORS:
    for one in SCALARS:
        of_numpy = [isinstance(one, np.generic) or isinstance(other, np.generic) for other in SCALARS]
        others = [other for other, is_any in zip(SCALARS, of_numpy) if is_any and other is not one]
        results = [described(one, name, other) for other in others]
        print(name, np.array(one).dtype, " ".join(results))
    for dtype in ARRAYS:
        array = np.ones(3, dtype)
        print(name, dtype, "array left", " ".join(described(array, name, scalar) for scalar in SCALARS))
        print(name, dtype, "array right", " ".join(described(scalar, name, array) for scalar in SCALARS))
        print(name, dtype, "no axes", " ".join(described(np.ones((), dtype), name, scalar) for scalar in SCALARS))

weights = np.ones((2, 3), np.float32) * np.sqrt(2.0 / 3)
product = tf.matmul(tf.ones([1, 2]), tf.Variable(weights))
cost = tf.reduce_mean(product) / 7
labels = np.array([3, 9, 1], np.uint8)
logits = tf.zeros([1, max(labels) + 1])
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    total = 0.0
    for step in range(10):
        total += session.run(cost) / 10
    print("total", total, type(total).__name__, "mean", sum([session.run(cost)] * 4) / 4)
    print("logits", session.run(logits).shape)
    print("exactly", np.float32(0.1) == 0.1, np.float32(0.1) == np.float32(0.1), np.ones(1, np.float32) * 0.1 == 0.1)

counts = np.zeros(2, np.uint8)
counts += 300
counts -= np.int64(3)
print("in place", counts, np.uint8(200) + 100, -1 * np.array([1, 2], np.uint8), np.uint8(1) << 8)
print("bits", np.uint8(7) & 0x103, 3 | np.int8(4), np.uint8(250) ^ 2 ** 9, 1 << np.int16(20), np.int8(-5) % 3, 2 ** np.int8(7))
print("rows", np.array([[1, 2], [3]]).dtype, np.asarray([np.zeros(2), np.zeros(3)]).shape)
pairs = np.array(list(zip(np.zeros((4, 3)), np.eye(4, 2))))
print("pairs", pairs.shape, pairs.dtype, [len(part) for part in pairs[1]])
try:
    np.array([[1, 2], [3]], np.float32)
except ValueError as error:
    print("refused:", str(error).partition(".")[0])
