extension ProjectTemplate {
    /// A Map over many items, some of which fail.
    static let fanOut = ProjectTemplate(
        name: .fanOut,
        title: "Fan-out",
        story: "Pictures are made smaller, ten at a time; those that cannot be are counted.",
        definition: fanOutDefinition,
        input: "{\"pictures\": [\"sea.png\", \"hill.png\", \"broken\", \"wood.png\"]}\n",
        tests: """
            cases:
            - name: what fails is counted
              input: {pictures: [a.png, b.png, broken]}
              mocks:
                Resize:
                - {return: {Payload: {bytes: 10}}}
                - {return: {Payload: {bytes: 20}}}
                - {throw: {error: Unreadable, cause: no picture}}
              expect:
                output: {resized: 2, failed: 1, bytes: 30}
                calls: {Resize: 3}
                visits: {Note: 1}
            - name: nothing to do
              input: {pictures: []}
              expect:
                output: {resized: 0, failed: 0, bytes: 0}

            """,
        functions: ["resize"],
        python: """
            class Unreadable(Exception):
                \"""It is no picture.\"""


            def resize(event, context):
                \"""Makes a picture smaller.\"""
                if not event["picture"].endswith(".png"):
                    raise Unreadable(event["picture"])
                return {"bytes": 100 * len(event["picture"])}

            """,
        node: """
            class Unreadable extends Error {
              name = 'Unreadable';
            }

            /** Makes a picture smaller. */
            export async function resize(event) {
              if (!event.picture.endsWith('.png')) throw new Unreadable(event.picture);
              return { bytes: 100 * event.picture.length };
            }

            """,
        swift: """
            /// Makes a picture smaller.
            func resize(_ event: Runtime.Event) throws -> Runtime.Event {
                let picture = event["picture"] as? String ?? ""
                guard picture.hasSuffix(".png") else {
                    throw Failure(name: "Unreadable", message: picture)
                }
                return ["bytes": 100 * picture.utf8.count]
            }

            """
    )

    private static let fanOutDefinition = """
        {
          "Comment": "Makes pictures smaller, ten at a time.",
          "QueryLanguage": "JSONata",
          "StartAt": "Pictures",
          "States": {
            "Pictures": {
              "Type": "Map",
              "Items": "{% $states.input.pictures %}",
              "MaxConcurrency": 10,
              "ItemProcessor": {
                "StartAt": "Resize",
                "States": {
                  "Resize": {
                    "Type": "Task",
                    "Resource": "arn:aws:states:::lambda:invoke",
                    "Arguments": {
                      "FunctionName": "resize",
                      "Payload": {"picture": "{% $states.input %}"}
                    },
                    "Output": "{% $states.result.Payload %}",
                    "Retry": [
                      \(retry)
                    ],
                    "Catch": [{"ErrorEquals": ["Unreadable"], "Next": "Note"}],
                    "End": true
                  },
                  "Note": {"Type": "Pass", "Output": {"failed": true}, "End": true}
                }
              },
              "Output": {
                "resized": "{% $count($states.result.bytes) %}",
                "failed": "{% $count($states.result.failed) %}",
                "bytes": "{% $sum($append([0], $states.result.bytes)) %}"
              },
              "End": true
            }
          }
        }

        """
}
