from streams.broker.server import new_cluster_id


def test_a_cluster_id_never_looks_like_an_option() -> None:
    """One in 64 would, and the broker would not start."""
    made = {new_cluster_id() for _ in range(2000)}
    assert len(made) == 2000
    assert not [identity for identity in made if identity.startswith("-") or len(identity) != 22]
