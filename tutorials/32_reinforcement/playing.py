"""What both methods share besides the game: playing, what is remembered, and what is to come of a reward."""

import game
import numpy as np

discount = 0.9
test_games = 100
n_frames = 8


def play(games, choose):
    """Plays games side by side, each to its end.

    Args:
        games: list of games.
        choose: function from the states [n, 35] of those that are not over to their actions [n].

    Returns:
        For each game its states [steps, 35], actions [steps] and rewards [steps].
    """
    states = [game.reset() for game in games]
    steps = [[] for _ in games]
    running = list(range(len(games)))
    while running:
        actions = choose(np.stack([states[i] for i in running]))
        for i, action in zip(running, actions):
            before = states[i]
            states[i], reward, _ = games[i].step(action)
            steps[i].append((before, action, reward))
        running = [i for i in running if not games[i].done]
    return [_columns(played, (np.float32, np.int32, np.float32)) for played in steps]


def _columns(rows, types):
    return tuple(np.array(column, dtype) for column, dtype in zip(zip(*rows), types))


def returns(rewards):
    """Returns the discounted sum of the rewards from each step on, float32 [steps]."""
    found = np.zeros(len(rewards), np.float32)
    to_come = 0.0
    for step in reversed(range(len(rewards))):
        to_come = rewards[step] + discount * to_come
        found[step] = to_come
    return found


def draw(random, probabilities):
    """Draws an action for each row of ``probabilities`` [n, 3]."""
    return (random.uniform(size=(len(probabilities), 1)) > probabilities.cumsum(axis=1)[:, :-1]).sum(axis=1)


class Memory:
    """The last steps that were played, of which batches are drawn: replay memory.

    Args:
        size: how many steps it keeps.
        random: a ``RandomState``.
    """

    def __init__(self, size, random):
        self._size = size
        self._random = random
        self._steps = []
        self._next = 0

    def __len__(self):
        return len(self._steps)

    def add(self, state, action, reward, next_state, done):
        """Remembers a step in place of the oldest one."""
        step = (state, action, reward, next_state, float(done))
        if len(self) < self._size:
            self._steps.append(step)
        else:
            self._steps[self._next] = step
        self._next = (self._next + 1) % self._size

    def batch(self, count):
        """Returns states, actions, rewards, next states and whether the game was over, of ``count`` steps."""
        rows = [self._steps[i] for i in self._random.randint(len(self), size=count)]
        return _columns(rows, (np.float32, np.int32, np.float32, np.float32, np.float32))


def mean_score(choose, seed):
    """Returns how many logs a player passes in the mean of 100 games, which are the same for all players."""
    games = [game.Game(np.random.RandomState(seed + i)) for i in range(test_games)]
    play(games, choose)
    return np.mean([each.passed for each in games])


def watch(choose, seed):
    """Returns the first rivers and lanes of a game, for the figure."""
    raft = game.Game(np.random.RandomState(seed))
    frames = []
    while len(frames) < n_frames and not raft.done:
        frames.append((raft.river(), raft.lane))
        raft.step(choose(raft.state()[np.newaxis])[0])
    return frames
