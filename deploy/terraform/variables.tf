variable "name" {
  description = "The name of the stack in CloudFormation."
  type        = string
  default     = "AutoDump"
}

variable "template" {
  description = "The path of the template that \"make template\" writes."
  type        = string
}

variable "functions_jar" {
  description = "The path of autodump-lambda-VERSION-function.jar, of the same version as the template."
  type        = string
}

variable "artifacts_bucket" {
  description = "A bucket in the region of the stack, which the module uploads the template and the jar into."
  type        = string
}

variable "artifacts_prefix" {
  description = "What the keys of both begin with."
  type        = string
  default     = "autodump"
}

variable "image" {
  description = "The dumper's image: ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9][a-z0-9._/-]*:[A-Za-z0-9_.-]+$", var.image))
    error_message = "The image must be ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG."
  }
}

variable "vpc_id" {
  description = "The network of the jobs."
  type        = string
}

variable "subnet_ids" {
  description = "Two private subnets in different zones, from which the jobs reach the databases and AWS."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) == 2
    error_message = "There must be two subnets."
  }
}

variable "tags" {
  description = "Tags of the stack and of everything in it."
  type        = map(string)
  default     = {}
}
