"""Has every request of Schemathesis meet the same state: what one deletes, the next still finds."""

import http.client
import os
from urllib.parse import urlsplit

import schemathesis

connection = http.client.HTTPConnection(urlsplit(os.environ["AGORA_CHAT_SANDBOX_URL"]).netloc)


@schemathesis.hook
def before_call(ctx, case, kwargs):
    connection.request("POST", "/__sandbox/snapshots/start/restore")
    response = connection.getresponse()
    text = response.read()
    assert response.status == 200, text
