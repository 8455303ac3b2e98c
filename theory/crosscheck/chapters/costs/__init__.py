"""What plasticity costs."""
