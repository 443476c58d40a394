import Foundation

/// Texts that gzip compressed, each in another of its ways.
enum CompressedSamples {
    /// With codes of its own; the text has 7111 bytes and this CRC-32.
    static let dynamic = bytes(
        "H4sIAAAAAAACA5VZu44cNxDM9zMUb0Cy3/6bEyzYgWQ4UGBA8L+bM13NOTgiLzlgd4bsZ1V1768vf335rf87"
            + "tL//2fwjte1nQ2X7WVV7/YI58f792/efHxb8/vrt54cqvz++//3nR4zxuj7oXd5/fPz48cHe7ifI442Xe+N1"
            + "jki+Z+z3Y9wt3+uur/uKrpSPdB51gtLI+/uIvC4fGT3NCaf7vwfdX4/QPDU8HxAZ+25zyztct98ZraeB1OAg"
            + "aZQ/cZswrOEbijTOacVXG77U3rYvtcF50MzT/Z9m6DIJse8ujYzdfCcNttEzZo4YhiPXNl77NanImFcSveEj"
            + "Ms6bZJp5n8yV88ulu77IMwewJaTiK6soprdPWdVtM3z4zBQ14N4QHsuHQr3KB/GSIXUUWd5IXO7zfhmI+Ctz"
            + "3OMgAVwtgLJW7rf3Rr5/Sq8QHHQ4xwtVJxW2YEGkxx0Hmy5VaGbss7x0PyRMqCbbrx2CBZwm9PnBdgbM7tBp"
            + "udFbth9zRVlGOu1anrY0kSeoVa1awlrEQrHr2+yPJge5lSz1MWER+IhKDvTdRM58xLmvJHh6rgzcc/cXagTA"
            + "K23Vri2r/cnVRJ30ssFv6+t4NeTdDOhLttrqav9t2HODe7b/khEsDwMQqsodbQk4x77q0QJFR0Svfbtaxm3E"
            + "Okh1HxO9KyBDACIqsNWkqkYSojz2EZu1/c91oSQbQa2PSmsIKHd4bPvt+6boAbvxUKByr/qSsQ9NMZkEjba6"
            + "SVT3s2l2UJHZVJNQqm9lGT3rLIM8EXf3wKvh9itbXqhfIFd1YfRqdnqBVIE5EFSiwH4uxKAqALVFoba8Gi1A"
            + "EdBdBS+lw9ygp9wN3NpWL5CDeOXhUGpgRWoLC6SoKezTc63kCyRciUOnsSItC5TIkP3OGf0pcUD/VoQMzVhB"
            + "0UGgUdmn0fYogOysCXLlhmQ66IBIPB4PHHqF0aTSSuzGgUqf4AxvueKwsnlAqDNPwFxB+EaBigLNJzeALRii"
            + "YABY1R6id6pzOrzJLHi91PGA8HppVKbqbm8tUzVKoQ1L9y7xkhjakG8dYLMJevt58EXK0fo2ZsSUQzlFJHRR"
            + "q9jwPvAQr7upHWgQLllrUsJ8v45NV/t1wjAx8hgpUW0NN0SLI3F6Y1DpmEAO9YHliRH7ITY9GCVxqRvAgks6"
            + "aPjRmJWlakgvddTfJW8wVBRlK3Rk0Hja4UYsP4iaomgjoAlEsgeYVluIcGHsPqsVcjuVVOs1BJY+I+4HQhvH"
            + "cOeDAQADSx8I6MWNiy57TWWBsXo/bsEFyEIA9RR5DN2ri9VG92IjWKNWhV6D4XDYJ76WCf1AqXLzp6tAiBPO"
            + "EeZxsB2o9pGqxdB9WCJfy40D5mg1kO/P3xorjeNhMnlk0RjApmfoGQyPvAY9QeJ9zhj3f+eaAPdrjAK4Qweq"
            + "62B85qjKOEB2VJOvcerZU0zfbnspCqoCcfm0XZiyvSCzZjTBLkoLViNHUVPUm+/Pjdd0l1i9P/QowV5SzBJr"
            + "CyZLmNlAar3XHOOZW2OsSbS2SD72OY+ZnpLJHm761Fo70tsZPkZzIno9GiakVhNwB4PUFNuKWqoz+5L+wbVU"
            + "IPAE26iDNVcGWNRZRchL13qt8uQRQtoKmCB3FBO6ukNsgjc6HCABDV0bN7BFyTJfrEjYe+1HjGicN+XgfaLv"
            + "VcDjYPMxnlCRngyw1YUHi9Bre7G/J0tI45rA53xdK+l90JlvZ29jfOu2/+61dcys6ypP5n1vr31sVhoapfa2"
            + "YQcTPTRMsepjilgtPhUNci1sMv+Mq6I48KAeDqIraGxuMI9rYy5oKhaIMa0fFDx0bakzJb4PnXLQbtwxBHKm"
            + "3mGJt5Jx/v4EOjnp1crxZJPRnx9QrMINBJmyDZ+41Eh1QK500PvAlmt5ADiD+2qv9TMNjCoRXAU6lS12GSi3"
            + "Tmu2cWRyyL5kdi0pvmBCsWkZjhBLOwDBJdth3yRFrGfWGq5K0GCvef3Y8uS51cAR0Gn++g8zn+5GxxsAAA=="
    )
    static let dynamicCount = 7111
    static let dynamicChecksum: UInt32 = 0x46EE9F33

    /// `fixed fixed fixed codes`, with the codes that need not be sent.
    static let fixed = bytes("H4sIAAAAAAACA0vLrEhNUUhDIpPzU1KLAU7U7pgXAAAA")

    /// `stored text`, as it is.
    static let stored = bytes("H4sIAAAAAAAEAwELAPT/c3RvcmVkIHRleHS1Aa8PCwAAAA==")

    /// `named`, of a file with a name.
    static let named = bytes("H4sICAAAAAAC/25hbWUuY3N2AMtLzE1NAQCHzOBxBQAAAA==")

    private static func bytes(_ text: String) -> [UInt8] {
        Data(base64Encoded: text).map { [UInt8]($0) } ?? []
    }
}
