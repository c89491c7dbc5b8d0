# Wraps the template of "make template", so that Terraform and the CDK deploy the same resources.

locals {
  # Lambda takes a new jar only under a new key.
  functions_key = "${var.artifacts_prefix}/${filesha256(var.functions_jar)}.jar"
  template_key  = "${var.artifacts_prefix}/${filesha256(var.template)}.template.json"
}

data "aws_s3_bucket" "artifacts" {
  bucket = var.artifacts_bucket
}

resource "aws_s3_object" "functions" {
  bucket = data.aws_s3_bucket.artifacts.id
  key    = local.functions_key
  source = var.functions_jar
}

# CloudFormation takes a template of this size only from S3.
resource "aws_s3_object" "template" {
  bucket       = data.aws_s3_bucket.artifacts.id
  key          = local.template_key
  source       = var.template
  content_type = "application/json"
}

resource "aws_cloudformation_stack" "autodump" {
  name         = var.name
  template_url = "https://${data.aws_s3_bucket.artifacts.bucket_regional_domain_name}/${aws_s3_object.template.key}"
  capabilities = ["CAPABILITY_IAM"]
  tags         = var.tags

  parameters = {
    Vpc             = var.vpc_id
    SubnetA         = var.subnet_ids[0]
    SubnetB         = var.subnet_ids[1]
    Image           = var.image
    FunctionsBucket = aws_s3_object.functions.bucket
    FunctionsKey    = aws_s3_object.functions.key
  }

  timeouts {
    create = "60m"
    update = "60m"
    # All waiting runs are ended first.
    delete = "60m"
  }
}
