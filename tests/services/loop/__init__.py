"""Tests of orders, contacts, services and what goes round."""
