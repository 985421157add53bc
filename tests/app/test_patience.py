from wallet_app.app.patience import Patience


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_wait_grows_with_each_wrong_try_and_ends_with_a_right_one() -> None:
    clock = Clock()
    patience = Patience(clock)
    waits = [patience.failed() for _ in range(9)]
    assert waits == [0, 0, 1, 2, 4, 8, 16, 30, 30]
    assert patience.remaining_s() == 30
    clock.now += 29.5
    assert patience.remaining_s() == 0.5
    clock.now += 1
    assert patience.remaining_s() == 0
    patience.succeeded()
    assert patience.failed() == 0
