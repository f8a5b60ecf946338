"""``contrib.timeseries.state_space_models``: linear state space models, and what they are made of."""
