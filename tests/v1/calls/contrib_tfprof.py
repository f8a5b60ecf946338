"""Small uses of ``tf.contrib.tfprof.ProfileContext``."""

import os
import tempfile

import numpy as np


def _step(tf):
    with tf.name_scope("layer"):
        x = tf.constant(np.sin(np.arange(6.0)).reshape(2, 3))
        return tf.reduce_sum(tf.matmul(x, tf.transpose(x), name="product"), name="total")


def _profiled(steps, commands=(), profile_at=(), **settings):
    """Returns what was dumped, the steps that were profiled and what was found of the product."""

    def call(tf):
        total, folder = _step(tf), os.path.join(tempfile.mkdtemp(), "profiles")
        options = tf.profiler.ProfileOptionBuilder(tf.profiler.ProfileOptionBuilder.time_and_memory())
        options = options.with_min_execution_time(0).with_min_memory(0).build()

        def run(session):
            with tf.contrib.tfprof.ProfileContext(folder, **settings) as context:
                for command in commands:
                    context.add_auto_profiling(command, options, profile_at)
                values = [session.run(total) for _ in range(steps)]
                profiles = {command: context.get_profiles(command) for command in commands}
                found = [sorted(profiles[command]) for command in commands]
                found += [_named(profiles[command][profile_at[-1]]) for command in commands]
            return [len(values), values[-1], _files(folder)] + found

        return run

    return call


def _files(folder):
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else "nothing"


def _named(profile):
    """Returns the names of the nodes of a profile, to the second level."""
    names = [child.name for child in profile.children]
    return sorted(names + [child.name for each in profile.children for child in each.children])


def _explicit(tf):
    total, folder = _step(tf), tempfile.mkdtemp()

    def run(session):
        with tf.contrib.tfprof.ProfileContext(folder, trace_steps=[], dump_steps=[]) as context:
            session.run(total)
            context.trace_next_step()
            context.dump_next_step()
            session.run(total)
            session.run(total)
            options = tf.profiler.ProfileOptionBuilder.time_and_memory()
            found = context.profiler.profile_operations(options=options)
        return [sorted(os.listdir(folder)), bool(found.total_exec_micros > 0)]

    return run


def _disabled(tf):
    total, folder = _step(tf), tempfile.mkdtemp()

    def run(session):
        with tf.contrib.tfprof.ProfileContext(folder, dump_steps=[0], enabled=False) as context:
            context.trace_next_step()
            context.dump_next_step()
            return [session.run(total), context.profiler, os.listdir(folder)]

    return run


def _restored(tf):
    """Sessions run as before when it is left."""
    before = tf.Session.run
    with tf.contrib.tfprof.ProfileContext(tempfile.mkdtemp()):
        within = tf.Session.run is before
    return [within, tf.Session.run is before]


def _nested(tf):
    with tf.contrib.tfprof.ProfileContext(tempfile.mkdtemp()), tf.contrib.tfprof.ProfileContext(tempfile.mkdtemp()):
        return "entered twice"


def _made(*arguments, **settings):
    return lambda tf: tf.contrib.tfprof.ProfileContext(*arguments, **settings)


def _not_run(tf):
    return tf.contrib.tfprof.ProfileContext("profiles").get_profiles("op")


CALLS = {
    "ProfileContext": _profiled(12, dump_steps=[11]),
    "ProfileContext dumps at its steps": _profiled(4, trace_steps=[1, 2], dump_steps=[2, 3]),
    "ProfileContext dumps nothing": _profiled(2),
    "ProfileContext in debug": _profiled(3, trace_steps=[1], dump_steps=[2], debug=True),
    "ProfileContext profiles scopes": _profiled(4, ["scope"], [1, 3], trace_steps=[0], dump_steps=[]),
    "ProfileContext profiles graphs and ops": _profiled(3, ["graph", "op"], [2], trace_steps=[], dump_steps=[]),
    "ProfileContext when asked": _explicit,
    "ProfileContext disabled": _disabled,
    "ProfileContext leaves sessions as they were": _restored,
    "ProfileContext refuses an unknown command": _profiled(2, ["no_such_command"], [1]),
    "ProfileContext refuses another within": _nested,
    "ProfileContext refuses no folder": _made(""),
    "ProfileContext refuses too many steps": _made("profiles", list(range(101))),
    "ProfileContext refuses a command that was not run": _not_run,
}
