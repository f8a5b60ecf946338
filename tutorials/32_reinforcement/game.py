"""A raft on a river: logs come nearer row by row, each leaves one gap, and the raft has to be there in time."""

import numpy as np

LANES = 5
ROWS = 6
# A log is so many rows behind the one before it, and its gap at most as many lanes aside: it can be reached.
SPACING = 3
LOGS = 20
ACTIONS = ("left", "stay", "right")


class Game:
    """One game after another on a river with random logs.

    A step moves the raft by at most one lane, then all logs one row nearer. A log that passes gives a reward of 1 if
    the raft is in its gap and else ends the game; so does the last of the 20 logs. Banks only stop the raft.

    Args:
        random: a ``RandomState``, where the gaps come from.

    Attributes:
        lane: where the raft is, 0 to 4 from left to right.
        gaps: for each row, from the raft's own to the farthest, the lane of the gap in its log; -1 without a log.
        passed: how many logs are behind the raft.
        done: whether the game is over.
    """

    def __init__(self, random):
        self._random = random
        self.reset()

    def reset(self):
        """Starts a new game and returns its state."""
        self.lane = LANES // 2
        self.passed = 0
        self.done = False
        self._gap = LANES // 2
        self._made = 0
        self.gaps = [-1] * SPACING
        while len(self.gaps) <= ROWS:
            self.gaps.append(self._next_row())
        return self.state()

    def _next_row(self):
        row = self._made % SPACING
        self._made += 1
        if row:
            return -1
        reach = np.arange(max(0, self._gap - SPACING), min(LANES, self._gap + SPACING + 1))
        self._gap = int(self._random.choice(reach))
        return self._gap

    def river(self):
        """Returns [7, 5]: 1 where there is a log; row 0 is the raft's own."""
        cells = np.zeros((ROWS + 1, LANES), np.float32)
        for row, gap in enumerate(self.gaps):
            if gap >= 0:
                cells[row] = 1.0
                cells[row, gap] = 0.0
        return cells

    def state(self):
        """Returns what a player sees: float32 [35], the raft's lane one-hot and the six rows before it."""
        return np.concatenate([np.eye(LANES, dtype=np.float32)[self.lane], self.river()[1:].ravel()])

    def step(self, action):
        """Plays one step.

        Args:
            action: 0 left, 1 stay, 2 right.

        Returns:
            The new state, the reward and whether the game is over.

        Raises:
            ValueError: there is no such action, or the game is over.
        """
        if action not in range(len(ACTIONS)):
            raise ValueError("action %r: must be 0, 1 or 2" % (action,))
        if self.done:
            raise ValueError("the game is over; reset() starts a new one")
        self.lane = min(max(self.lane + int(action) - 1, 0), LANES - 1)
        self.gaps = self.gaps[1:] + [self._next_row()]
        gap = self.gaps[0]
        if gap < 0:
            return self.state(), 0.0, False
        if gap != self.lane:
            self.done = True
            return self.state(), 0.0, True
        self.passed += 1
        self.done = self.passed == LOGS
        return self.state(), 1.0, self.done


STATE_SIZE = LANES * (1 + ROWS)
