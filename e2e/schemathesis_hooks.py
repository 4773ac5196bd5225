"""What the document can't say about a request, and Schemathesis therefore can't know."""

import os
import re
import uuid

import schemathesis
from schemathesis.specs.openapi.checks import (
    RejectedPositiveData,
    positive_data_acceptance,
)

# The example in the document.
IDEMPOTENCY_KEY = "order-4711"


# Ids and names of the collections whose types the document has, and the id of the project that they are
# in: to change them is to change it.
KEPT = set(filter(None, os.environ.get("CMS_E2E_KEEP", "").split(",")))
OTHER = "articles"
OTHER_PROJECT = "proj_01kaj5cz5rf4q9t2jw2hq5m8e3"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Keeps what one request may do to another, and to the document, out of the run."""
    changes = case.operation.path.endswith("/collections/{collection}") and case.method != "GET"
    if changes and case.path_parameters.get("collection") in KEPT:
        case.path_parameters["collection"] = OTHER
    changes = re.search(r"/projects/\{id\}", case.operation.path) and case.method != "GET"
    if changes and case.path_parameters.get("id") in KEPT:
        case.path_parameters["id"] = OTHER_PROJECT
    headers = case.headers
    if headers is None:
        return
    # Any project but the caller's own is a 404, before anything else is looked at.
    headers.pop("X-Project-Id", None)
    # A key is for one request alone.
    if headers.get("Idempotency-Key") == IDEMPOTENCY_KEY:
        headers["Idempotency-Key"] = str(uuid.uuid4())
    # An ETag that was never given out is refused with 412, whatever else the request says.
    if "If-Match" in headers:
        headers["If-Match"] = "*"


@schemathesis.serializer("application/x-ndjson")
def ndjson(_context, value):
    """A file, which Schemathesis makes as bytes already."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


# Refusals (codes of an error's details) of requests that a JSON Schema can't tell from good ones.
BEYOND_SCHEMA = {
    "access_level": "scopes that go beyond the access level beside them",
    "aggregate": "names of fields in a text, and what their kinds can do",
    "common": "passwords that everybody tries first",
    "custom": "ranges of addresses",
    "cursor": "a text that only the server can make",
    "duplicate": "names are compared without regard to case, and ids with each other",
    "expression": "a filter that is none, or none over these fields",
    "expand": "names of relations in a text",
    "fields": "names of fields in a text",
    "filter": "fields, operators and values of a filter: the names are the collection's",
    "idempotency_key": "a key that came with another request before",
    "include": "names of relations in a text",
    "invalid_text": "NUL, which PostgreSQL does not store",
    "locale": "locales belong to the project",
    "max_offset": "page times per_page",
    "mixed_paging": "two query parameters that exclude each other",
    "page": "page times pageSize",
    "past": "a time that has to be to come",
    "range": "two days that belong together",
    "readonly": "a field that keeps what it was created with",
    "reference": "an id that nothing has",
    "relations": "names of relations and of their fields",
    "search": "a query without a word",
    "sort": "a name in a list that is a text",
    "token": "what was mailed to somebody",
    "unknown_account": "an id that no account has",
    "unknown_collection": "names of collections in a scope",
    "unknown_role": "names of roles are the team's or the project's",
}
# The same in the definition of a collection.
BEYOND_DEFINITION = {
    "expression": "a rule that is no expression over these fields",
    "format": "a day that no calendar has",
    "limit": "fields of all levels together",
    "max_items": "collections of a project",
    "option": "options that contradict each other",
    "pattern": "a regular expression that is none",
    "schema": "a JSON Schema that is none",
    "singleton": "a singleton that has more than one entry",
    "too_deep": "levels of fields",
}
DEFINITION = re.compile(r"/collections(/\{collection\})?$")
# A field's default is held against its own options, which stand beside it.
DEFAULT = re.compile(r"\.default(\.|$)")
# JSON Schema compares numbers, not days.
DAYS = re.compile(r"must not be (before|after) \d{4}-")
# The entry of a singleton is created by its first write, which needs what the others need not.
FIRST_WRITE = re.compile(r"/collections/\w+/entry$")
# A file is a text to the document; that it has a header, and of which fields, is said in words.
FILE = re.compile(r"/import(/csv)?$")
# A member is named by its address or its id; which, is up to the caller.
ONE_OF_TWO = re.compile(r"/members$")
# Ids of a body are refused where they stand, not with 404; a batch's entries are of any collection.
MANY = re.compile(r"/(bulk|bulk-update|bulk-delete|batch)$")
TOO_MANY = "The query string cannot be read"
# The general paths take any fields; the collections' own paths say which, and are held to it.
GENERAL = ("{collection}/entr", "{collection}/records", "{modelKey}/")


def is_beyond_schema(case, response):
    """Whether a refusal is for what the document has no words for, and for that alone."""
    if response.status_code not in (400, 422):
        # 412, 428: what must exist is not there, or the collection wants If-Match with every change.
        return response.status_code in (412, 428)
    if FILE.search(case.operation.path):
        return True
    if response.status_code == 422 and any(part in case.operation.path for part in GENERAL):
        return True
    filtered = any(name.startswith("filter") for name in case.query or {})
    if "{modelKey}" in case.operation.path and filtered:
        return True  # Which field it was is said, but not that it was the filter's.
    details = response.json()["error"]["details"]
    if isinstance(details, dict):  # Models name the field alone.
        details = [{"field": at, "code": at, "message": text} for at, text in details.items()]
    # Parameters are counted together, and lists of them are parameters too.
    if not details:
        return TOO_MANY in response.json()["error"]["message"]
    codes = set(BEYOND_SCHEMA)
    if DEFINITION.search(case.operation.path):
        codes |= BEYOND_DEFINITION.keys()
    if FIRST_WRITE.search(case.operation.path) or ONE_OF_TWO.search(case.operation.path):
        codes.add("required")
    if MANY.search(case.operation.path):
        codes |= {"not_found", "required"}
    return all(
        each["code"] in codes
        or DEFAULT.search(each["field"])
        or DAYS.search(each["message"])
        # Objects and lists with nothing in them are nothing in a query string.
        or (each["field"], each["code"]) == ("filter", "invalid_union")
        # The one key that no object of ours has.
        or "__proto__" in each["field"]
        for each in details
    )


@schemathesis.check
def valid_data_is_accepted(ctx, response, case):
    """Schemathesis's own positive_data_acceptance, but for what is beyond a schema."""
    try:
        return positive_data_acceptance(ctx, response, case)
    except RejectedPositiveData:
        if is_beyond_schema(case, response):
            return None
        raise
