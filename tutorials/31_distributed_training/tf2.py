"""Distributed training in TensorFlow 2: the parameter-server and the multi-worker strategy, beside one machine."""

import json
import os
import sys

import cluster
import figure
import losses
import options

from tf1graphs import datasets, optimizers, tutorial
import tensorflow as tf

learning_rate = 0.1
n_hidden = 128
n_workers = 2


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.W1 = tf.Variable(tf.random.normal([784, n_hidden], stddev=0.05), name="W1")
        self.b1 = tf.Variable(tf.zeros([n_hidden]), name="b1")
        self.W2 = tf.Variable(tf.random.normal([n_hidden, 10], stddev=0.05), name="W2")
        self.b2 = tf.Variable(tf.zeros([10]), name="b2")
        self.global_step = tf.Variable(
            0,
            trainable=False,
            dtype=tf.int64,
            name="global_step",
            # Each replica has a copy of a variable; they all add 1 to theirs, and are to.
            aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
        )
        self.optimizer = optimizers.GradientDescent(self.trainable_variables, learning_rate)

    def __call__(self, x):
        return tf.nn.relu(x @ self.W1 + self.b1) @ self.W2 + self.b2

    def cost(self, x, y):
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=self(x)))

    def accuracy(self, x, y):
        is_correct = tf.equal(tf.argmax(self(x), axis=1), tf.argmax(y, axis=1))
        return tf.reduce_mean(tf.cast(is_correct, tf.float32))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    def step(self, x, y):
        """Takes one step with the mean of all replicas' gradients; returns this one's cost before it."""
        with tf.GradientTape() as tape:
            cost = self.cost(x, y)
        gradients = tape.gradient(cost, self.trainable_variables)
        self.optimizer.apply(tf.distribute.get_replica_context().all_reduce("MEAN", gradients))
        self.global_step.assign_add(1)
        return cost

    @tf.function
    def train(self, xs, ys):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            costs = costs.write(step, self.step(xs[step], ys[step]))
        return costs.stack()


def train_on_one_machine(args, mnist):
    folder = args.logdir / "one"
    folder.mkdir(exist_ok=True)
    write = losses.log_of(folder, 0)
    tf.random.set_seed(args.seed)
    model = Model()
    with tf.summary.create_file_writer(str(folder)).as_default():
        for start in tutorial.progress(range(0, args.steps, args.save_steps), "One machine"):
            steps = range(start, min(start + args.save_steps, args.steps))
            xs, ys = options.batches(mnist.train, steps)
            if start == 0:
                tf.summary.graph(model.train.get_concrete_function(xs, ys).graph)
            tf.summary.scalar("cost", model.cost(xs[0], ys[0]), start)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.name, variable, start)
            costs = model.train(xs, ys).numpy()
            for step, cost in zip(steps, costs):
                write(step, cost)
    tf.train.Checkpoint(model=model).save(str(folder / "model.ckpt"))
    accuracy = model.accuracy(mnist.test.images, mnist.test.labels)
    print("One machine: cost = {:.4f}, accuracy = {:.4f}".format(costs[-1], accuracy))


def run_task(args):
    """Is one process of the cluster: a server, which serves until it is ended, or one that trains."""
    if args.lifeline:
        cluster.end_with(args.lifeline)
    # The strategies read here who they are.
    os.environ["TF_CONFIG"] = json.dumps({"cluster": args.cluster, "task": {"type": args.job, "index": args.task}})
    if args.training == "async" and args.job != "chief":
        tf.distribute.Server(tf.train.ClusterSpec(args.cluster), job_name=args.job, task_index=args.task).join()
    mnist = datasets.mnist(args.data)
    tf.random.set_seed(args.seed)
    TRAIN[args.training](args, mnist, args.logdir / args.training)


def restore(model, folder):
    """Returns the manager of the model's checkpoints, after it has restored the last one, if there is one."""
    manager = tf.train.CheckpointManager(tf.train.Checkpoint(model=model), str(folder), max_to_keep=5)
    manager.restore_or_initialize()
    return manager


def train_as_coordinator(args, mnist, folder):
    """Hands out the steps to whichever worker is free; the variables are on the parameter server.

    A step of a worker that dies is given to another one. If the parameter server dies the variables are gone, and
    this process ends with ``UnavailableError``; started anew, it goes on from the checkpoint.
    """
    strategy = tf.distribute.ParameterServerStrategy(tf.distribute.cluster_resolver.TFConfigClusterResolver())
    with strategy.scope():
        model = Model()
    coordinator = tf.distribute.coordinator.ClusterCoordinator(strategy)
    workers = len(args.cluster["worker"])
    manager = restore(model, folder)
    write = losses.log_of(folder, args.task)
    train_step = tf.function(lambda x, y: strategy.run(model.step, args=(x, y)))
    for start in range(model.global_step.numpy(), args.steps, args.save_steps):
        steps = range(start, min(start + args.save_steps, args.steps))
        costs = []
        for step in steps:
            batch = options.batch(mnist.train, step, step % workers, workers)
            costs.append(coordinator.schedule(train_step, args=[tf.constant(array) for array in batch]))
        for step, cost in zip(steps, costs):
            write(step, cost.fetch())
        coordinator.join()
        manager.save()
    accuracy = model.accuracy(mnist.test.images, mnist.test.labels)
    print("async: accuracy = {:.4f}".format(accuracy), flush=True)


def train_as_replica(args, mnist, folder):
    """Takes each step together with the other workers, all of which have the same variables.

    If one of them dies this process ends with an error; when all are started anew they go on from the checkpoint.
    """
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    with strategy.scope():
        model = Model()
    workers = strategy.num_replicas_in_sync
    manager = restore(model, folder)
    write = losses.log_of(folder, args.task)
    train_step = tf.function(lambda x, y: strategy.run(model.step, args=(x, y)))
    for step in range(model.global_step.numpy(), args.steps):
        if args.task == 0 and step % args.save_steps == 0:
            manager.save()
        batch = options.batch(mnist.train, step, args.task, workers)
        write(step, train_step(*(tf.constant(array) for array in batch)))
    if args.task == 0:
        manager.save()
        accuracy = model.accuracy(mnist.test.images, mnist.test.labels)
        print("sync: accuracy = {:.4f}".format(accuracy), flush=True)


TRAIN = {"async": train_as_coordinator, "sync": train_as_replica}


def launch(args, training):
    """Starts a cluster on this machine and waits until it has trained; returns when a process of it was killed."""
    chief, ps, *workers = cluster.free_addresses(2 + n_workers)
    jobs = {"worker": workers}
    if training == "async":
        jobs = {"chief": [chief], "ps": [ps], "worker": workers}
    folder = args.logdir / training
    folder.mkdir(exist_ok=True)
    command = [sys.executable, __file__, *options.of_task(args, training, jobs)]
    servers = ("ps", "worker") if training == "async" else ()
    with cluster.Cluster(command, jobs, servers, folder) as processes:
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
