"""A plugin of pytest: each test of moto has a server of its own, and its clients of Step Functions
call that. Other services are moto's.
"""

import os

import boto3.session
import pytest
from botocore.config import Config

from sfnctl_server import Server

ACCOUNT = "123456789012"
make_client = boto3.session.Session.client
running: list[Server] = []


def client(session, service, *arguments, **settings):
    """As boto3's, with the endpoint of the test's server for Step Functions."""
    if service == "stepfunctions" and running:
        settings["endpoint_url"] = running[-1].endpoint
        config = Config(inject_host_prefix=False)
        given = settings.get("config")
        settings["config"] = given.merge(config) if given else config
    return make_client(session, service, *arguments, **settings)


boto3.session.Session.client = client


@pytest.fixture(autouse=True)
def stepwell(request):
    """The test's server, in the region that its parameter names."""
    parameters = getattr(getattr(request.node, "callspec", None), "params", {})
    region = parameters.get("test_region", os.environ["AWS_DEFAULT_REGION"])
    with Server(None, "--account-id", ACCOUNT, "--region", region) as server:
        running.append(server)
        yield
        running.pop()
