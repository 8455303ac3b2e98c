"""Masks, subnets and competition."""
