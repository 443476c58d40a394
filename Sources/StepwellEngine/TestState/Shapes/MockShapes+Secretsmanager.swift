// Written by Tools/mock-shapes/generate.py.

extension MockShapes {
    /// The answers of `secretsmanager`.
    static let secretsmanager = #"""
        1{ARN:S,Name:S,VersionId:S,SecretBinary:S,SecretString:S,VersionStages:[S],CreatedDate:S};\#
        2{SecretId:S,ErrorCode:S,Message:S};0{SecretValues:[#1],NextToken:S,Errors:[#2]};@BatchGet\#
        SecretValue=0;3{ARN:S,Name:S,VersionId:S};@CancelRotateSecret=3;5{Region:S,KmsKeyId:S,Stat\#
        us:<InSync|Failed|InProgress>,StatusMessage:S,LastAccessedDate:S};4{ARN:S,Name:S,VersionId\#
        :S,ReplicationStatus:[#5]};@CreateSecret=4;6{ARN:S,Name:S};@DeleteResourcePolicy=6;7{ARN:S\#
        ,Name:S,DeletionDate:S};@DeleteSecret=7;9{AutomaticallyAfterDays:N[1..1000],Duration:S,Sch\#
        eduleExpression:S};a{Key:S,Value:S};b{Key:S,Value:S};8{ARN:S,Name:S,Type:S,Description:S,K\#
        msKeyId:S,RotationEnabled:B,RotationLambdaARN:S,RotationRules:#9,ExternalSecretRotationMet\#
        adata:[#a],ExternalSecretRotationRoleArn:S,LastRotatedDate:S,LastChangedDate:S,LastAccesse\#
        dDate:S,DeletedDate:S,NextRotationDate:S,Tags:[#b],VersionIdsToStages:([S]),OwningService:\#
        S,CreatedDate:S,PrimaryRegion:S,ReplicationStatus:[#5]};@DescribeSecret=8;c{RandomPassword\#
        :S};@GetRandomPassword=c;d{ARN:S,Name:S,ResourcePolicy:S};@GetResourcePolicy=d;e{ARN:S,Nam\#
        e:S,VersionId:S,SecretBinary:S,SecretString:S,VersionStages:[S],CreatedDate:S};@GetSecretV\#
        alue=e;10{VersionId:S,VersionStages:[S],LastAccessedDate:S,CreatedDate:S,KmsKeyIds:[S]};f{\#
        Versions:[#10],NextToken:S,ARN:S,Name:S};@ListSecretVersionIds=f;12{ARN:S,Name:S,Type:S,De\#
        scription:S,KmsKeyId:S,RotationEnabled:B,RotationLambdaARN:S,RotationRules:#9,ExternalSecr\#
        etRotationMetadata:[#a],ExternalSecretRotationRoleArn:S,LastRotatedDate:S,LastChangedDate:\#
        S,LastAccessedDate:S,DeletedDate:S,NextRotationDate:S,Tags:[#b],SecretVersionsToStages:([S\#
        ]),OwningService:S,CreatedDate:S,PrimaryRegion:S};11{SecretList:[#12],NextToken:S};@ListSe\#
        crets=11;13{ARN:S,Name:S};@PutResourcePolicy=13;14{ARN:S,Name:S,VersionId:S,VersionStages:\#
        [S]};@PutSecretValue=14;15{ARN:S,ReplicationStatus:[#5]};@RemoveRegionsFromReplication=15;\#
        16{ARN:S,ReplicationStatus:[#5]};@ReplicateSecretToRegions=16;17{ARN:S,Name:S};@RestoreSec\#
        ret=17;18{ARN:S,Name:S,VersionId:S};@RotateSecret=18;19{ARN:S};@StopReplicationToReplica=1\#
        9;1a{ARN:S,Name:S,VersionId:S};@UpdateSecret=1a;1b{ARN:S,Name:S};@UpdateSecretVersionStage\#
        =1b;1d{CheckName:S,ErrorMessage:S};1c{PolicyValidationPassed:B,ValidationErrors:[#1d]};@Va\#
        lidateResourcePolicy=1c
        """#
}
