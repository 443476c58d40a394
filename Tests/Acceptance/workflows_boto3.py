#!/usr/bin/env python3
"""Published workflows, as they are, run for real: Lambda functions of our own, moto, local jobs.

The definitions are those of $STEPWELL_SHARED/conformance/workflows; nothing of them is changed but
the places that their templates leave open. Functions are in `Tests/WorkflowFunctions`. Prints
`N passed, N failed, N skipped`.
"""

import base64
import contextlib
import json
import os
import pathlib
import re
import sys
import tempfile

import boto3
import yaml
from botocore.config import Config

from api_boto3 import ROLE, ended
from checks import Checks
from http_answers import Answers
from moto_server import Moto
from services_boto3 import queue_arn, until
from sfnctl_server import Server

HERE = pathlib.Path(__file__).resolve().parent
SHARED = pathlib.Path(os.environ.get("STEPWELL_SHARED", HERE.parents[2] / "shared"))
PUBLISHED = SHARED / "conformance" / "workflows"
# The region and account that the workflow within a workflow has in its resources.
REGION, ACCOUNT = "me-south-1", "112233445566"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:"
BATCH = f"arn:aws:batch:{REGION}:{ACCOUNT}:"
IDEMPOTENCY = "IdempotentStepfunctionsWorkflowStack-" \
    "IdempotentStepfunctionsWorkflowIdempotencyTable276F57BD-VXO568YJ8PJ7"
# The functions, by the names that are filled in or that a definition has.
FUNCTIONS = {
    "reserve-flight": "travel.reserve_flight", "reserve-car": "travel.reserve_car",
    "confirm-flight": "travel.confirm_flight", "confirm-car": "travel.confirm_car",
    "cancel-flight": "travel.cancel_flight", "cancel-car": "travel.cancel_car",
    "process-payment": "travel.process_payment", "refund-payment": "travel.refund_payment",
    "customer-status": "orders.customer_status", "reserve": "orders.reserve",
    "prepare-webhook": "orders.prepare_webhook", "batch-input": "orders.batch_input",
    "items": "orders.items", "check-price": "stocks.check_price",
    "recommend": "stocks.recommend", "buy": "stocks.buy", "sell": "stocks.sell",
    "decode": "texts.decode", "count": "texts.count", "clean": "texts.clean",
    "tokenize": "texts.tokenize", "ask-approver": "callbacks.ask_approver",
    "read-queue": "callbacks.read_queue", "delete-message": "callbacks.delete_message",
    "work": "agents.work", "evaluate": "agents.evaluate", "synthesize": "agents.synthesize",
    "decide": "steps.decide", "number": "steps.odd_or_even", "handle-error": "steps.handle_error",
    "WorkflowWithinAWorkflowCd-NestingPatternCallback6C-8ne4ql6WKx3W": "callbacks.call_back",
    "IdempotentStepfunctionsWo-IdempotentStepfunctionsW-bURHFStl0ZL3": "steps.idempotency",
    "IdempotentStepfunctionsWo-IdempotencyWorkflowInjec-ptf6qWpoUL4E": "steps.fail_sometimes",
}

check = Checks()


class Partner(Answers):
    """The HTTP services of others: payment and shipping, which call back."""

    def __init__(self):
        super().__init__(self.take)
        self.requests, self.call_back = [], None

    def take(self, _method: str, path: str, _headers: dict, body: bytes):
        """Keeps what is posted, and has it answered by callback."""
        given = json.loads(body)
        self.requests.append((path, given))
        self.call_back(path, given)
        return 202, {}, b""


