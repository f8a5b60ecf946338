"""Reinforcement learning: a policy gradient and a deep Q-network learn to steer a raft through gaps."""

from types import SimpleNamespace

import figure
import game
import numpy as np
import playing

from tf1graphs import tutorial
import tf1graphs.v1 as tf

n_hidden = 64
policy_rate = 0.004
q_rate = 0.001
n_actions = len(game.ACTIONS)
# So many games are played with one policy before it is changed.
side_by_side = 16
batch_size = 32
memory_size = 5000
# The target network becomes the main network every so many steps.
update_every = 200


def network(scope, states, outputs, trainable=True):
    """A hidden layer and a linear one, with the variables of a scope."""

    def variable(name, shape, initializer):
        return tf.get_variable(name, shape, initializer=initializer, trainable=trainable)

    with tf.variable_scope(scope):
        W1 = variable("W1", [game.STATE_SIZE, n_hidden], tf.random_normal_initializer(stddev=0.2))
        b1 = variable("b1", [n_hidden], tf.zeros_initializer())
        W2 = variable("W2", [n_hidden, outputs], tf.random_normal_initializer(stddev=0.05))
        b2 = variable("b2", [outputs], tf.zeros_initializer())
    return tf.matmul(tf.nn.relu(tf.matmul(states, W1) + b1), W2) + b2


def build():
    S = tf.placeholder(tf.float32, [None, game.STATE_SIZE], name="S")
    A = tf.placeholder(tf.int32, [None], name="A")
    taken = tf.one_hot(A, n_actions)

    # The policy gradient: what went better than the baseline expected is made more probable.
    G = tf.placeholder(tf.float32, [None], name="G")
    logits = network("policy", S, n_actions)
    baseline = network("baseline", S, 1)[:, 0]
    log_probability = tf.reduce_sum(tf.nn.log_softmax(logits) * taken, axis=1)
    surprise = G - baseline
    policy_cost = tf.reduce_mean(tf.square(surprise) - log_probability * tf.stop_gradient(surprise))
    policy_vars = tf.trainable_variables()
    train_policy = tf.train.AdamOptimizer(policy_rate).minimize(policy_cost, var_list=policy_vars)

    # The deep Q-network: the value of an action is its reward and the best value after it.
    R = tf.placeholder(tf.float32, [None], name="R")
    S_next = tf.placeholder(tf.float32, [None, game.STATE_SIZE], name="S_next")
    done = tf.placeholder(tf.float32, [None], name="done")
    Q = network("main", S, n_actions)
    Q_next = network("target", S_next, n_actions, trainable=False)
    main_vars = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="main")
    target_vars = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="target")
    update_target = tf.group(*[tf.assign(target, main) for target, main in zip(target_vars, main_vars)])
    wanted = R + playing.discount * (1.0 - done) * tf.reduce_max(Q_next, axis=1)
    q_cost = tf.reduce_mean(tf.square(wanted - tf.reduce_sum(Q * taken, axis=1)))
    train_q = tf.train.AdamOptimizer(q_rate).minimize(q_cost, var_list=main_vars)

    return SimpleNamespace(
        S=S,
        A=A,
        G=G,
        R=R,
        S_next=S_next,
        done=done,
        probabilities=tf.nn.softmax(logits),
        Q=Q,
        policy_cost=policy_cost,
        q_cost=q_cost,
        train_policy=train_policy,
        train_q=train_q,
        update_target=update_target,
        policy_summaries=summaries("policy", policy_cost, policy_vars),
        q_summaries=summaries("q", q_cost, main_vars),
    )


def summaries(method, cost, variables):
    scalar = tf.summary.scalar(method + "_cost", cost)
    return tf.summary.merge([scalar] + [tf.summary.histogram(each.op.name, each) for each in variables])


def learn_policy(args, sess, graph, writer):
    """Plays games with the policy and changes it after each round; returns (steps played, score) of each game."""
    random = np.random.RandomState(args.seed)
    games = [game.Game(random) for _ in range(side_by_side)]
    scores, steps = [], 0

    def choose(states):
        return playing.draw(random, sess.run(graph.probabilities, {graph.S: states}))

    for round_ in tutorial.progress(range(args.rounds), "Policy gradient"):
        played = playing.play(games, choose)
        for states, _, rewards in played:
            steps += len(states)
            scores.append((steps, rewards.sum()))
        feed = {
            graph.S: np.concatenate([states for states, _, _ in played]),
            graph.A: np.concatenate([actions for _, actions, _ in played]),
            graph.G: np.concatenate([playing.returns(rewards) for _, _, rewards in played]),
        }
        _, cost_val = sess.run([graph.train_policy, graph.policy_cost], feed)
        if round_ % 10 == 0:
            writer.add_summary(sess.run(graph.policy_summaries, feed), round_)
            mean = np.mean([score for _, score in scores[-side_by_side:]])
            print("Policy gradient: steps = %d, cost = %.4f, logs passed = %.2f" % (steps, cost_val, mean))
    return scores


def learn_q(args, sess, graph, writer):
    """Plays step by step, at random less and less; returns (steps played, score) of each game."""
    random = np.random.RandomState(args.seed)
    raft, memory = game.Game(random), playing.Memory(memory_size, random)
    scores = []
    state = raft.reset()
    sess.run(graph.update_target)

    for step in tutorial.progress(range(args.steps), "Q-network"):
        if random.uniform() < max(0.05, 1.0 - step / (0.5 * args.steps)):
            action = random.randint(n_actions)
        else:
            action = np.argmax(sess.run(graph.Q, {graph.S: [state]})[0])
        next_state, reward, done = raft.step(action)
        memory.add(state, action, reward, next_state, done)
        state = next_state
        if done:
            scores.append((step, raft.passed))
            state = raft.reset()

        batch = memory.batch(batch_size)
        feed = dict(zip((graph.S, graph.A, graph.R, graph.S_next, graph.done), batch))
        _, cost_val = sess.run([graph.train_q, graph.q_cost], feed)
        if step % update_every == 0:
            sess.run(graph.update_target)
        if step % args.print_every == 0:
            writer.add_summary(sess.run(graph.q_summaries, feed), step)
            mean = np.mean([score for _, score in scores[-50:]] or [0])
            print("Q-network: steps = %d, cost = %.4f, logs passed = %.2f" % (step, cost_val, mean))
    return scores


def main(arguments=None):
    quick = {"rounds": 40, "steps": 120, "print_every": 20}
    options = tutorial.parser(__file__, __doc__, quick=quick, rounds=600, steps=15000, print_every=1000)
    args = tutorial.parse(options, arguments)
    tf.set_random_seed(args.seed)
    graph = build()
    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        curves = {
            "policy gradient": learn_policy(args, sess, graph, writer),
            "Q-network": learn_q(args, sess, graph, writer),
        }
        random = np.random.RandomState(args.seed)
        players = {
            "random": lambda states: random.randint(n_actions, size=len(states)),
            "policy gradient": lambda states: np.argmax(sess.run(graph.probabilities, {graph.S: states}), axis=1),
            "Q-network": lambda states: np.argmax(sess.run(graph.Q, {graph.S: states}), axis=1),
        }
        for name, choose in players.items():
            print("%s: logs passed = %.2f of %d" % (name, playing.mean_score(choose, args.seed), game.LOGS))
        figure.save(args.logdir / "picture.png", curves, playing.watch(players["Q-network"], args.seed))


if __name__ == "__main__":
    tutorial.run(main)
