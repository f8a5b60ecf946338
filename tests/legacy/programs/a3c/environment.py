import numpy as np


class GridWorld(object):
    """A walk from a corner of a small grid to the goal in the other; every step costs, a wall costs more."""

    size, limit = 4, 20
    moves = [(-1, 0), (1, 0), (0, -1), (0, 1)]

    def __init__(self, seed):
        self.rng = np.random.RandomState(seed)
        self.reset()

    def reset(self):
        self.place, self.steps = [0, int(self.rng.randint(self.size))], 0
        return self.state()

    def state(self):
        board = np.zeros((self.size, self.size), np.float32)
        board[tuple(self.place)] = 1
        return board.ravel()

    def step(self, action):
        self.steps += 1
        moved = [p + d for p, d in zip(self.place, self.moves[action])]
        reward = -0.05
        if all(0 <= p < self.size for p in moved):
            self.place = moved
        else:
            reward = -0.2
        if self.place == [self.size - 1, self.size - 1]:
            return self.state(), 1.0, True
        return self.state(), reward, self.steps >= self.limit
