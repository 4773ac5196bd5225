"""What the document can't say about a request, and Schemathesis therefore can't know."""

import uuid

import schemathesis

# The examples in the document: an ETag and a key that were never given out.
IF_MATCH = '"3.1"'
IDEMPOTENCY_KEY = "order-4711"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Keeps the headers that name something which exists, or must be new, from spoiling a request."""
    headers = case.headers
    if headers is None:
        return
    # Any project but the caller's own is a 404, before anything else is looked at.
    headers.pop("X-Project-Id", None)
    # A key is for one request alone.
    if headers.get("Idempotency-Key") == IDEMPOTENCY_KEY:
        headers["Idempotency-Key"] = str(uuid.uuid4())
    # An old ETag is refused with 412: that is what it is for.
    if headers.get("If-Match") == IF_MATCH:
        del headers["If-Match"]
