"""The options of both versions, and the batches that the workers share."""

import argparse
import json

import numpy as np

from tf1graphs import tutorial

batch_size = 100


def _cluster(text):
    try:
        return {job: [str(address) for address in addresses] for job, addresses in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError):
        raise argparse.ArgumentTypeError('must be JSON such as {"worker": ["host:2222"]}, not %r' % text) from None


def parse(options, arguments):
    """Returns the options: those of the launcher, and those that make the script one process of a cluster."""
    tutorial.add_data(options, "a directory with the four MNIST files")
    options.add_argument(
        "--kill",
        choices=["chief:0", "ps:0", "worker:0", "worker:1"],
        default="worker:1",
        help="killed in the middle of each cluster that has it; default: worker:1",
    )
    alone = options.add_argument_group("one process alone, as on several machines")
    alone.add_argument("--job", help="its job, such as ps or worker; by default the script starts all processes")
    alone.add_argument("--task", type=int, default=0, metavar="N", help="its number in the job; default: 0")
    alone.add_argument("--training", choices=["async", "sync"], default="async", help="default: async")
    alone.add_argument("--cluster", type=_cluster, help="the address of each task of each job, as JSON")
    alone.add_argument(
        "--lifeline", type=int, metavar="PIPE", help="file descriptor that closes when the process is to end"
    )
    args = tutorial.parse(options, arguments)
    if args.job and args.task not in range(len((args.cluster or {}).get(args.job, []))):
        options.error("argument --cluster: has no address for %s:%d" % (args.job, args.task))
    return args


def of_task(args, training, jobs):
    """Returns the command line of a process of the cluster with these addresses, but for its job and task."""
    line = ["--training", training, "--cluster", json.dumps(jobs), "--logdir", str(args.logdir)]
    line += ["--steps", str(args.steps), "--save-steps", str(args.save_steps), "--seed", str(args.seed)]
    return line + (["--data", str(args.data)] if args.data else [])


def batch(data, step, task=0, workers=1):
    """Returns what a worker reads of the images and labels of a step; all workers together read the joint batch."""
    rows = np.arange(step * batch_size + task, (step + 1) * batch_size, workers) % data.num_examples
    return data.images[rows], data.labels[rows]


def batches(data, steps):
    """Returns the joint batches of several steps: arrays of shape [steps, batch, ...]."""
    return tuple(np.stack(arrays) for arrays in zip(*(batch(data, step) for step in steps)))
