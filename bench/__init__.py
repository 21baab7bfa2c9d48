"""Measured comparisons with peers, each ratio from one run on one machine."""
