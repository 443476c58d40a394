extension ProjectTemplate {
    /// Retries, a choice, a wait, a Map and a refusal.
    static let orders = ProjectTemplate(
        name: .orders,
        title: "Orders",
        story: "An order is charged, rests for a day when it is a large one, and is packed item by "
            + "item; a declined card ends it.",
        definition: ordersDefinition,
        input: """
            {
              "id": "17",
              "total": 42,
              "items": [{"sku": "tea", "count": 2}, {"sku": "cup", "count": 1}]
            }

            """,
        tests: """
            cases:
            - name: a small order is packed at once
              input: {id: "17", total: 42, items: [{sku: tea}, {sku: cup}]}
              mocks:
                Charge: {return: {Payload: {receipt: r-17}}}
                Reserve: [{return: {Payload: {shelf: 1}}}, {return: {Payload: {shelf: 2}}}]
              expect:
                output: {id: "17", receipt: r-17, shelves: [1, 2]}
                path: [Charge, Size, Pack]
                elapsed: 0
            - name: a large order rests for a day
              input: {id: "18", total: 5000, items: [{sku: tea}]}
              mocks:
                Charge: {return: {Payload: {receipt: r-18}}}
                Reserve: {return: {Payload: {shelf: 1}}}
              expect:
                path: {contains: [Rest, Reserve], not: [Refuse]}
                elapsed: 1d
            - name: a busy bank is asked again
              input: {id: "19", total: 42, items: []}
              mocks:
                Charge: [{throw: Busy, times: 2}, {return: {Payload: {receipt: r-19}}}]
              expect:
                retries: {Charge: 2}
                elapsed: 15s
            - name: a declined card ends it
              input: {id: "20", total: 42, items: []}
              mocks:
                Charge: {throw: {error: Declined, cause: no funds}}
              expect:
                error: Orders.Declined
                path: [Charge, Refuse]
            - name: the size of an order
              state: Size
              input: {total: 1001}
              variables: {order: {total: 1001}}
              expect: {next: Rest}

            """,
        functions: ["charge", "reserve"],
        python: """
            class Declined(Exception):
                \"""The bank does not pay.\"""


            def charge(event, context):
                \"""Charges an order.\"""
                if event["total"] > 10_000:
                    raise Declined("no funds")
                return {"receipt": f"r-{event['id']}"}


            def reserve(event, context):
                \"""Takes an item from its shelf.\"""
                return {"shelf": len(event["sku"]) % 10}

            """,
        node: """
            class Declined extends Error {
              name = 'Declined';
            }

            /** Charges an order. */
            export async function charge(event) {
              if (event.total > 10_000) throw new Declined('no funds');
              return { receipt: `r-${event.id}` };
            }

            /** Takes an item from its shelf. */
            export async function reserve(event) {
              return { shelf: event.sku.length % 10 };
            }

            """,
        swift: """
            /// Charges an order.
            func charge(_ event: Runtime.Event) throws -> Runtime.Event {
                if let total = event["total"] as? Double, total > 10_000 {
                    throw Failure(name: "Declined", message: "no funds")
                }
                return ["receipt": "r-\\(event["id"] ?? "")"]
            }

            /// Takes an item from its shelf.
            func reserve(_ event: Runtime.Event) throws -> Runtime.Event {
                ["shelf": (event["sku"] as? String ?? "").utf8.count % 10]
            }

            """
    )

    private static let ordersDefinition = """
        {
          "Comment": "Charges an order and packs it.",
          "QueryLanguage": "JSONata",
          "StartAt": "Charge",
          "States": {
            "Charge": {
              "Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {
                "FunctionName": "charge",
                "Payload": {"id": "{% $states.input.id %}", "total": "{% $states.input.total %}"}
              },
              "Assign": {
                "order": "{% $states.input %}",
                "receipt": "{% $states.result.Payload.receipt %}"
              },
              "Retry": [
                {"ErrorEquals": ["Busy"], "IntervalSeconds": 5, "MaxAttempts": 4, "BackoffRate": 2},
                \(retry)
              ],
              "Catch": [{"ErrorEquals": ["Declined"], "Next": "Refuse"}],
              "Next": "Size"
            },
            "Size": {
              "Type": "Choice",
              "Choices": [{"Condition": "{% $order.total > 1000 %}", "Next": "Rest"}],
              "Default": "Pack"
            },
            "Rest": {"Type": "Wait", "Seconds": 86400, "Next": "Pack"},
            "Pack": {
              "Type": "Map",
              "Items": "{% $order.items %}",
              "MaxConcurrency": 5,
              "ItemProcessor": {
                "StartAt": "Reserve",
                "States": {
                  "Reserve": {
                    "Type": "Task",
                    "Resource": "arn:aws:states:::lambda:invoke",
                    "Arguments": {"FunctionName": "reserve", "Payload": "{% $states.input %}"},
                    "Output": "{% $states.result.Payload.shelf %}",
                    "End": true
                  }
                }
              },
              "Output": {
                "id": "{% $order.id %}",
                "receipt": "{% $receipt %}",
                "shelves": "{% $states.result %}"
              },
              "End": true
            },
            "Refuse": {
              "Type": "Fail",
              "Error": "Orders.Declined",
              "Cause": "The bank does not pay."
            }
          }
        }

        """
}