class World:
    """sfnctl by a configuration file, moto, and partners; entered once for all checks."""

    def __init__(self, stack: contextlib.ExitStack):
        self.folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        self.moto = stack.enter_context(Moto())
        self.partner = stack.enter_context(Partner())
        self.sqs, self.sns = self.moto.client("sqs"), self.moto.client("sns")
        self.s3, self.tables = self.moto.client("s3"), self.moto.client("dynamodb")
        self.letters, self.inbox = self.queue("letters"), self.queue("inbox")
        self.ledger = self.folder / "ledger"
        config = self.folder / "stepwell.json"
        self.server = Server(None, "--config", str(config))
        config.write_text(json.dumps(self.configuration()))
        os.environ["TEST_KEY"] = "test"
        stack.enter_context(self.server)
        self.client = self.server.client()

    def configuration(self) -> dict:
        """What the server is told; JSON is YAML."""
        environment = {
            "LEDGER": str(self.ledger), "SERVICES": self.moto.endpoint,
            "ENGINE": self.server.endpoint, "LETTERS": self.letters, "INBOX": self.inbox,
            "PYTHONDONTWRITEBYTECODE": "1"}
        key = {"env": "TEST_KEY"}
        return {
            "server": {"region": REGION, "accountId": ACCOUNT},
            "aws": {"region": "us-east-1", "endpoints": {"default": self.moto.endpoint},
                    "credentials": {"accessKeyId": key, "secretAccessKey": key}},
            "functions": {name: {
                "directory": str(HERE.parent / "WorkflowFunctions"), "handler": handler,
                "timeoutSeconds": 30, "environment": environment}
                for name, handler in FUNCTIONS.items()},
            "runners": {"batch": {"invoice": {
                "directory": str(self.folder), "entryPoint": ["/bin/sh", "-c"],
                "command": ['test "$1" -gt 0 && echo "$0 $1" >> invoices',
                            "Ref::month", "Ref::lines"]}}},
        }

    def queue(self, name: str) -> str:
        """A queue's URL."""
        return self.sqs.create_queue(QueueName=name)["QueueUrl"]

    def message(self, url: str):
        """The body of the next message of a queue, which is taken out."""
        found = until("no message", lambda: self.sqs.receive_message(
            QueueUrl=url).get("Messages"))[0]
        self.sqs.delete_message(QueueUrl=url, ReceiptHandle=found["ReceiptHandle"])
        return json.loads(found["Body"])

    def topic(self, name: str) -> tuple[str, str]:
        """A topic's ARN, and the URL of a queue with what is published to it."""
        arn, url = self.sns.create_topic(Name=name)["TopicArn"], self.queue(name + "-published")
        self.sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue_arn(self.sqs, url))
        return arn, url

    def bus(self, name: str) -> str:
        """The URL of a queue with all events of a new bus."""
        events, url = self.moto.client("events"), self.queue(name + "-events")
        events.create_event_bus(Name=name)
        events.put_rule(Name=name, EventBusName=name,
                        EventPattern=json.dumps({"source": [{"prefix": ""}]}))
        events.put_targets(Rule=name, EventBusName=name, Targets=[
            {"Id": "1", "Arn": queue_arn(self.sqs, url)}])
        return url

    def table(self, name: str, *keys: str) -> None:
        """A table with a key, or two."""
        self.tables.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": key, "KeyType": kind}
                       for key, kind in zip(keys, ("HASH", "RANGE"))],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys])

    def items(self, table: str) -> list[dict]:
        """The items of a table, attributes of any type by their text."""
        return [{key: next(iter(value.values())) for key, value in item.items()}
                for item in self.tables.scan(TableName=table)["Items"]]

    def noted(self, what: str, **wanted) -> int:
        """How often functions noted something."""
        if not self.ledger.exists():
            return 0
        lines = [json.loads(line) for line in self.ledger.read_text().splitlines()]
        return sum({"what": what, **wanted}.items() <= line.items() for line in lines)

    def deploy(self, file: str, name: str | None = None, kind: str = "STANDARD", **values) -> str:
        """Creates the state machine of a published definition; its ARN."""
        definition = published(file, **values)
        arn = self.client.create_state_machine(
            name=name or re.sub(r"\W+", "-", file)[:60], roleArn=ROLE, type=kind,
            definition=definition)["stateMachineArn"]
        stored = self.client.describe_state_machine(stateMachineArn=arn)["definition"]
        assert stored == definition, "the definition was changed"
        return arn

    def start(self, arn: str, given) -> str:
        """Starts an execution; its ARN."""
        return self.client.start_execution(
            stateMachineArn=arn, input=json.dumps(given))["executionArn"]

    def end(self, execution: str):
        """The output of an execution that succeeds."""
        found = ended(self.client, execution, 40)
        assert found["status"] == "SUCCEEDED", found
        return json.loads(found["output"])

    def run(self, arn: str, given):
        """Starts an execution that succeeds; its output."""
        return self.end(self.start(arn, given))

    def fails(self, execution: str, error: str, cause: str = "") -> None:
        """Waits for an execution's failure."""
        found = ended(self.client, execution, 40)
        assert (found["status"], found.get("error")) == ("FAILED", error), found
        assert re.search(cause, found.get("cause", "")), found

    def succeed(self, token: str, output) -> None:
        """Ends a task by its token."""
        self.client.send_task_success(taskToken=token, output=json.dumps(output))


