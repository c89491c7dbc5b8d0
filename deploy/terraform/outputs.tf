output "bucket" {
  description = "The bucket of the dumps."
  value       = aws_cloudformation_stack.autodump.outputs["Bucket"]
}

output "security_group_id" {
  description = "The security group of the jobs. The databases must allow it."
  value       = aws_cloudformation_stack.autodump.outputs["SecurityGroup"]
}

output "topic_arn" {
  description = "The topic that receives failures."
  value       = aws_cloudformation_stack.autodump.outputs["Topic"]
}

output "state_machine_arn" {
  description = "The state machine. Each execution is one run."
  value       = aws_cloudformation_stack.autodump.outputs["StateMachine"]
}

output "outputs" {
  description = "All outputs of the stack, by name."
  value       = aws_cloudformation_stack.autodump.outputs
}
