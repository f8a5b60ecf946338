"""``tf.contrib.recurrent``: recurrent computations of any structure of tensors, with gradients of one's own."""

from tf1graphs.v1.contrib.recurrent._functional_rnn import bidirectional_functional_rnn, functional_rnn
from tf1graphs.v1.contrib.recurrent._recurrent import Recurrent

__all__ = ["Recurrent", "bidirectional_functional_rnn", "functional_rnn"]