def published(file: str, **values) -> str:
    """A published definition with its open places filled in."""
    path = next(PUBLISHED.glob(file + ".asl.*"))
    text = path.read_text()
    for name, value in values.items():
        place = "${" + name + "}"
        assert place in text, (file, name)
        text = text.replace(place, value)
    assert not re.search(r"\$\{\w", text), (file, "a place is open")
    return json.dumps(yaml.safe_load(text)) if path.suffix == ".yaml" else text


@check
def saga(world):
    """saga-pattern-sam: what was done is undone in reverse when the card is refused."""
    topic, messages = world.topic("trips")
    arn = world.deploy(
        "saga-pattern-sam*", "saga", snsTopicArn=topic,
        reserveFlightFunction=FUNCTION + "reserve-flight",
        reserveCarRentalFunction=FUNCTION + "reserve-car",
        confirmFlightFunction=FUNCTION + "confirm-flight",
        confirmCarRentalFunction=FUNCTION + "confirm-car",
        cancelFlightFunction=FUNCTION + "cancel-flight",
        cancelCarRentalFunction=FUNCTION + "cancel-car",
        processPaymentFunction=FUNCTION + "process-payment",
        refundPaymentFunction=FUNCTION + "refund-payment")
    world.run(arn, {"trip": "t-1", "card": "good"})
    assert world.message(messages)["Message"] == "Your Travel Reservation is Successful"
    for what in ("flight reserved", "car reserved", "paid", "flight confirmed", "car confirmed"):
        assert world.noted(what, trip="t-1") == 1, what
    assert world.noted("flight cancelled") == 0
    execution = world.start(arn, {"trip": "t-2", "card": "stolen"})
    world.fails(execution, "Job Failed")
    assert world.message(messages)["Message"] == "Your Travel Reservation Failed"
    # The bank was busy when it was asked first.
    assert world.noted("refund asked", trip="t-2") == 2
    assert world.noted("car cancelled", trip="t-2") == 1
    assert world.noted("flight cancelled", trip="t-2") == 1
    assert world.noted("paid", trip="t-2") == 0


@check
def batch_job(world):
    """batch-lambda-sam: a function makes the parameters of a job, which a command here does."""
    arn = world.deploy(
        "batch-lambda-sam*", "batch", partition="aws",
        GenerateBatchJobArn=FUNCTION + "batch-input", jobQueueArn=BATCH + "job-queue/daily",
        jobDefinitionArn=BATCH + "job-definition/invoice:3")
    output = world.run(arn, {"month": "May", "lines": [1, 2]})
    assert (output["Status"], output["JobName"]) == ("SUCCEEDED", "BatchJobWithLambda"), output
    assert (world.folder / "invoices").read_text() == "May 2\n"
    world.fails(world.start(arn, {"month": "June", "lines": []}), "States.TaskFailed",
                '"ExitCode":1')
    assert (world.folder / "invoices").read_text() == "May 2\n"


@check
def callback(world):
    """wait-for-callback: a message with a token, and who took it says how it went."""
    topic, messages = world.topic("callbacks")
    url = world.queue("callbacks")
    arn = world.deploy("wait-for-callback*", "callback", SQSQueue=url, topicArn=topic)
    execution = world.start(arn, {})
    world.succeed(world.message(url)["TaskToken"], {"fine": True})
    assert world.end(execution)["MessageId"]
    assert "succeeded" in world.message(messages)["Message"]
    execution = world.start(arn, {})
    world.client.send_task_failure(
        taskToken=world.message(url)["TaskToken"], error="Broken", cause="by the worker")
    world.end(execution)
    assert "failed" in world.message(messages)["Message"]


