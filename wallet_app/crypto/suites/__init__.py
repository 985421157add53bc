"""The Data Integrity cryptosuites, one job per module; ``data_integrity`` is the door."""
