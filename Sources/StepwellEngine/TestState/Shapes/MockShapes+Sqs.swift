// Written by Tools/mock-shapes/generate.py.

extension MockShapes {
    /// The answers of `sqs`.
    static let sqs = #"""
        0{ApproximateNumberOfMessagesMoved:N};@CancelMessageMoveTask=0;2{Id!:S};3{Id!:S,SenderFaul\#
        t!:B,Code!:S,Message:S};1{Successful!:[#2],Failed!:[#3]};@ChangeMessageVisibilityBatch=1;4\#
        {QueueUrl:S};@CreateQueue=4;6{Id!:S};5{Successful!:[#6],Failed!:[#3]};@DeleteMessageBatch=\#
        5;7{Attributes:(S)};@GetQueueAttributes=7;8{QueueUrl:S};@GetQueueUrl=8;9{QueueUrls!:[S],Ne\#
        xtToken:S};@ListDeadLetterSourceQueues=9;b{TaskHandle:S,Status:S,SourceArn:S,DestinationAr\#
        n:S,MaxNumberOfMessagesPerSecond:N,ApproximateNumberOfMessagesMoved:N,ApproximateNumberOfM\#
        essagesToMove:N,FailureReason:S,StartedTimestamp:N};a{Results:[#b]};@ListMessageMoveTasks=\#
        a;c{Tags:(S)};@ListQueueTags=c;d{QueueUrls:[S],NextToken:S};@ListQueues=d;10{StringValue:S\#
        ,BinaryValue:S,StringListValues:[S],BinaryListValues:[S],DataType!:S};f{MessageId:S,Receip\#
        tHandle:S,MD5OfBody:S,Body:S,Attributes:(S),MD5OfMessageAttributes:S,MessageAttributes:(#1\#
        0)};e{Messages:[#f]};@ReceiveMessage=e;11{MD5OfMessageBody:S,MD5OfMessageAttributes:S,MD5O\#
        fMessageSystemAttributes:S,MessageId:S,SequenceNumber:S};@SendMessage=11;13{Id!:S,MessageI\#
        d!:S,MD5OfMessageBody!:S,MD5OfMessageAttributes:S,MD5OfMessageSystemAttributes:S,SequenceN\#
        umber:S};12{Successful!:[#13],Failed!:[#3]};@SendMessageBatch=12;14{TaskHandle:S};@StartMe\#
        ssageMoveTask=14
        """#
}
