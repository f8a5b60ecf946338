"""When to stop: the cost on the validation set has not fallen for so many epochs."""


class EarlyStopping:
    """Watches the validation cost of each epoch.

    Attributes:
        best_epoch: the epoch with the least cost so far; 0 before the first.
    """

    def __init__(self, patience):
        self._patience = patience
        self._best_cost = float("inf")
        self._epoch = 0
        self.best_epoch = 0

    def is_best(self, cost):
        """Takes the cost of the next epoch; returns whether it is less than all before."""
        self._epoch += 1
        if not cost < self._best_cost:
            return False
        self._best_cost, self.best_epoch = cost, self._epoch
        return True

    def is_over(self):
        """Returns whether patience is at an end: the last ``patience`` epochs have not been better."""
        return self._epoch - self.best_epoch >= self._patience
