extension BuiltInModels {
    /// S3's objects.
    static let objects: [String: BuiltInService] = [
        "s3": BuiltInService(
            serviceID: "S3",
            wireProtocol: .restXML,
            endpointPrefix: "s3",
            apiVersion: "2006-03-01",
            namespace: "http://s3.amazonaws.com/doc/2006-03-01/",
            groups: groups,
            operations: [
                "GetObject GET /{Bucket}/{Key+} in:GetObjectRequest out:GetObjectOutput "
                    + "errors:NoSuchKey,InvalidObjectState",
                "HeadObject HEAD /{Bucket}/{Key+} in:GetObjectRequest out:HeadObjectOutput "
                    + "errors:NoSuchKey",
                "PutObject PUT /{Bucket}/{Key+} in:PutObjectRequest out:PutObjectOutput "
                    + "sum:ChecksumAlgorithm errors:InvalidRequest,TooManyParts",
                "DeleteObject DELETE /{Bucket}/{Key+} in:DeleteObjectRequest "
                    + "out:DeleteObjectOutput",
                "ListObjectsV2 GET /{Bucket}?list-type=2 in:ListObjectsV2Request "
                    + "out:ListObjectsV2Output errors:NoSuchBucket",
                "CreateMultipartUpload POST /{Bucket}/{Key+}?uploads in:CreateUploadRequest "
                    + "out:CreateUploadOutput",
                "UploadPart PUT /{Bucket}/{Key+} in:UploadPartRequest out:UploadPartOutput "
                    + "sum:ChecksumAlgorithm",
                "CompleteMultipartUpload POST /{Bucket}/{Key+} in:CompleteUploadRequest "
                    + "out:CompleteUploadOutput",
                "AbortMultipartUpload DELETE /{Bucket}/{Key+} in:AbortUploadRequest "
                    + "out:AbortUploadOutput errors:NoSuchUpload",
            ],
            shapes: shapes
        )
    ]

    private static let encryption = "x-amz-server-side-encryption"

