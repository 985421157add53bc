"""What is indexed of a badge is bounded, whatever the badge says."""

from dataclasses import replace

from simulators.make_samples import SAMPLES
from simulators.world import World
from wallet_app.app.badge_views import index_of
from wallet_app.app.examine import examine


def test_a_badge_of_long_and_many_texts_is_indexed_in_a_few_of_their_words(world: World) -> None:
    (examined,) = examine(str(SAMPLES / "badges" / "02-accueil-mediation.json"), world.services)
    assert examined.credential is not None
    hostile = replace(
        examined.credential,
        name="n" * 100_000,
        issuer=replace(examined.credential.issuer, name="i" * 100_000),
        description="d" * 100_000,
        holder_name="h" * 100_000,
        achievement=replace(examined.credential.achievement, tags=("t" * 50_000,) * 1_000),
    )
    index = index_of(hostile, examined.report)
    assert (len(index.name), len(index.issuer), len(index.holder)) == (1_000,) * 3
    assert len(index.description) == 20_000
    assert len(index.tags) == 200
    assert {len(tag) for tag in index.tags} == {500}
    inside = tuple(replace(hostile, name=f"{at} " + "n" * 10_000) for at in range(10_000))
    index = index_of(replace(hostile, embedded=(*inside, examined.credential)), examined.report)
    assert sum(map(len, index.tags[200:])) == 20_000
    assert max(map(len, index.tags)) == 500
    short = tuple(replace(hostile, name=str(at)) for at in range(10_000))
    assert len(index_of(replace(hostile, embedded=short), examined.report).tags) == 1_200
    assert index_of(examined.credential, examined.report).name == examined.credential.name
