from fastapi.testclient import TestClient

from workshop.app import app

client = TestClient(app)


def test_status_says_which_commit_answers():
    answer = client.get("/v2/status")
    assert answer.status_code == 200
    assert answer.json()["state"] == "up"
    assert answer.json()["build"] == {"commit": "unknown"}


def test_a_booking_is_listed():
    booking = {"bicycle": "Brompton", "day": "2026-05-04", "note": "brakes"}
    assert client.post("/v2/bookings", json=booking).status_code == 201
    listed = client.get("/v2/bookings", headers={"X-Workshop": "north"}).json()
    assert booking in listed


def test_bookings_belong_to_a_workshop():
    assert client.get("/v2/bookings").status_code == 400