    private static let groups = [
        "%object": "Bucket@uri Key@uri ExpectedBucketOwner@header=x-amz-expected-bucket-owner "
            + "RequestPayer@header=x-amz-request-payer",
        "%customer": "SSECustomerAlgorithm@header=\(encryption)-customer-algorithm "
            + "SSECustomerKey@header=\(encryption)-customer-key "
            + "SSECustomerKeyMD5@header=\(encryption)-customer-key-MD5",
        "%encrypted": "ServerSideEncryption@header=\(encryption) "
            + "SSEKMSKeyId@header=\(encryption)-aws-kms-key-id "
            + "BucketKeyEnabled:bool@header=\(encryption)-bucket-key-enabled "
            + "RequestCharged@header=x-amz-request-charged",
        "%encryptor": "SSECustomerAlgorithm@header=\(encryption)-customer-algorithm "
            + "SSECustomerKeyMD5@header=\(encryption)-customer-key-MD5",
        "%version": "VersionId@header=x-amz-version-id Expiration@header=x-amz-expiration",
        "%sumTexts": "ChecksumCRC32 ChecksumCRC32C ChecksumCRC64NVME ChecksumSHA1 ChecksumSHA256 "
            + "ChecksumSHA512 ChecksumMD5 ChecksumXXHASH64 ChecksumXXHASH3 ChecksumXXHASH128",
        "%sums": "ChecksumCRC32@header=x-amz-checksum-crc32 "
            + "ChecksumCRC32C@header=x-amz-checksum-crc32c "
            + "ChecksumCRC64NVME@header=x-amz-checksum-crc64nvme "
            + "ChecksumSHA1@header=x-amz-checksum-sha1 "
            + "ChecksumSHA256@header=x-amz-checksum-sha256 "
            + "ChecksumSHA512@header=x-amz-checksum-sha512 "
            + "ChecksumMD5@header=x-amz-checksum-md5 "
            + "ChecksumXXHASH64@header=x-amz-checksum-xxhash64 "
            + "ChecksumXXHASH3@header=x-amz-checksum-xxhash3 "
            + "ChecksumXXHASH128@header=x-amz-checksum-xxhash128",
        "%conditions": "IfMatch@header=If-Match IfNoneMatch@header=If-None-Match",
        "%content": "CacheControl@header=Cache-Control "
            + "ContentDisposition@header=Content-Disposition "
            + "ContentEncoding@header=Content-Encoding "
            + "ContentLanguage@header=Content-Language ContentType@header=Content-Type "
            + "Expires@header=Expires Metadata:{}@headers=x-amz-meta- "
            + "StorageClass@header=x-amz-storage-class "
            + "WebsiteRedirectLocation@header=x-amz-website-redirect-location "
            + "ObjectLockMode@header=x-amz-object-lock-mode "
            + "ObjectLockRetainUntilDate:time/iso8601@header="
            + "x-amz-object-lock-retain-until-date "
            + "ObjectLockLegalHoldStatus@header=x-amz-object-lock-legal-hold "
            + "ObjectLockEventHold@header=x-amz-object-lock-event-hold "
            + "ObjectLockEventHoldDurationDays:int@header="
            + "x-amz-object-lock-event-hold-duration-days "
            + "ObjectLockEventHoldDurationYears:int@header="
            + "x-amz-object-lock-event-hold-duration-years",
        "%new": "ACL@header=x-amz-acl Tagging@header=x-amz-tagging "
            + "GrantFullControl@header=x-amz-grant-full-control "
            + "GrantRead@header=x-amz-grant-read GrantReadACP@header=x-amz-grant-read-acp "
            + "GrantWriteACP@header=x-amz-grant-write-acp "
            + "ServerSideEncryption@header=\(encryption) "
            + "SSEKMSKeyId@header=\(encryption)-aws-kms-key-id "
            + "SSEKMSEncryptionContext@header=\(encryption)-context "
            + "BucketKeyEnabled:bool@header=\(encryption)-bucket-key-enabled",
        "%read": "AcceptRanges@header=accept-ranges DeleteMarker:bool@header=x-amz-delete-marker "
            + "Restore@header=x-amz-restore LastModified:time@header=Last-Modified "
            + "ContentLength:int@header=Content-Length ContentRange@header=Content-Range "
            + "ETag@header=ETag ChecksumType@header=x-amz-checksum-type "
            + "PartsCount:int@header=x-amz-mp-parts-count "
            + "TagCount:int@header=x-amz-tagging-count "
            + "MissingMeta:int@header=x-amz-missing-meta "
            + "ReplicationStatus@header=x-amz-replication-status",
    ]