@check
def checkout(world):
    """checkout-processing-workflow: partners over HTTP call back; the bus hears of it."""
    world.table("carts", "cart_id")
    bus = world.bus("checkout")
    arn = world.deploy(
        "checkout-processing-workflow*", "checkout", DynamoName="carts",
        EventBusName="checkout", ApiGateWayEndpoint=world.partner.endpoint)
    refused = {}

    def answer(path: str, body: dict) -> None:
        # Before the request is answered: a callback may be as quick as that.
        word = "Payment" if path.endswith("payment") else "Shipping"
        failed = body["Payload"]["CartId"] == refused.get(word)
        order = {key: body["Payload"][key] for key in ("CartId", "Email")}
        world.succeed(body["MyTaskToken"], {
            **order, "Status": f"{word}{'Failed' if failed else 'Successful'}"})

    world.partner.call_back = answer
    given = {"Email": "a@b.c", "Address": "Here 1", "Orange": "1", "Banana": "2", "Lemon": "3",
             "total_cost": "12.50"}
    for cart, word, heard in (
            ("c-1", "", "ShippingSuccessful"), ("c-2", "Payment", "PaymentFailed"),
            ("c-3", "Shipping", "ShippingFailed")):
        refused.clear()
        refused[word] = cart
        world.run(arn, {"CartId": cart, **given})
        event = world.message(bus)
        assert (event["detail-type"], event["detail"]["cart_id"]) == (heard, cart), event
    carts = {item["cart_id"]: item for item in world.items("carts")}
    assert carts["c-1"]["order_status"] == "pending", carts
    assert [carts[cart]["shipping_status"] for cart in sorted(carts)] == [
        "Successful", "pending", "Unsuccessful"], carts
    assert [path for path, _ in world.partner.requests] == [
        "/dev/checkout/payment", "/dev/checkout/shipping", "/dev/checkout/payment",
        "/dev/checkout/payment", "/dev/checkout/shipping"]


@check
def webhooks(world):
    """webhook-provider: a subscription is looked up, the call signed, queued and noted."""
    world.table("webhooks", "pk", "type")
    url = world.queue("webhooks")
    world.tables.put_item(TableName="webhooks", Item={
        "pk": {"S": "webhook_7_shop.paid"}, "type": {"S": "webhook"},
        "signingToken": {"S": "hush"}, "url": {"S": "https://customer.example/hook"}})
    arn = world.deploy("webhook-provider*", "webhook", WebHookTable="webhooks", QueueUrl=url,
                       PrepareWebHookCallFunctionArn=FUNCTION + "prepare-webhook")
    event = {"id": "e-1", "source": "shop", "detail": {"customerId": "7", "status": "paid"}}
    execution = world.start(arn, event)
    message = world.message(url)
    assert json.loads(message["payload"]) == event["detail"], message
    assert len(message["token"]) == 64 and message["id"] == "call-e-1", message
    world.succeed(message["taskToken"], {"status": "success", "output": {"code": 204}})
    world.end(execution)
    call = next(item for item in world.items("webhooks") if item["type"] == "webhookcall")
    assert (call["pk"], call["status"], call["output"]) == (
        "call-e-1", "success", '{"code":204}'), call
    event["detail"]["customerId"] = "8"
    assert "Item" not in world.run(arn, event)["webhookData"]


@check
def queue_into_table(world):
    """dynamically-process-data-with-map-state: each message of a queue is stored and told."""
    world.table("messages", "MessageId")
    topic, messages = world.topic("messages")
    arn = world.deploy(
        "dynamically-process-data-with-map-state*", "map", DDBTableName="messages",
        SNSTopicArn=topic, ReadFromSQSFunctionName="read-queue",
        DeleteFromSQSFunctionName="delete-message")
    for number in range(4):
        world.sqs.send_message(QueueUrl=world.inbox, MessageBody=f"message {number}")
    assert len(world.run(arn, {})) == 4
    bodies = {f"message {number}" for number in range(4)}
    assert {item["Body"] for item in world.items("messages")} == bodies
    assert {world.message(messages)["Message"] for _ in bodies} == bodies
    counts = world.sqs.get_queue_attributes(QueueUrl=world.inbox, AttributeNames=["All"])
    assert counts["Attributes"]["ApproximateNumberOfMessagesNotVisible"] == "0", counts
    assert world.run(arn, {}) == "No messages"


