"""Whether the web process of this container answers, as its supervisor asks.

A database that is away is no reason to start the web again: it comes back by itself,
and says meanwhile what is wrong. So any answer of our own is a living process.
"""

import json
import os
import sys
from http.client import HTTPConnection

connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
connection.request("GET", "/health", headers={"Host": host})
answer = connection.getresponse()
sys.exit("database" not in json.loads(answer.read()))
