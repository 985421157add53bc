"""The cache of prepared contexts stays small and keeps what is used."""

from wallet_app.crypto.bounded_cache import BoundedCache


def test_the_entry_used_longest_ago_is_forgotten() -> None:
    cache: BoundedCache[str, int] = BoundedCache(2)
    cache["a"], cache["b"] = 1, 2
    assert cache.get("a") == 1
    cache["c"] = 3
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)
    assert len(cache) == 2


def test_a_new_value_replaces_the_old_one() -> None:
    cache: BoundedCache[str, int] = BoundedCache(2)
    cache["a"] = 1
    cache["a"] = 2
    assert cache.get("a") == 2
    assert len(cache) == 1
