"""One safe's surroundings in the test world: a clock that a test moves, and a web in memory."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from simulators.web import NOW, WebSimulator
from wallet_app.app.services import Services

__all__ = ["Clock", "World"]


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class World:
    """A clock, a web, and the services that see both."""

    clock: Clock = field(default_factory=Clock)
    web: WebSimulator = field(default_factory=WebSimulator)

    def pass_time(self, time: timedelta) -> None:
        """Move the clock; what answers from then on is stamped with the new time."""
        self.clock.now += time
        self.web.now = self.clock.now
        for url in self.web.urls():
            self.web.change(url, fetched_at=self.clock.now)

    @property
    def services(self) -> Services:
        return Services(self.clock, self.web)
