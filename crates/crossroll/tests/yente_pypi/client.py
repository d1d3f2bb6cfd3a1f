"""Asks a server as programs do that use yente-client of PyPI, unchanged. ADDRESS is its first argument."""

import sys

from yente_client import Client, Company, Person
from yente_client.exceptions import APIError

with Client(base_url=f"http://{sys.argv[1]}", api_key="not needed") as client:
    assert client.healthz().status == "ok"
    assert client.readyz().status == "ok"
    for _ in range(2):  # The second time the server says that nothing changed.
        names = [dataset.name for dataset in client.datasets().datasets]
        assert names == ["probes", "own"], names
    algorithms = client.algorithms()
    assert algorithms.best == "crossroll" and len(algorithms.algorithms) > 3, algorithms
    assert algorithms.algorithms[0].name == "crossroll"

    maro = Person(name="Maro Testanov", birth_date="1965-02-03", country="ru")
    answer = client.match(maro, datasets=["probes"])
    assert answer.top is not None and answer.top.id == "pr-1", answer
    assert answer.top.match and answer.top.contributing_explanations
    assert answer.query["properties"]["country"] == ["ru"], answer.query
    assert not client.match(maro, datasets=["probes"], exclude_entities=["pr-1"]).results
    assert not client.match(maro, datasets=["own"]).results
    people = ((str(n), maro) for n in range(40))
    streamed = dict(client.match_iter(people, workers=4, datasets=["default"]))
    assert len(streamed) == 40 and all(one.top.id == "pr-1" for one in streamed.values())
    assert client.match(Company(name="Sample Mills"), datasets=["probes"]).top.id == "co-1"

    found = client.search("maro testanov", datasets=["probes"], facets=["schema", "topics"])
    assert found.total.value == 1 and found.results[0].id == "pr-1", found
    assert found.facets["schema"].values[0].label == "People", found.facets

    entity = client.fetch("pr-1")
    payments = entity.properties["paymentPayer"]
    assert {payment.id for payment in payments} == {"pay-1", "pay-2"}, payments
    assert client.fetch("old-pr-1").id == "pr-1"
    around = client.adjacent("pr-1")
    assert around.adjacent["addressEntity"].total.value == 2, around
    page = client.adjacent("pr-1", prop="addressEntity", limit=1)
    assert [entity.id for entity in page.results] == ["ad-1"], page

    for wrong, status in [
        (lambda: client.fetch("nobody"), 404),
        (lambda: client.match(maro, datasets=["nowhere"]), 404),
        (lambda: client.match(maro, datasets=["probes"], algorithm="neural-net"), 400),
    ]:
        try:
            wrong()
        except APIError as error:
            assert error.status_code == status, error
        else:
            raise AssertionError(status)
print("ok")
