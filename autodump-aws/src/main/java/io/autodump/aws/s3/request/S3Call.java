package io.autodump.aws.s3.request;

/** The calls to S3, each with the permission that it needs. */
public enum S3Call {
    CREATE_UPLOAD("CreateMultipartUpload", "s3:PutObject"),
    UPLOAD_PART("UploadPart", "s3:PutObject"),
    COMPLETE_UPLOAD("CompleteMultipartUpload", "s3:PutObject"),
    ABORT_UPLOAD("AbortMultipartUpload", "s3:AbortMultipartUpload"),
    LIST_PARTS("ListParts", "s3:ListMultipartUploadParts"),
    /** Without the permission to list, S3 responds with 403 instead of 404 for a missing object. */
    HEAD("HeadObject", "s3:GetObject and s3:ListBucket"),
    GET("GetObject", "s3:GetObject and s3:ListBucket"),
    PUT("PutObject", "s3:PutObject"),
    LIST("ListObjectsV2", "s3:ListBucket"),
    LIST_UPLOADS("ListMultipartUploads", "s3:ListBucketMultipartUploads"),
    DELETE("DeleteObject", "s3:DeleteObject"),
    DELETE_MANY("DeleteObjects", "s3:DeleteObject");

    private final String operation;
    private final String action;

    S3Call(String operation, String action) {
        this.operation = operation;
        this.action = action;
    }

    /** Returns the name in the S3 API reference. */
    String operation() {
        return operation;
    }

    /** Returns the IAM actions, as words. */
    String action() {
        return action;
    }

    /** Returns whether the permission is on the bucket and not on its objects. */
    public boolean isOnBucket() {
        return this == LIST || this == LIST_UPLOADS;
    }

    /** Returns whether permissions on the bucket and on its objects are needed. */
    boolean isOnBoth() {
        return this == HEAD || this == GET;
    }

    boolean writes() {
        return this == CREATE_UPLOAD || this == UPLOAD_PART || this == COMPLETE_UPLOAD || this == PUT;
    }
}
