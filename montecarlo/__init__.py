"""Monte Carlo simulation of learning and of the energy that it costs."""