@check
def approvals(world):
    """human-in-the-loop-cdk: a letter with a token; yes, no, and an answer that is neither."""
    arn = world.deploy("human-in-the-loop-cdk*", "approvals", ProcessingLambda="decide",
                       SendApprovalEmailFunction=FUNCTION + "ask-approver")
    for answer, result in (({"result": True}, "approved"), ({"result": False}, "rejected"),
                           ({}, "failure")):
        execution = world.start(arn, {"request": result})
        letter = world.message(world.letters)
        assert letter["execution"] == execution and letter["input"]["request"] == result, letter
        world.succeed(letter["taskToken"], answer)
        assert world.end(execution)["Payload"] == {"result": result}
        assert world.noted("decided", result=result) == 1


@check
def common_errors(world):
    """common-error-handling: a function that raises leads to the one that handles errors."""
    arn = world.deploy(
        "common-error-handling-statemachine-common-error-option1", "errors",
        NumberFunctionArn=FUNCTION + "number", OddFunctionArn=FUNCTION + "number",
        EvenFunctionArn=FUNCTION + "number", CommonErrorOption1FunctionArn="handle-error")
    output = world.run(arn, {"number": 4})
    assert output["evenLambda"]["Payload"] == {"number": 4}, output
    output = world.run(arn, {"number": 4, "refused": "odd"})
    assert output["commonErrorLambda"]["Payload"] == {"handled": "ArithmeticError"}, output
    cause = json.loads(output["numberLambdaFailure"]["Cause"])
    assert cause["errorMessage"] == "not an odd number", cause
    assert world.noted("handled", error="ArithmeticError") == 1


@check
def books(world):
    """dynamic-rest-api: a table behind methods of HTTP; what is not there cannot be deleted."""
    world.table("Books", "book_id")
    arn = world.deploy("dynamic-rest-api*", "books")
    world.run(arn, {"httpMethod": "POST", "body": {"book_id": "b-1", "author": "Ada"}})
    found = world.run(arn, {"httpMethod": "GET", "querystring": {"book_id": "b-1"}})
    assert found["Item"] == {"book_id": {"S": "b-1"}, "Author": {"S": "Ada"}}, found
    delete = {"httpMethod": "DELETE", "path": {"book_id": "b-1"}}
    world.run(arn, delete)
    assert world.items("Books") == []
    world.fails(world.start(arn, delete), "DynamoDB.ConditionalCheckFailedException")
    world.fails(world.start(arn, {"httpMethod": "HEAD"}), "States.Runtime")


@check
def stocks(world):
    """lambda-orchestration-cdk: functions as resources, a person in between."""
    topic, reports = world.topic("stocks")
    url = world.queue("stocks")
    arn = world.deploy(
        "lambda-orchestration-cdk*", "stocks", checkPriceFnArn=FUNCTION + "check-price",
        BuySellFnArn=FUNCTION + "recommend", buyFnArn=FUNCTION + "buy",
        sellFnArn=FUNCTION + "sell", queueUrl=url, topic=topic)
    for price, kind in ((20, "bought"), (80, "sold")):
        execution = world.start(arn, {"price": price})
        message = world.message(url)
        assert message["Input"]["stock_price"] == price, message
        world.succeed(message["TaskToken"], {})
        world.end(execution)
        report = json.loads(world.message(reports)["Message"])
        assert report == {"Input": {"type": kind, "price": price, "quantity": 3}}, report
        assert world.noted(kind, price=price) == 1
    execution = world.start(arn, {"price": 81})
    world.client.send_task_failure(taskToken=world.message(url)["TaskToken"], error="TooLate")
    world.fails(execution, "TooLate")
    assert world.noted("sold", price=81) == 0


