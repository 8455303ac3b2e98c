"""Networks on digits."""
