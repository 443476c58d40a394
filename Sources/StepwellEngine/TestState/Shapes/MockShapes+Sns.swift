// Written by Tools/mock-shapes/generate.py.

extension MockShapes {
    /// The answers of `sns`.
    static let sns = #"""
        0{IsOptedOut:B};@CheckIfPhoneNumberIsOptedOut=0;1{SubscriptionArn:S};@ConfirmSubscription=\#
        1;2{PlatformApplicationArn:S};@CreatePlatformApplication=2;3{EndpointArn:S};@CreatePlatfor\#
        mEndpoint=3;4{};@CreateSMSSandboxPhoneNumber=4;5{TopicArn:S};@CreateTopic=5;6{};@DeleteSMS\#
        SandboxPhoneNumber=6;7{DataProtectionPolicy:S};@GetDataProtectionPolicy=7;8{Attributes:(S)\#
        };@GetEndpointAttributes=8;9{Attributes:(S)};@GetPlatformApplicationAttributes=9;a{Attribu\#
        tes:(S)};@GetSMSAttributes=a;b{IsInSandbox!:B};@GetSMSSandboxAccountStatus=b;c{Attributes:\#
        (S)};@GetSubscriptionAttributes=c;d{Attributes:(S)};@GetTopicAttributes=d;f{EndpointArn:S,\#
        Attributes:(S)};e{Endpoints:[#f],NextToken:S};@ListEndpointsByPlatformApplication=e;11{Cre\#
        atedAt:S,PhoneNumber:S,Status:S,Iso2CountryCode:S,RouteType:<Transactional|Promotional|Pre\#
        mium>,NumberCapabilities:[<SMS|MMS|VOICE>]};10{NextToken:S,PhoneNumbers:[#11]};@ListOrigin\#
        ationNumbers=10;12{PhoneNumbers:[S],NextToken:S};@ListPhoneNumbersOptedOut=12;14{PlatformA\#
        pplicationArn:S,Attributes:(S)};13{PlatformApplications:[#14],NextToken:S};@ListPlatformAp\#
        plications=13;16{PhoneNumber:S,Status:<Pending|Verified>};15{PhoneNumbers!:[#16],NextToken\#
        :S};@ListSMSSandboxPhoneNumbers=15;18{SubscriptionArn:S,Owner:S,Protocol:S,Endpoint:S,Topi\#
        cArn:S};17{Subscriptions:[#18],NextToken:S};@ListSubscriptions=17;19{Subscriptions:[#18],N\#
        extToken:S};@ListSubscriptionsByTopic=19;1b{Key!:S,Value!:S};1a{Tags:[#1b]};@ListTagsForRe\#
        source=1a;1d{TopicArn:S};1c{Topics:[#1d],NextToken:S};@ListTopics=1c;1e{};@OptInPhoneNumbe\#
        r=1e;1f{MessageId:S,SequenceNumber:S};@Publish=1f;21{Id:S,MessageId:S,SequenceNumber:S};22\#
        {Id!:S,Code!:S,Message:S,SenderFault!:B};20{Successful:[#21],Failed:[#22]};@PublishBatch=2\#
        0;23{};@SetSMSAttributes=23;24{SubscriptionArn:S};@Subscribe=24;25{};@TagResource=25;26{};\#
        @UntagResource=26;27{};@VerifySMSSandboxPhoneNumber=27
        """#
}
