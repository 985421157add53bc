from wallet_app.app.key_cost import measured_cost
from wallet_app.crypto.kdf import KdfCost


def test_the_shorter_of_two_measured_times_decides() -> None:
    times = iter([0.0, 0.9, 1.0, 1.3])
    assert measured_cost(lambda: next(times)) == KdfCost(3, 128 * 1024, 4)
