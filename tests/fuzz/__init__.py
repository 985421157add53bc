"""Hostile bytes for every parser and for the whole way in: no crash, no standstill, no flood."""
