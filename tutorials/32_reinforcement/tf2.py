"""Reinforcement learning in TensorFlow 2: the same two methods; networks are objects, a training step a function."""

import figure
import game
import numpy as np
import playing

from tf1graphs import optimizers, tutorial
import tensorflow as tf

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


# A number of games or steps that may differ from call to call.
STATES = tf.TensorSpec([None, game.STATE_SIZE], tf.float32)
ACTIONS = tf.TensorSpec([None], tf.int32)
RETURNS = tf.TensorSpec([None], tf.float32)


class Network(tf.Module):
    """A hidden layer and a linear one."""

    def __init__(self, scope, outputs, trainable=True):
        super().__init__()

        def variable(name, value):
            return tf.Variable(value, trainable=trainable, name=f"{scope}/{name}")

        self.W1 = variable("W1", tf.random.normal([game.STATE_SIZE, n_hidden], stddev=0.2))
        self.b1 = variable("b1", tf.zeros([n_hidden]))
        self.W2 = variable("W2", tf.random.normal([n_hidden, outputs], stddev=0.05))
        self.b2 = variable("b2", tf.zeros([outputs]))

    def __call__(self, states):
        return tf.nn.relu(states @ self.W1 + self.b1) @ self.W2 + self.b2


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.policy = Network("policy", n_actions)
        self.baseline = Network("baseline", 1)
        self.policy_vars = [*self.policy.trainable_variables, *self.baseline.trainable_variables]
        self.policy_optimizer = optimizers.Adam(self.policy_vars, policy_rate)

        self.main = Network("main", n_actions)
        self.target = Network("target", n_actions, trainable=False)
        self.q_optimizer = optimizers.Adam(self.main.trainable_variables, q_rate)

    @tf.function(input_signature=[STATES])
    def __call__(self, states):
        return self.main(states)

    @tf.function(input_signature=[STATES])
    def probabilities(self, states):
        return tf.nn.softmax(self.policy(states))

    def policy_cost(self, states, actions, returns):
        # What went better than the baseline expected is made more probable.
        surprise = returns - self.baseline(states)[:, 0]
        log_probability = tf.reduce_sum(tf.nn.log_softmax(self.policy(states)) * tf.one_hot(actions, n_actions), axis=1)
        return tf.reduce_mean(tf.square(surprise) - log_probability * tf.stop_gradient(surprise))

    def q_cost(self, states, actions, rewards, next_states, done):
        # The value of an action is its reward and the best value after it.
        best = tf.reduce_max(self.target(next_states), axis=1)
        wanted = rewards + playing.discount * (1.0 - done) * best
        value = tf.reduce_sum(self.main(states) * tf.one_hot(actions, n_actions), axis=1)
        return tf.reduce_mean(tf.square(wanted - value))

    def update_target(self):
        for target, main in zip(self.target.variables, self.main.variables, strict=True):
            target.assign(main)

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    @tf.function(input_signature=[STATES, ACTIONS, RETURNS])
    def train_policy(self, states, actions, returns):
        """Takes one step; returns the cost before it."""
        with tf.GradientTape() as tape:
            cost = self.policy_cost(states, actions, returns)
        self.policy_optimizer.apply(tape.gradient(cost, self.policy_vars))
        return cost

    @tf.function
    def train_q(self, states, actions, rewards, next_states, done):
        """Takes one step; returns the cost before it."""
        with tf.GradientTape() as tape:
            cost = self.q_cost(states, actions, rewards, next_states, done)
        self.q_optimizer.apply(tape.gradient(cost, self.main.trainable_variables))
        return cost


def summarize(method, cost, variables, step):
    tf.summary.scalar(method + "_cost", cost, step)
    for each in variables:
        tf.summary.histogram(each.name, each, step)


def learn_policy(args, model):
    """Plays games with the policy and changes it after each round; returns (steps played, score) of each game."""
    random = np.random.RandomState(args.seed)
    games = [game.Game(random) for _ in range(side_by_side)]
    scores, steps = [], 0

    def choose(states):
        return playing.draw(random, model.probabilities(tf.constant(states)).numpy())

    for round_ in tutorial.progress(range(args.rounds), "Policy gradient"):
        played = playing.play(games, choose)
        for states, _, rewards in played:
            steps += len(states)
            scores.append((steps, rewards.sum()))
        batch = (
            tf.constant(np.concatenate([states for states, _, _ in played])),
            tf.constant(np.concatenate([actions for _, actions, _ in played])),
            tf.constant(np.concatenate([playing.returns(rewards) for _, _, rewards in played])),
        )
        cost = model.train_policy(*batch).numpy()
        if round_ % 10 == 0:
            summarize("policy", model.policy_cost(*batch), model.policy_vars, round_)
            mean = np.mean([score for _, score in scores[-side_by_side:]])
            print("Policy gradient: steps = %d, cost = %.4f, logs passed = %.2f" % (steps, cost, mean))
    return scores


def learn_q(args, model):
    """Plays step by step, at random less and less; returns (steps played, score) of each game."""
    random = np.random.RandomState(args.seed)
    raft, memory = game.Game(random), playing.Memory(memory_size, random)
    scores = []
    state = raft.reset()
    model.update_target()

    for step in tutorial.progress(range(args.steps), "Q-network"):
        if random.uniform() < max(0.05, 1.0 - step / (0.5 * args.steps)):
            action = random.randint(n_actions)
        else:
            action = np.argmax(model(tf.constant([state])).numpy()[0])
        next_state, reward, done = raft.step(action)
        memory.add(state, action, reward, next_state, done)
        state = next_state
        if done:
            scores.append((step, raft.passed))
            state = raft.reset()

        batch = [tf.constant(array) for array in memory.batch(batch_size)]
        cost = model.train_q(*batch).numpy()
        if step % update_every == 0:
            model.update_target()
        if step == 0:
            tf.summary.graph(model.train_q.get_concrete_function(*batch).graph)
        if step % args.print_every == 0:
            summarize("q", model.q_cost(*batch), model.main.trainable_variables, step)
            mean = np.mean([score for _, score in scores[-50:]] or [0])
            print("Q-network: steps = %d, cost = %.4f, logs passed = %.2f" % (step, cost, mean))
    return scores


def main(arguments=None):
    quick = {"rounds": 40, "steps": 120, "print_every": 20}
    options = tutorial.parser(__file__, __doc__, quick=quick, rounds=600, steps=15000, print_every=1000)
    args = tutorial.parse(options, arguments)
    tf.random.set_seed(args.seed)
    model = Model()
    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        curves = {"policy gradient": learn_policy(args, model), "Q-network": learn_q(args, model)}
    random = np.random.RandomState(args.seed)
    players = {
        "random": lambda states: random.randint(n_actions, size=len(states)),
        "policy gradient": lambda states: np.argmax(model.probabilities(tf.constant(states)), axis=1),
        "Q-network": lambda states: np.argmax(model(tf.constant(states)), axis=1),
    }
    for name, choose in players.items():
        print("%s: logs passed = %.2f of %d" % (name, playing.mean_score(choose, args.seed), game.LOGS))
    figure.save(args.logdir / "picture.png", curves, playing.watch(players["Q-network"], args.seed))


if __name__ == "__main__":
    tutorial.run(main)
