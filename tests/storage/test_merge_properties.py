"""Merging as properties: any interleaving converges, loses nothing and resurrects nothing.

``python3 dev.py campaign merge`` runs the same machine for longer.
"""

from hypothesis import HealthCheck, settings

from tests.storage.merge_machine import MergeMachine

TestMerging = MergeMachine.TestCase
TestMerging.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
