"""What Schemathesis is told of Slipway: names that are there, what a 503 must say, and what was answered, counted."""

import atexit
import json
import os
import zlib
from collections import Counter

import schemathesis

# By the path of a list: names of what is in it.
KNOWN = json.loads(os.environ.get("SLIPWAY_KNOWN", "{}"))
ANSWERED = os.environ.get("SLIPWAY_ANSWERED")
LONGEST_POLL_SECONDS = 1
PEOPLE = {"person", "people", "owner", "author", "deployer", "requester", "members", "to"}
answered = Counter()


def known(path, given):
    """Something that is there, for one of two values; which one depends on the value alone, so that a seed repeats it."""
    names = KNOWN.get(path, [])
    chance = zlib.crc32(str(given).encode())
    return names[chance // 2 % len(names)] if names and chance % 2 == 0 else given


def with_known(name, value):
    """The same with known names in it: `service` is in /v1/services, an `owner` in /v1/people."""
    if isinstance(value, dict):
        return {key: with_known(key, item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_known(name, item) for item in value]
    plural = "people" if name in PEOPLE else name.removesuffix("s") + "s"
    return known("/v1/" + plural, value) if isinstance(value, str) else value


@schemathesis.hook
def before_call(context, case, kwargs):
    for name, given in (case.path_parameters or {}).items():
        case.path_parameters[name] = known(case.path.split("/{" + name + "}")[0], given)
    for name, given in (case.query or {}).items():
        case.query[name] = with_known(name, given)
        if name == "waitSeconds" and str(given).isdigit():
            case.query[name] = min(int(given), LONGEST_POLL_SECONDS)
    if isinstance(case.body, dict):
        case.body = with_known("", case.body)


@schemathesis.hook
def after_call(context, case, response):
    answered[str(response.status_code)] += 1


@schemathesis.serializer("application/x-ndjson")
def json_lines(context, value):
    """Rows of an import, one a line; what is no row goes as it is."""
    if isinstance(value, bytes):
        return {"data": value}
    rows = value if isinstance(value, list) else [value]
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return {"data": "\n".join(lines).encode("utf-8", "replace")}


@schemathesis.deserializer("text/markdown", "text/csv", "text/html")
def text(context, response):
    return response.content.decode()


@schemathesis.check
def not_a_fault(ctx, response, case):
    """No 5xx but a 503 that says when to come again."""
    if response.status_code < 500:
        return
    media_type = response.headers.get("content-type", [""])[0]
    says_when = response.headers.get("retry-after", [""])[0].isdigit()
    if response.status_code == 503 and says_when and media_type.split(";")[0].endswith("+json"):
        return
    raise AssertionError(f"{response.status_code} {response.text[:500]}")


def keep_count():
    with open(ANSWERED, "w", encoding="utf-8") as file:
        json.dump(answered, file)


if ANSWERED:
    atexit.register(keep_count)
