extension Builtins {
    /// Functions of times.
    static let dates: [Builtin] = [
        Builtin("now", "<s?s?:s>", 2) { (arguments, machine, _) throws(Fault) in
            let millis = machine.sources.milliseconds
            try machine.count(picture: arguments.string(0))
            return try Fault.picture { () throws(JSONataPictureError) in
                .string(
                    try DateTimePicture.format(
                        millis: millis,
                        picture: arguments.string(0),
                        timezone: arguments.string(1),
                        readsLeadingZoneNumber: machine.revision.readsLeadingZoneNumber
                    )
                )
            }
        },
        Builtin("millis", "<:n>", 0) { (_, machine, _) throws(Fault) in
            .number(Double(machine.sources.milliseconds))
        },
        Builtin("fromMillis", "<n-s?s?:s>", 3) { (arguments, machine, _) throws(Fault) in
            guard let number = arguments.number(0) else {
                return .undefined
            }
            try machine.count(picture: arguments.string(1))
            // The range of ECMAScript's times.
            guard number.magnitude <= 8.64e15 else {
                throw Fault("D3110", value: arguments[0].json())
            }
            return try Fault.picture { () throws(JSONataPictureError) in
                .string(
                    try DateTimePicture.format(
                        millis: Int64(number),
                        picture: arguments.string(1),
                        timezone: arguments.string(2),
                        readsLeadingZoneNumber: machine.revision.readsLeadingZoneNumber
                    )
                )
            }
        },
        Builtin("toMillis", "<s-s?:n>", 2) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            let now = machine.sources.milliseconds
            try machine.count(picture: arguments.string(1))
            try machine.count(converting: text)
            return try Fault.picture(concerning: text) { () throws(JSONataPictureError) in
                let millis = try DateTimePicture.parse(text, picture: arguments.string(1), now: now)
                return millis.map { .number(Double($0)) } ?? .undefined
            }
        },
    ]
}