    private static let shapes = [
        "GetObjectRequest: %object %customer %conditions IfModifiedSince:time@header="
            + "If-Modified-Since IfUnmodifiedSince:time@header=If-Unmodified-Since "
            + "Range@header=Range VersionId@querystring=versionId "
            + "PartNumber:int@querystring=partNumber ChecksumMode@header=x-amz-checksum-mode "
            + "ResponseCacheControl@querystring=response-cache-control "
            + "ResponseContentDisposition@querystring=response-content-disposition "
            + "ResponseContentEncoding@querystring=response-content-encoding "
            + "ResponseContentLanguage@querystring=response-content-language "
            + "ResponseContentType@querystring=response-content-type "
            + "ResponseExpires:time/rfc822@querystring=response-expires",
        "GetObjectOutput: %read %encrypted %encryptor %version %sums %content Body:blob!",
        "HeadObjectOutput: %read %encrypted %encryptor %version %sums %content "
            + "ArchiveStatus@header=x-amz-archive-status",
        "PutObjectRequest: %object %customer %conditions %content %new %sums "
            + "ContentMD5@header=Content-MD5 ContentLength:int@header=Content-Length "
            + "WriteOffsetBytes:int@header=x-amz-write-offset-bytes "
            + "ChecksumAlgorithm@header=x-amz-sdk-checksum-algorithm Body:blob!",
        "PutObjectOutput: %encrypted %encryptor %version %sums ETag@header=ETag "
            + "ChecksumType@header=x-amz-checksum-type Size:int@header=x-amz-object-size "
            + "SSEKMSEncryptionContext@header=\(encryption)-context",
        "DeleteObjectRequest: %object IfMatch@header=If-Match MFA@header=x-amz-mfa "
            + "IfMatchLastModifiedTime:time@header=x-amz-if-match-last-modified-time "
            + "IfMatchSize:int@header=x-amz-if-match-size VersionId@querystring=versionId "
            + "BypassGovernanceRetention:bool@header=x-amz-bypass-governance-retention",
        "DeleteObjectOutput: DeleteMarker:bool@header=x-amz-delete-marker "
            + "VersionId@header=x-amz-version-id RequestCharged@header=x-amz-request-charged",
        "ListObjectsV2Request: Bucket@uri Delimiter@querystring=delimiter "
            + "EncodingType@querystring=encoding-type MaxKeys:int@querystring=max-keys "
            + "Prefix@querystring=prefix ContinuationToken@querystring=continuation-token "
            + "FetchOwner:bool@querystring=fetch-owner StartAfter@querystring=start-after "
            + "OptionalObjectAttributes:[string]@header=x-amz-optional-object-attributes "
            + "RequestPayer@header=x-amz-request-payer "
            + "ExpectedBucketOwner@header=x-amz-expected-bucket-owner",
        "Owner: DisplayName ID",
        "Object: Key LastModified:time ETag ChecksumAlgorithm:[string]* ChecksumType Size:int "
            + "StorageClass Owner:Owner",
        "CommonPrefix: Prefix",
        "ListObjectsV2Output: IsTruncated:bool Contents:[Object]* Name Prefix Delimiter "
            + "MaxKeys:int CommonPrefixes:[CommonPrefix]* EncodingType KeyCount:int "
            + "ContinuationToken NextContinuationToken StartAfter "
            + "RequestCharged@header=x-amz-request-charged",
        "CreateUploadRequest: %object %customer %content %new "
            + "ChecksumAlgorithm@header=x-amz-checksum-algorithm "
            + "ChecksumType@header=x-amz-checksum-type",
        "CreateUploadOutput: Bucket Key UploadId %encrypted %encryptor "
            + "AbortDate:time@header=x-amz-abort-date AbortRuleId@header=x-amz-abort-rule-id "
            + "ChecksumAlgorithm@header=x-amz-checksum-algorithm "
            + "ChecksumType@header=x-amz-checksum-type "
            + "SSEKMSEncryptionContext@header=\(encryption)-context",
        "UploadPartRequest: %object %customer %sums ContentMD5@header=Content-MD5 "
            + "ContentLength:int@header=Content-Length "
            + "ChecksumAlgorithm@header=x-amz-sdk-checksum-algorithm "
            + "PartNumber:int@querystring=partNumber UploadId@querystring=uploadId Body:blob!",
        "UploadPartOutput: %encrypted %encryptor %sums ETag@header=ETag",
        "Part: ETag %sumTexts PartNumber:int",
        "Parts: Parts:[Part]*~Part",
        "CompleteUploadRequest: %object %conditions %sums %customer "
            + "ChecksumType@header=x-amz-checksum-type "
            + "MpuObjectSize:int@header=x-amz-mp-object-size UploadId@querystring=uploadId "
            + "MultipartUpload:Parts!^~CompleteMultipartUpload",
        "CompleteUploadOutput: Location Bucket Key ETag %sumTexts ChecksumType %encrypted %version",
        "AbortUploadRequest: %object UploadId@querystring=uploadId "
            + "IfMatchInitiatedTime:time@header=x-amz-if-match-initiated-time",
        "AbortUploadOutput: RequestCharged@header=x-amz-request-charged",
    ]
}
