"""Counts the words of a text of 800,000 words, and ranks them."""


def main():
    stems = "time year people way day man thing woman life child world school state family".split(" ")
    endings = "s ed ing er ness less ful ly ish ward wise hood dom ship".split(" ")
    words = []
    x = 42
    for _ in range(4000):
        x = x * 16807 % 2147483647
        words.append(stems[x % len(stems)] + endings[x // 64 % len(endings)])
    text = (" ".join(words) + "\n") * 200

    counts = {}
    for line in text.splitlines():
        for word in line.split(" "):
            counts[word] = counts.get(word, 0) + 1
    ranking = [{"word": word, "count": count} for word, count in counts.items()]
    ranking.sort(key=lambda entry: entry["count"], reverse=True)
    top = ranking[0]["count"]
    assert len(ranking) == 196 and top == 6600 and sum(counts.values()) == 800000, (len(ranking), top)


main()
print("ok")
