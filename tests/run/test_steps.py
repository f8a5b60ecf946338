"""``--max-steps`` and ``--logdir`` work on any program that trains."""

from __future__ import annotations

TRAINS = """
import tensorflow as tf
x = tf.placeholder(tf.float32, [None])
w = tf.Variable(1.0, name='w')
loss = tf.reduce_mean(tf.square(w * x - 2.0 * x), name='loss')
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(100):
        _, value = sess.run([train, loss], {x: [1.0, 2.0]})
        sess.run(loss, {x: [1.0]})
        print(step, flush=True)
"""


def test_max_steps_counts_training_runs_only(legacy):
    done = legacy(TRAINS, options=("--max-steps", "3"))
    assert (done.stdout, done.returncode) == ("0\n1\n", 0)
    assert done.stderr == "tf1graphs: stopped after 3 training steps (--max-steps)\n"


def test_logdir_has_the_graph_and_every_fetched_scalar(legacy, tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    done = legacy(TRAINS, options=("--max-steps", "4", "--logdir", "events"))
    assert done.returncode == 0, done.stderr
    events = EventAccumulator(str(tmp_path / "events"))
    events.Reload()
    assert [event.step for event in events.Scalars("loss")] == [1, 2, 3, 4]
    assert events.Scalars("loss")[0].value == 2.5
    assert "w" in {node.name for node in events.Graph().node}


def test_number_of_steps_is_checked(legacy):
    done = legacy(TRAINS, options=("--max-steps", "0"))
    assert done.returncode == 2
    assert done.stderr.endswith("argument --max-steps: 0 is not a number of steps\n")
