/// Which folder of models a service has that SDK integrations spell otherwise.
enum ServiceNames {
    private static let folders: [String: String] = [
        "applicationdiscovery": "discovery",
        "cloudwatchlogs": "logs",
        "cognitoidentityprovider": "cognito-idp",
        "costandusagereport": "cur",
        "costexplorer": "ce",
        "databasemigration": "dms",
        "directory": "ds",
        "directoryservicedata": "ds-data",
        "elasticloadbalancing": "elb",
        "elasticloadbalancingv2": "elbv2",
        "elasticsearch": "es",
        "eventbridge": "events",
        "iotdataplane": "iot-data",
        "iotjobsdataplane": "iot-jobs-data",
        "lexmodelbuilding": "lex-models",
        "lexmodelsv2": "lexv2-models",
        "lexruntimev2": "lexv2-runtime",
        "marketplacemetering": "meteringmarketplace",
        "migrationhub": "mgh",
        "pinpointsmsvoice": "sms-voice",
        "serverlessapplicationrepository": "serverlessrepo",
        "sfn": "stepfunctions",
        "simpledb": "sdb",
    ]

    /// The folder of a service among those that there are; nil when there is none.
    static func folder(of service: String, among folders: Set<String>) -> String? {
        if let folder = Self.folders[service], folders.contains(folder) { return folder }
        if folders.contains(service) { return service }
        return folders.filter { $0.filter { $0 != "-" } == service }.sorted().first
    }
}
