extension ProjectTemplate {
    /// One function.
    static let hello = ProjectTemplate(
        name: .hello,
        title: "Hello",
        story: "A workflow that has one function greet whoever its input names.",
        definition: """
            {
              "Comment": "Greets whoever the input names.",
              "QueryLanguage": "JSONata",
              "StartAt": "Greet",
              "States": {
                "Greet": {
                  "Type": "Task",
                  "Resource": "arn:aws:states:::lambda:invoke",
                  "Arguments": {
                    "FunctionName": "greet",
                    "Payload": {"name": "{% $states.input.name %}"}
                  },
                  "Output": "{% $states.result.Payload %}",
                  "Retry": [
                    \(retry)
                  ],
                  "End": true
                }
              }
            }

            """,
        input: "{\"name\": \"world\"}\n",
        tests: """
            cases:
            - name: greets by name
              input: {name: world}
              mocks:
                Greet: {return: {Payload: {greeting: "Hello, world!"}}}
              expect:
                output: {greeting: "Hello, world!"}
                path: [Greet]
            - name: asks again when the service is busy
              input: {name: world}
              mocks:
                Greet:
                - {throw: Lambda.TooManyRequestsException, times: 3}
                - {return: {Payload: {greeting: "Hello!"}}}
              expect:
                retries: {Greet: 3}
                elapsed: {max: 10s}

            """,
        functions: ["greet"],
        python: """
            def greet(event, context):
                \"""Greets whoever the event names.\"""
                return {"greeting": f"Hello, {event['name']}!"}

            """,
        node: """
            /** Greets whoever the event names. */
            export async function greet(event) {
              return { greeting: `Hello, ${event.name}!` };
            }

            """,
        swift: """
            /// Greets whoever the event names.
            func greet(_ event: Runtime.Event) throws -> Runtime.Event {
                ["greeting": "Hello, \\(event["name"] ?? "you")!"]
            }

            """
    )
}
