"""Synthetic data for measuring."""
