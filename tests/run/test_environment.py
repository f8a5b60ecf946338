"""Around TensorFlow: names of Python and NumPy, flags, pickles, figures, data, printing, as they were in 2015-2019."""

from __future__ import annotations

import pickle

PYTHON_AND_NUMPY = """
import collections, inspect, time, fractions
import numpy as np
print([np.float32(0.5)], np.int(3), np.float(2), np.zeros(2, np.bool), np.array([1, 'a'], np.object).dtype)
print(collections.Mapping.__name__, inspect.getargspec(lambda a, b=1: a).args, fractions.gcd(12, 18), time.clock() > 0)
values = np.arange(3, dtype=np.uint8)
values.itemset(1, 9)
print(values.tostring(), values.ptp(), np.product([2, 3]), np.asscalar(np.array([4])))
np.save('objects.npy', np.array([{'a': 1}, None]))
print(np.load('objects.npy')[0], np.reshape(values, newshape=[3, 1]).shape)
"""


def test_names_of_python_and_numpy(legacy):
    done = legacy(PYTHON_AND_NUMPY)
    assert done.stdout.splitlines() == [
        "[0.5] 3 2.0 [False False] object",
        "Mapping ['a', 'b'] 6 True",
        "b'\\x00\\t\\x02' 9 6 4",
        "{'a': 1} (3, 1)",
    ], done.stderr


PILLOW = """
import matplotlib, numpy as np
from PIL import Image, ImageDraw, ImageFont
font = ImageFont.truetype(matplotlib.get_data_path() + '/fonts/ttf/DejaVuSans.ttf', 20)
draw = ImageDraw.Draw(Image.new('RGB', (99, 99)))
print(font.getsize('dog: 97%'), draw.textsize('dog', font), draw.textsize('dog\\ncats, 2', font=font))
print(draw.multiline_textsize('a\\nb', font, spacing=2), int(Image.ANTIALIAS), int(Image.LINEAR), int(Image.CUBIC))
print(Image.fromarray(np.arange(16, dtype=np.uint8).reshape(4, 4)).resize((2, 2), Image.ANTIALIAS).tobytes())
"""


def test_names_of_pillow(legacy):
    # What Pillow 9.5 printed beside TensorFlow 1.15.
    done = legacy(PILLOW)
    assert done.stdout.splitlines() == [
        "(95, 23) (38, 23) (67, 42)",
        "(13, 40) 1 2 3",
        "b'\\x03\\x04\\x0b\\x0c'",
    ], done.stderr


def test_arrays_of_one_element_are_numbers(legacy):
    done = legacy(
        "import math\nimport numpy as np\n"
        "print(int(np.searchsorted([.2, .9], np.array([.5]))), float(np.array([[0.25]])), complex(np.array([1j])))\n"
        "print(math.sqrt(np.array([4.])), '%d' % np.array([7]), int(np.array('3')), int(np.array([2.5])))\n"
        "try:\n    int(np.zeros(2))\nexcept TypeError:\n    print('two are no number')\n"
    )
    assert done.stdout.splitlines() == ["1 0.25 1j", "2.0 7 3 2", "two are no number"], done.stderr


def test_pickles_of_python_2(legacy, tmp_path):
    # What Python 2 wrote for {'data': '\xff'}: a byte string that is no ASCII.
    (tmp_path / "batch").write_bytes(b"(dp0\nS'data'\np1\nS'\\xff'\np2\ns.")
    done = legacy(
        "import pickle\n"
        "print(pickle.load(open('batch', 'rb')), pickle.loads(open('batch', 'rb').read()))\n"
        "try:\n    pickle.load(open('batch', 'rb'), encoding='ascii')\n"
        "except UnicodeDecodeError:\n    print('as asked')"
    )
    assert done.stdout == "{'data': 'ÿ'} {'data': 'ÿ'}\nas asked\n", done.stderr
    assert pickle.loads(b"I1\n.") == 1


def test_flags_that_clash_with_absl(legacy):
    done = legacy(
        "import tensorflow as tf\n"
        "flags = tf.app.flags\n"
        "flags.DEFINE_string('log_dir', '/tmp/logs', 'where')\n"
        "flags.DEFINE_integer('steps', 1e3, 'a float')\n"
        "flags.DEFINE_string('size', 5, 'a number')\n"
        "FLAGS = flags.FLAGS\n"
        "FLAGS._parse_flags()\n"
        "print(FLAGS.log_dir, FLAGS.steps, FLAGS.size)\n"
        "try:\n    flags.DEFINE_integer('bad', 'x', '')\nexcept Exception as error:\n    print(type(error).__name__)",
        "--log_dir=here",
    )
    assert done.stdout == "here 1000.0 5\nIllegalFlagValueError\n", done.stderr


def test_figures_are_saved_where_there_is_no_display(legacy, tmp_path):
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nplt.plot([2, 1])\nplt.show()\n"
    done = legacy(source)
    assert done.stderr.splitlines() == [
        f"tf1graphs: no display; figure saved as logs/train/figure_{number}.png" for number in (1, 2)
    ]
    legacy(source)
    assert sorted(file.name for file in tmp_path.glob("logs/train/*")) == [f"figure_{n}.png" for n in (1, 2, 3, 4)]


def test_mnist_says_where_it_comes_from(legacy):
    done = legacy(
        "from tensorflow.examples.tutorials.mnist import input_data\n"
        "mnist = input_data.read_data_sets('MNIST_data/', one_hot=True)\n"
        "images, labels = mnist.train.next_batch(50)\n"
        "print(images.shape, labels.shape, mnist.validation.num_examples, mnist.test.images.dtype, labels.dtype)"
    )
    assert done.stdout == "(50, 784) (50, 10) 125 float32 float64\n"
    assert "tf1graphs: MNIST_data/ has no MNIST; read from" in done.stderr
