"""The processes of a cluster on this machine: started, killed if asked, started anew when dead, and ended together."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time

from tf1graphs import tutorial

# Longer than any start of TensorFlow takes; a cluster that makes no step for so long is ended.
PATIENCE_SECONDS = 600
MOST_STARTS = 6


def free_addresses(count):
    """Returns ``localhost:port`` for ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("localhost", 0))
        return ["localhost:%d" % each.getsockname()[1] for each in sockets]


def end_with(lifeline):
    """Ends this process when the other end of the pipe ``lifeline`` closes: the launcher is gone, even by SIGKILL."""

    def wait():
        os.read(lifeline, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


class Cluster(contextlib.AbstractContextManager):
    """Processes named ``job:task``; they end with the block.

    Args:
        command: what is run, but for ``--job JOB --task N --lifeline PIPE``.
        jobs: job -> the addresses of its tasks.
        servers: the jobs that serve until they are ended.
        folder: where the log of each process goes, ``job-task.log``.

    Attributes:
        killed_at: the time of ``kill`` in seconds, or None.
    """

    def __init__(self, command, jobs, servers, folder):
        self.killed_at = None
        self._command = command
        self._servers = servers
        self._folder = folder
        self._starts = {"%s:%d" % (job, task): 0 for job in jobs for task in range(len(jobs[job]))}
        self._processes = {}

    def __enter__(self):
        self._lifeline, self._held = os.pipe()
        for name in self._starts:
            self._start(name)
        return self

    def __exit__(self, *_):
        for process in self._processes.values():
            process.kill()
            process.wait()
        os.close(self._lifeline)
        os.close(self._held)

    def _log(self, name):
        return self._folder / (name.replace(":", "-") + ".log")

    def _start(self, name):
        if self._starts[name] == MOST_STARTS:
            tutorial.fail("%s has ended %d times; see %s" % (name, MOST_STARTS, self._log(name)))
        self._starts[name] += 1
        job, task = name.split(":")
        command = self._command + ["--job", job, "--task", task, "--lifeline", str(self._lifeline)]
        with open(str(self._log(name)), "a") as log:
            self._processes[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stderr=log, pass_fds=[self._lifeline]
            )

    def kill(self, name):
        """Kills a process, which has no chance to save anything; ``steps`` starts it anew."""
        self._processes[name].kill()
        self._processes[name].wait()
        self.killed_at = time.time()
        print("%s is killed" % name, file=sys.stderr)

    def _is_done(self):
        return all(p.poll() == 0 for name, p in self._processes.items() if not name.startswith(self._servers))

    def steps(self, last_step, victim, kill_at):
        """Starts dead processes anew until all workers have ended well; yields each step once that is made.

        Args:
            last_step: function that returns the last step of the training.
            victim: the process that is killed once, if the cluster has it.
            kill_at: the step after which it is.

        Raises:
            SystemExit: no step was made for ``PATIENCE_SECONDS``, or a process keeps ending.
        """
        seen, since = -1, time.time()
        while not self._is_done():
            time.sleep(0.02)
            for name, process in self._processes.items():
                if process.poll():
                    print("%s is started anew" % name, file=sys.stderr)
                    self._start(name)
            step = last_step()
            if step >= kill_at and victim in self._processes and not self.killed_at:
                self.kill(victim)
            if step > seen:
                yield from range(seen, step)
                seen, since = step, time.time()
            elif time.time() - since > PATIENCE_SECONDS:
                tutorial.fail("no step in %d seconds; see the logs in %s" % (PATIENCE_SECONDS, self._folder))
