"""Travelling: joining the district, sending and receiving, granting a case, keys of colleagues, what differs."""
