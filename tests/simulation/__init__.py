"""Deterministic simulation of travelling: real stations and a real district server in one process under a seed."""
