"""Distributed training: one parameter server and two workers, asynchronous and synchronous, beside one machine."""

import sys
import time
from types import SimpleNamespace

import cluster
import figure
import losses
import options

from tf1graphs import datasets, tutorial
import tf1graphs.v1 as tf

learning_rate = 0.1
n_hidden = 128
n_workers = 2


def build(batch=None, replicas=0):
    """The network.

    Args:
        batch: function from the global step to images and labels; without it they are fed.
        replicas: a step waits for the gradients of so many workers and takes their mean; with 0 for none but its own.
    """
    global_step = tf.train.get_or_create_global_step()
    step = tf.identity(global_step)
    if batch:
        X, Y = tf.py_func(batch, [step], [tf.float32, tf.float32])
        X.set_shape([None, 784])
        Y.set_shape([None, 10])
    else:
        X = tf.placeholder(tf.float32, [None, 784], name="X")
        Y = tf.placeholder(tf.float32, [None, 10], name="Y")

    W1 = tf.Variable(tf.random_normal([784, n_hidden], stddev=0.05), name="W1")
    b1 = tf.Variable(tf.zeros([n_hidden]), name="b1")
    W2 = tf.Variable(tf.random_normal([n_hidden, 10], stddev=0.05), name="W2")
    b2 = tf.Variable(tf.zeros([10]), name="b2")
    model = tf.matmul(tf.nn.relu(tf.matmul(X, W1) + b1), W2) + b2

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    optimizer = tf.train.GradientDescentOptimizer(learning_rate)
    if replicas:
        optimizer = tf.train.SyncReplicasOptimizer(optimizer, replicas_to_aggregate=replicas)
    train_op = optimizer.minimize(cost, global_step=global_step)

    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("cost", cost)
    for variable in (W1, b1, W2, b2):
        tf.summary.histogram(variable.op.name, variable)
    return SimpleNamespace(
        X=X,
        Y=Y,
        model=model,
        cost=cost,
        global_step=global_step,
        step=step,
        optimizer=optimizer,
        train_op=train_op,
        accuracy=accuracy,
        merged=tf.summary.merge_all(),
    )


def train_on_one_machine(args, mnist):
    folder = args.logdir / "one"
    folder.mkdir(exist_ok=True)
    write = losses.log_of(folder, 0)
    tf.set_random_seed(args.seed)
    graph = build()
    with tf.Session() as sess, tf.summary.FileWriter(str(folder), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        for step in tutorial.progress(range(args.steps), "One machine"):
            batch_xs, batch_ys = options.batch(mnist.train, step)
            feed = {graph.X: batch_xs, graph.Y: batch_ys}
            if step % args.save_steps == 0:
                writer.add_summary(sess.run(graph.merged, feed), step)
            _, cost_val = sess.run([graph.train_op, graph.cost], feed)
            write(step, cost_val)
        tf.train.Saver().save(sess, str(folder / "model.ckpt"), graph.global_step)
        accuracy = sess.run(graph.accuracy, {graph.X: mnist.test.images, graph.Y: mnist.test.labels})
    print("One machine: cost = {:.4f}, accuracy = {:.4f}".format(cost_val, accuracy))


def run_task(args):
    """Is one process of the cluster: a parameter server, which serves until it is ended, or a worker."""
    if args.lifeline:
        cluster.end_with(args.lifeline)
    spec = tf.train.ClusterSpec(args.cluster)
    # A worker talks to the parameter server alone, so that it need not wait for another worker that is dead.
    config = tf.ConfigProto(device_filters=["/job:ps", "/job:worker/task:%d" % args.task])
    server = tf.train.Server(spec, job_name=args.job, task_index=args.task, config=config)
    if args.job == "ps":
        server.join()
    mnist = datasets.mnist(args.data)
    while True:
        try:
            train_as_worker(args, spec, server.target, config, mnist)
            return
        except tf.errors.DeadlineExceededError:
            time.sleep(0.2)


def train_as_worker(args, spec, target, config, mnist):
    """Trains until the global step, which all workers count together, is ``args.steps``.

    Raises:
        DeadlineExceededError: the chief has not yet initialized or restored the variables.
    """
    is_chief = args.task == 0
    is_sync = args.training == "sync"
    workers = spec.num_tasks("worker")
    folder = args.logdir / args.training
    write = losses.log_of(folder, args.task)
    device = tf.train.replica_device_setter(cluster=spec, worker_device="/job:worker/task:%d" % args.task)
    with tf.Graph().as_default(), tf.device(device):
        tf.set_random_seed(args.seed)
        # A fed batch would be fed again after a recovery, to another step; this one is always that of the step.
        graph = build(
            lambda step: options.batch(mnist.train, step, args.task, workers), replicas=workers if is_sync else 0
        )
        # Without spare tokens a worker cannot give two gradients to one step.
        hooks = [graph.optimizer.make_session_run_hook(is_chief, num_tokens=0)] if is_sync else []
        with tf.train.MonitoredTrainingSession(
            target,
            is_chief,
            str(folder),
            hooks=hooks,
            save_checkpoint_steps=args.save_steps,
            save_summaries_steps=args.save_steps,
            log_step_count_steps=None,
            config=config,
            # The thread that collects gradients waits for ever after the last step.
            stop_grace_period_secs=1,
            # A worker that waits by itself looks again after 30 seconds only.
            max_wait_secs=1,
        ) as sess:
            while sess.run(graph.global_step) < args.steps:
                _, cost_val, step = sess.run([graph.train_op, graph.cost, graph.step])
                write(step, cost_val)
            if is_chief:
                accuracy = sess.run(graph.accuracy, {graph.X: mnist.test.images, graph.Y: mnist.test.labels})
                print("{}: accuracy = {:.4f}".format(args.training, accuracy), flush=True)


def launch(args, training):
    """Starts a cluster on this machine and waits until it has trained; returns when a process of it was killed."""
    ps, *workers = cluster.free_addresses(1 + n_workers)
    jobs = {"ps": [ps], "worker": workers}
    folder = args.logdir / training
    folder.mkdir(exist_ok=True)
    command = [sys.executable, __file__] + options.of_task(args, training, jobs)
    with cluster.Cluster(command, jobs, ("ps",), folder) as processes:
        steps = processes.steps(lambda: losses.last_step(folder), args.kill, args.steps // 2)
        for _ in tutorial.progress(steps, training, total=args.steps):
            pass
    return processes.killed_at


def main(arguments=None):
    quick = {"steps": 110, "save_steps": 20}
    parser = tutorial.parser(__file__, __doc__, quick=quick, steps=600, save_steps=50)
    args = options.parse(parser, arguments)
    if args.job:
        run_task(args)
        return
    train_on_one_machine(args, datasets.mnist(args.data))
    killed = {training: launch(args, training) for training in ("async", "sync")}
    figure.save(args.logdir, killed)


if __name__ == "__main__":
    tutorial.run(main)
