import Stepwell
import StepwellIntegrations

extension SettingsDocument {
    /// A document of YAML text, called `f`, in the directory `/etc`.
    init(yaml: String) throws {
        let definition = try YAMLDefinition(parsing: yaml, keepsText: true)
        self.init(
            name: "f",
            directory: "/etc",
            value: definition.value,
            position: { definition.position(of: $0) }
        )
    }
}

extension SettingsSurroundings {
    /// One variable, one file, and every directory but `/etc/none`.
    static let scripted = SettingsSurroundings(
        variable: { $0 == "TOKEN" ? "hunter2" : nil },
        content: { $0 == "/etc/key.txt" ? Array("s3cret\r\n".utf8) : nil },
        isDirectory: { $0 != "/etc/none" }
    )
}