@check
def agents(world):
    """parallel-agent-early-stopping: the first good answer stops the others."""
    worker = world.deploy(
        "parallel-agent-early-stopping-statemachine-worker", "worker",
        WorkerAgentFunction=FUNCTION + "work", EvaluationFunction=FUNCTION + "evaluate")
    arn = world.deploy("parallel-agent-early-stopping-statemachine-main", "main",
                       WorkerStateMachine=worker, SynthesisFunction="synthesize")
    output = world.run(arn, [{"body": json.dumps({"query": "how"})}])
    assert output["result"] == output["synthesized_result"] == "how: by queues", output
    assert output["winning_approach"] == ["architecture_patterns"], output
    child = world.client.list_executions(stateMachineArn=worker)["executions"][0]
    found = world.client.describe_execution(executionArn=child["executionArn"])
    assert (found["status"], found["error"]) == ("ABORTED", "SUCCESS"), found
    assert world.noted("answered") == 1


@check
def idempotent(world):
    """idempotent-workflow: the same request works once; one that failed works again."""
    world.table(IDEMPOTENCY, "id")
    arn = world.deploy("idempotent-workflow*", "idempotent")
    first = world.run(arn, {"request": "r-1"})
    assert first["randomFailureFunc"] == "worked" and first["step4"], first
    assert world.run(arn, {"request": "r-1"}) == first
    assert world.noted("worked", request="r-1") == 1
    world.fails(world.start(arn, {"request": "r-2", "fails": True}), "ChildWorkflowException")
    item = next(item for item in world.items(IDEMPOTENCY) if item["id"] == "r-2")
    assert item["executionstatus"] == "FAILED", item
    assert "an injected failure" in item["executionresult"], item
    assert world.run(arn, {"request": "r-2"})["randomFailureFunc"] == "worked"


@check
def nested(world):
    """workflow-within-a-workflow-cdk: started, waited for, and waited for by a token."""
    inner = world.deploy("workflow-within-a-workflow-cdk-statemachines-nested*",
                         "NestedStateMachine0545D63E-B7mTHyUm3dld")
    arn = world.deploy("workflow-within-a-workflow-cdk-statemachines-main*", "within")
    whole = "The whole execution is completed including both long-running jobs"
    assert world.run(arn, {}) == [
        whole, {"said": "Callback right after the first long-running job is completed"}]
    children = world.client.list_executions(stateMachineArn=inner)["executions"]
    assert len(children) == 3, children


@check
def rows_of_an_object(world):
    """distributed-map-csv-iterator-sam: a child for each row of CSV, and an item by each."""
    world.table("videos", "id")
    world.s3.create_bucket(Bucket="metrics")
    rows = [f'v-{number},"Dec 1, 20{number:02}","On ""{number}""",{number * 10}'
            for number in range(12)]
    world.s3.put_object(Bucket="metrics", Key="metrics.csv", Body="\n".join(
        ["Content,VideoPublishTime,VideoTitle,Views", *rows]))
    child = world.deploy("distributed-map-csv-iterator-sam-child*", "add-video",
                         MetadataTable="videos")
    arn = world.deploy("distributed-map-csv-iterator-sam-statemachine", "videos",
                       CSVBucket="metrics", ChildStateMachine=child)
    assert len(world.run(arn, {})) == 12
    items = until("not all rows", lambda: len(found := world.items("videos")) == 12 and found)
    item = next(item for item in items if item["id"] == "v-7")
    assert item == {"id": "v-7", "VideoPublishTime": "Dec 1, 2007", "VideoTitle": 'On "7"',
                    "Views": "70"}, item


@check
def missing_object(world):
    """The same without its object."""
    world.s3.create_bucket(Bucket="empty")
    arn = world.deploy("distributed-map-csv-iterator-sam-statemachine", "no-videos",
                       CSVBucket="empty", ChildStateMachine=ROLE)
    world.fails(world.start(arn, {}), "States.ItemReaderFailed")


@check
def items_in_batches(world):
    """sfn-dynamodb-batchwriteitem: items of a function, written 25 at a time."""
    world.table("things", "sku")
    arn = world.deploy(
        "sfn-dynamodb-batchwriteitem*", "things", LambdaFunctionARN=FUNCTION + "items",
        DynamoDBTable_Name="things", DynamoDBTable_PartitionKey="sku",
        DynamoDBTable_Attribute1="name", DynamoDBTable_Attribute2="shelf")
    output = world.run(arn, {"count": 60})
    assert len(output) == 3 and output[0]["UnprocessedItems"] == {}, output
    assert len(world.items("things")) == 60


