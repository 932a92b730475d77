"""Updates fields deep in one value, in place."""


def main():
    state = {"name": "run", "groups": [{"count": 0, "sum": 0} for _ in range(16)], "total": 0}
    for _ in range(2):
        for i in range(1000000):
            g = i % 16
            state["groups"][g]["count"] += 1
            state["groups"][g]["sum"] += i
            state["total"] += 1
    g = state["groups"][5]
    assert state["total"] == 2000000 and g["count"] == 125000 and g["sum"] == 62499625000, g


main()
print("ok")
