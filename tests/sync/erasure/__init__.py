"""Erasure on its way: stations, sticks, letters, restores, and a process that ends in between."""