@check
def bulk_delete(world):
    """sam-demo-bulk-delete-s3-objects: a listing is mapped over and deleted in batches."""
    world.s3.create_bucket(Bucket="attic")
    for number in range(30):
        world.s3.put_object(Bucket="attic", Key=f"old/{number} &.txt", Body=b"x")
    world.s3.put_object(Bucket="attic", Key="new/1", Body=b"x")
    arn = world.deploy("sam-demo-bulk-delete-s3-objects*", "bulk-delete")
    assert world.run(arn, {"bucket": "attic", "prefix": "old/"}) == {}
    left = world.s3.list_objects_v2(Bucket="attic")["Contents"]
    assert [each["Key"] for each in left] == ["new/1"], left
    world.fails(world.start(arn, {}), "InsuffcientArguments", "No Bucket")


@check
def text_pipeline(world):
    """text-processing-sqs-express-cdk: an Express workflow of functions, waited for."""
    arn = world.deploy(
        "text-processing-sqs-express-cdk*", "texts", "EXPRESS",
        Base64DecodeLambda="decode", GenerateStatsLambda="count", StringCleanerLambda="clean",
        TokenizerCounterLambda="tokenize")
    client = boto3.client(
        "stepfunctions", endpoint_url=world.server.endpoint, region_name=REGION,
        config=Config(inject_host_prefix=False, retries={"total_max_attempts": 1}),
        aws_access_key_id="local", aws_secret_access_key="local")
    body = base64.b64encode("Well, well!\nHm.".encode()).decode()
    found = client.start_sync_execution(stateMachineArn=arn, input=json.dumps({"body": body}))
    assert found["status"] == "SUCCEEDED", found
    assert json.loads(found["output"]) == {
        "characters": 15, "lines": 2, "words": {"well": 2, "hm": 1}}, found
    found = client.start_sync_execution(stateMachineArn=arn, input="{}")
    assert (found["status"], found["error"]) == ("FAILED", "KeyError"), found


@check
def order_is_shipped(world):
    """order-management: products reserved, shipped by whoever takes the message; or not."""
    topic, announced = world.topic("orders")
    bus, url = world.bus("orders"), world.queue("packages")
    arn = world.deploy(
        "sam-app-order-management*", "orders", EventBusName="orders", SnsNewOrderTopic=topic,
        LambdaGetCustomerStatus=FUNCTION + "customer-status", PackageAndShipQueue=url,
        LambdaReserveProduct=FUNCTION + "reserve")
    order = {"detail-type": "OrderCreated", "detail": {
        "order_id": "o-1", "customer": {"id": "c"}, "products": [
            {"product_id": "p-1"}, {"product_id": "p-2"}]}}
    execution = world.start(arn, order)
    assert json.loads(world.message(announced)["Message"]) == order
    assert world.message(bus)["detail-type"] == "OrderShippingProductsReserved"
    message = world.message(url)
    assert [each["product_id"] for each in message["reservations"]] == ["p-1", "p-2"], message
    world.succeed(message["token"], {"parcel": 1})
    world.end(execution)
    event = world.message(bus)
    assert event["detail-type"] == "ShippingSuccessful", event
    assert event["detail"]["workflow_id"] == execution, event
    execution = world.start(arn, order)
    world.client.send_task_failure(taskToken=world.message(url)["token"], error="Flood")
    world.fails(execution, "order_shipping_failed")
    assert world.message(bus)["detail-type"] == "OrderShippingProductsReserved"
    assert world.message(bus)["detail"]["error_details"]["Error"] == "Flood"
    order["detail"]["customer"]["record"] = "fraudulent"
    world.fails(world.start(arn, order), "order_shipping_failed")
    assert world.message(bus)["detail"]["error_message"] == "FraudulentCustomer"


def main() -> int:
    if not PUBLISHED.is_dir():
        print(f"SKIPPED: no workflows at {PUBLISHED}; set STEPWELL_SHARED")
        print(f"0 passed, 0 failed, {len(check.functions)} skipped")
        return 0
    with contextlib.ExitStack() as stack:
        return check.run(World(stack))


if __name__ == "__main__":
    sys.exit(main())
