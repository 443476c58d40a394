/// State machines that tests run.
enum Machines {
    static let pass = #"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#

    /// Takes more in one decision than a slice of the shard's work.
    static let heavy = #"""
        {"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","End":true,
         "Output":"{% $sum($map([1..45000],function($v){$v*2})) %}"}}}
        """#

    /// A decision that takes long, and a time to wait.
    static let heavyThenWait = #"""
        {"QueryLanguage":"JSONata","StartAt":"A","States":{
         "A":{"Type":"Pass","Output":"{% $sum($map([1..20000], function($v){$v*2})) %}",
          "Next":"W"},
         "W":{"Type":"Wait","Seconds":60,"End":true}}}
        """#

    /// Decisions that take long beside tasks and timers of the same execution.
    static let heavyBranches = #"""
        {"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
         {"StartAt":"A","States":{
          "A":{"Type":"Pass","Output":"{% $sum($map([1..9000], function($v){$v*2})) %}",
           "Next":"B"},
          "B":{"Type":"Pass","Output":"{% $sum($map([1..9000], function($v){$v*3})) %}",
           "End":true}}},
         {"StartAt":"T","States":{
          "T":{"Type":"Task","Resource":"work","Arguments":1,"Next":"W",
           "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":1,"MaxAttempts":3}]},
          "W":{"Type":"Wait","Seconds":2,"Next":"U"},
          "U":{"Type":"Task","Resource":"more","Arguments":2,"End":true,
           "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":1,"MaxAttempts":3}]}}}],
         "End":true}}}
        """#

    static func wait(seconds: Int) -> String {
        #"{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":\#(seconds),"End":true}}}"#
    }

    static let task = #"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"work","End":true}}}
        """#

    /// Does something beside work that may fail.
    static let frail = #"""
        {"StartAt":"Both","TimeoutSeconds":100,"States":{"Both":{"Type":"Parallel","Next":"Rest",
         "Branches":[
          {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"work","End":true}}},
          {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.items","End":true,
           "ItemProcessor":{"StartAt":"F","States":{
            "F":{"Type":"Task","Resource":"frail","End":true}}}}}}]},
         "Rest":{"Type":"Wait","Seconds":5,"End":true}}}
        """#

    static let callback = #"""
        {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSeconds":600,
         "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
         "Parameters":{"Token.$":"$$.Task.Token"},"End":true}}}
        """#

    static let retried = #"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"work","End":true,
         "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":10,"BackoffRate":2,"MaxAttempts":5}]}}}
        """#

    static let timed = #"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"work","TimeoutSeconds":30,
         "End":true}}}
        """#

    static let distributedMap = #"""
        {"StartAt":"M","States":{"M":{"Type":"Map","Label":"each","End":true,
         "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}
        """#

    /// A Map Run of which every child fails, which it tolerates.
    static let failingMap = #"""
        {"StartAt":"M","States":{"M":{"Type":"Map","Label":"each","End":true,
         "ToleratedFailurePercentage":100,
         "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"F","States":{"F":{"Type":"Fail"}}}}}}
        """#

    static func activity(_ arn: String, timeout: Int = 600, heartbeat: Int = 60) -> String {
        #"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"\#(arn)",
         "TimeoutSeconds":\#(timeout),"HeartbeatSeconds":\#(heartbeat),"End":true}}}
        """#
    }

    /// Goes round for ever, until the history is full.
    static let endless = #"""
        {"StartAt":"A","States":{
         "A":{"Type":"Pass","Next":"B"},
         "B":{"Type":"Choice","Choices":[{"Variable":"$.stop","BooleanEquals":true,"Next":"C"}],
              "Default":"A"},
         "C":{"Type":"Succeed"}}}
        """#

    static let bigMap = #"""
        {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$","End":true,
         "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}
        """#

    /// Every kind of state that leaves something behind: tasks, retries, a Map, a Parallel, a Wait.
    static let order = #"""
        {"StartAt":"Check","States":{
         "Check":{"Type":"Choice","Default":"Prepare","Choices":[
          {"Variable":"$.total","NumericGreaterThan":1000000,"Next":"TooBig"}]},
         "TooBig":{"Type":"Fail","Error":"TooBig"},
         "Prepare":{"Type":"Parallel","ResultPath":"$.prepared","Next":"Ship","Branches":[
          {"StartAt":"Charge","States":{"Charge":{"Type":"Task","Resource":"charge","End":true,
            "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":1,"MaxAttempts":5}]}}},
          {"StartAt":"Reserve","States":{"Reserve":{"Type":"Map","ItemsPath":"$.lines",
            "ItemProcessor":{"StartAt":"Pick","States":{"Pick":{"Type":"Task",
             "Resource":"pick","End":true}}},"End":true}}}]},
         "Ship":{"Type":"Wait","Seconds":3600,"Next":"Notify"},
         "Notify":{"Type":"Task","Resource":"notify","End":true,
          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Done"}]},
         "Done":{"Type":"Succeed"}}}
        """#

    /// A distributed Map with the label `L`, whose children fail that are given a 1; `fields` are
    /// more of its own, each with a comma behind it.
    static func judgingMap(_ type: String, _ fields: String) -> String {
        #"""
        {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", \#(fields)
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "\#(type)"},
            "StartAt": "C", "States": {
              "C": {"Type": "Choice", "Default": "P", "Choices": [
                {"Variable": "$", "NumericEquals": 1, "Next": "F"}]},
              "P": {"Type": "Pass", "End": true},
              "F": {"Type": "Fail", "Error": "Bad"}}},
          "End": true}}}
        """#
    }
}
