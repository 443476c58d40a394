extension ProjectTemplate {
    /// Somebody's answer by a task token.
    static let approval = ProjectTemplate(
        name: .approval,
        title: "Approval",
        story: "Somebody is asked to approve a document, and answers with the task's token, in the "
            + "console or by the API; without an answer within a week the request expires.",
        definition: approvalDefinition,
        input: "{\"document\": \"travel plan\", \"to\": \"ada@example.com\"}\n",
        tests: """
            cases:
            - name: approved after three days
              input: {document: plan, to: ada@example.com}
              mocks:
                Ask: {return: {approved: true, by: ada}, delay: 3d}
                Publish: {return: {Payload: {url: /plan}}}
              expect:
                output: {url: /plan, by: ada}
                path: [Ask, Decide, Publish]
                elapsed: 3d
            - name: rejected
              input: {document: plan, to: ada@example.com}
              mocks:
                Ask: {return: {approved: false, by: ada}}
              expect:
                error: Rejected
                cause: /ada/
            - name: nobody answers for a week
              input: {document: plan, to: ada@example.com}
              mocks:
                Ask: {return: {approved: true}, delay: 8d}
              expect:
                status: FAILED
                error: Expired
                elapsed: 7d

            """,
        functions: ["ask", "publish"],
        python: """
            def ask(event, context):
                \"""Tells somebody of a document; whoever has the token answers.\"""
                print(f"{event['to']} is asked about {event['document']}; token {event['token']}")
                return {"asked": event["to"]}


            def publish(event, context):
                \"""Publishes an approved document.\"""
                return {"url": "/" + event["document"].replace(" ", "-")}

            """,
        node: """
            /** Tells somebody of a document; whoever has the token answers. */
            export async function ask(event) {
              console.log(`${event.to} is asked about ${event.document}; token ${event.token}`);
              return { asked: event.to };
            }

            /** Publishes an approved document. */
            export async function publish(event) {
              return { url: '/' + event.document.replaceAll(' ', '-') };
            }

            """,
        swift: """
            /// Tells somebody of a document; whoever has the token answers.
            func ask(_ event: Runtime.Event) throws -> Runtime.Event {
                let (to, document) = (event["to"] ?? "", event["document"] ?? "")
                print("\\(to) is asked about \\(document); token \\(event["token"] ?? "")")
                return ["asked": to]
            }

            /// Publishes an approved document.
            func publish(_ event: Runtime.Event) throws -> Runtime.Event {
                let words = (event["document"] as? String ?? "").split(separator: " ")
                return ["url": "/" + words.joined(separator: "-")]
            }

            """
    )

    private static let approvalDefinition = """
        {
          "Comment": "Publishes a document when somebody approves it.",
          "QueryLanguage": "JSONata",
          "StartAt": "Ask",
          "States": {
            "Ask": {
              "Type": "Task",
              "Comment": "Ends when SendTaskSuccess brings approved (true or false) and by.",
              "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Arguments": {
                "FunctionName": "ask",
                "Payload": {
                  "document": "{% $states.input.document %}",
                  "to": "{% $states.input.to %}",
                  "token": "{% $states.context.Task.Token %}"
                }
              },
              "TimeoutSeconds": 604800,
              "Assign": {"document": "{% $states.input.document %}"},
              "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Expire"}],
              "Next": "Decide"
            },
            "Decide": {
              "Type": "Choice",
              "Choices": [{"Condition": "{% $states.input.approved %}", "Next": "Publish"}],
              "Default": "Reject"
            },
            "Publish": {
              "Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {"FunctionName": "publish", "Payload": {"document": "{% $document %}"}},
              "Output": {
                "url": "{% $states.result.Payload.url %}",
                "by": "{% $states.input.by %}"
              },
              "Retry": [
                \(retry)
              ],
              "End": true
            },
            "Reject": {
              "Type": "Fail",
              "Error": "Rejected",
              "Cause": "{% 'rejected by ' & $states.input.by %}"
            },
            "Expire": {"Type": "Fail", "Error": "Expired", "Cause": "nobody answered for a week"}
          }
        }

        """
}
