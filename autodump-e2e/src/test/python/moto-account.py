"""An AWS account in moto, on the loopback interface, with the stack of a template in it.

Usage: moto-account.py PORT HOOK TEMPLATE

HOOK is the URL of the test. It runs the functions and the jobs, and hears the notices. When the stack is there, one line
of JSON on standard output describes it. The account ends when standard input ends.

Every class and function of the first half adds something that moto 5 lacks.
"""

import copy
import json
import os
import re
import sys
import threading
import time
import traceback
import urllib.error
import urllib.request

PORT, HOOK, TEMPLATE = sys.argv[1:]
os.environ["MOTO_PORT"] = PORT
for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
    os.environ[name] = "test"
os.environ.pop("AWS_PROFILE", None)
os.environ.pop("AWS_ENDPOINT_URL", None)
ENDPOINT = "http://127.0.0.1:" + PORT
REGION = os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"
# Pauses between attempts become so much shorter. The instant of a run doesn't.
HURRY = 2000

import boto3  # noqa: E402
from moto import settings  # noqa: E402
from flask import got_request_exception  # noqa: E402
from moto.awslambda import models as functions  # noqa: E402
from moto.batch import models as batch  # noqa: E402
from moto.cloudformation import models as stacks  # noqa: E402
from moto.cloudformation import parsing  # noqa: E402
from moto.core.common_models import CloudFormationModel  # noqa: E402
from moto.core.config import default_user_config  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402
from moto.sns import models as topics  # noqa: E402
from moto.stepfunctions import models as machines  # noqa: E402
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl  # noqa: E402
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service  # noqa: E402
from moto.stepfunctions.parser.asl.component.state.wait.wait_function import seconds_path, wait_function  # noqa: E402
from moto.stepfunctions.parser.asl.utils import json_path  # noqa: E402
from moto.stepfunctions.parser.models import stepfunctions_parser_backends  # noqa: E402

default_user_config["stepfunctions"]["execute_state_machine"] = True


# moto answers with status 500 and says no more.
def show_fault(sender, exception, **kwargs):
    traceback.print_exception(exception)


got_request_exception.connect(show_fault)


def ask(path, question):
    """Asks the test; returns its answer, and whether that is a failure."""
    request = urllib.request.Request(HOOK + path, json.dumps(question).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode(), False
    except urllib.error.HTTPError as failed:
        return failed.read().decode(), True


# moto runs functions in Docker, and doesn't find the way to CloudFormation for the answer of a custom resource.
def invoke(function, event=None):
    custom = isinstance(event, dict) and "ResponseURL" in event
    if custom:
        event["ResponseURL"] = HOOK + "/answer"
    answer, failed = ask(
        "/function",
        {"handler": function.handler, "environment": function.environment_vars, "event": event},
    )
    if custom and event["RequestType"] == "Create" and not failed:
        stack = stacks.cloudformation_backends[function.account_id][REGION].get_stack(event["StackId"])
        stack.get_custom_resource(event["LogicalResourceId"]).set_data({})
    return answer, failed, ""


functions.LambdaFunction._invoke_lambda = invoke
# moto asks Docker for this address, and prints what it is told.
settings.moto_server_host = lambda: "http://127.0.0.1"


# moto has no aliases in CloudFormation.
class Alias(CloudFormationModel):
    # moto looks for the service in this name.
    __module__ = functions.__name__

    def __init__(self, arn):
        self.physical_resource_id = arn

    @staticmethod
    def cloudformation_name_type():
        return "Name"

    @staticmethod
    def cloudformation_type():
        return "AWS::Lambda::Alias"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        alias = functions.lambda_backends[account_id][region_name].create_alias(
            properties["Name"], properties["FunctionName"], str(properties["FunctionVersion"]), "", None
        )
        return cls(alias.arn)


# moto has no alarms in CloudFormation. This one has an ARN, to which the dashboard refers, and never goes off.
class Alarm(CloudFormationModel):
    __module__ = functions.__name__

    def __init__(self, name, arn):
        self.physical_resource_id = name
        self.arn = arn

    @staticmethod
    def cloudformation_name_type():
        return "AlarmName"

    @staticmethod
    def cloudformation_type():
        return "AWS::CloudWatch::Alarm"

    @classmethod
    def has_cfn_attr(cls, name):
        return name == "Arn"

    def get_cfn_attribute(self, name):
        return self.arn

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        return cls(resource_name, f"arn:aws:cloudwatch:{region_name}:{account_id}:alarm:{resource_name}")


# moto doesn't know these attributes for Fn::GetAtt.
def answer(model, **attributes):
    model.get_cfn_attribute = lambda resource, name: getattr(resource, attributes[name])
    model.has_cfn_attr = classmethod(lambda cls, name: name in attributes)


answer(functions.LambdaVersion, Version="version")
answer(batch.ComputeEnvironment, ComputeEnvironmentArn="arn")
answer(batch.JobQueue, JobQueueArn="arn")


# moto knows custom resources by the other of their two types.
class_of_type = parsing.resource_class_from_type
parsing.resource_class_from_type = lambda name: class_of_type(
    "Custom::Resource" if name == "AWS::CloudFormation::CustomResource" else name
)


# moto asks for properties that CloudFormation doesn't need.
def give(model, **defaults):
    create = model.create_from_cloudformation_json

    def create_with_defaults(cls, resource_name, cloudformation_json, *arguments, **named):
        properties = cloudformation_json["Properties"] = {**defaults, **cloudformation_json["Properties"]}
        if "Type" in properties:
            # The CDK writes "managed", which AWS takes.
            properties["Type"] = properties["Type"].upper() if model is batch.ComputeEnvironment else properties["Type"]
        return create(resource_name, cloudformation_json, *arguments, **named)

    model.create_from_cloudformation_json = classmethod(create_with_defaults)


give(batch.ComputeEnvironment, ServiceRole="arn:aws:iam::123456789012:role/batch")
give(batch.JobDefinition, RetryStrategy={"attempts": 1})


# moto puts a state machine of CloudFormation where its interpreter doesn't look, and without its substitutions.
def create_machine(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = cloudformation_json["Properties"]
    definition = properties["DefinitionString"]
    for name, value in properties.get("DefinitionSubstitutions", {}).items():
        definition = definition.replace("${" + name + "}", value)
    return stepfunctions_parser_backends[account_id][region_name].create_state_machine(
        properties["StateMachineName"], definition, properties["RoleArn"], tags=[]
    )


machines.StateMachine.create_from_cloudformation_json = classmethod(create_machine)


# moto copies a state machine for each execution, with the executions that run, which can't be copied.
def copy_machine(machine, memo):
    copied = copy.copy(machine)
    copied.executions = []
    return copied


machines.StateMachine.__deepcopy__ = copy_machine


# moto's interpreter leaves out what Step Functions does with names: it takes and gives "JobId" where the API has "jobId".
def operation(task, service, action):
    client = boto3.client(task._get_boto_service_name(service), endpoint_url=ENDPOINT)
    name = client.meta.method_to_api_mapping[task._get_boto_service_action(action)]
    return client.meta.service_model.operation_model(name)


def normalise_parameters(task, parameters, boto_service_name=None, service_action_name=None):
    task._to_boto_request(parameters, operation(task, boto_service_name, service_action_name).input_shape)


def normalise_response(task, response, boto_service_name=None, service_action_name=None):
    task._from_boto_response(response, operation(task, boto_service_name, service_action_name).output_shape)


state_task_service.StateTaskService._SERVICE_NAME_SFN_TO_BOTO_OVERRIDES["cloudwatchlogs"] = "logs"
state_task_service.StateTaskService._normalise_parameters = normalise_parameters
state_task_service.StateTaskService._normalise_response = normalise_response


# moto makes a list of one element of "$.Events[0].Message", which in Step Functions is the element.
extract = json_path.extract_json


def extract_element(path, data):
    value = extract(path, data)
    of_one = re.fullmatch(r"[^\[]*\[\d+\]\.\w+", path) and isinstance(value, list) and len(value) == 1
    return value[0] if of_one else value


for module in list(sys.modules.values()):
    if getattr(module, "extract_json", None) is extract:
        module.extract_json = extract_element


# moto pauses in real time.
class Hurried:
    @staticmethod
    def sleep(seconds):
        threading.Event().wait(seconds / HURRY)


retrier_decl.time = Hurried
wait_in_real_time = wait_function.WaitFunction._wait_interval


def wait(state, env, wait_seconds):
    hurried = isinstance(state, seconds_path.SecondsPath)
    wait_in_real_time(state, env, wait_seconds / HURRY if hurried else wait_seconds)


wait_function.WaitFunction._wait_interval = wait


# moto runs jobs in Docker, once, ignores how they ended, and logs elsewhere than the job definition says.
def run(job):
    properties = job.job_definition.container_properties
    environment = {each["name"]: each["value"] for each in properties["environment"]}
    environment.update({each["name"]: each["value"] for each in job.container_overrides.get("environment", [])})
    job.end = json.loads(ask("/job", {"environment": environment, "overrides": job.container_overrides})[0])
    if job.end.get("exitCode") is not None:
        job.log_stream_name = job._stream_name
        group = properties["logConfiguration"]["options"]["awslogs-group"]
        logs = boto3.client("logs", endpoint_url=ENDPOINT)
        logs.create_log_stream(logGroupName=group, logStreamName=job.log_stream_name)
        at = int(job.job_created_at.timestamp() * 1000)
        lines = [{"timestamp": at, "message": line} for line in job.end.get("log", [])]
        if lines:
            logs.put_log_events(logGroupName=group, logStreamName=job.log_stream_name, logEvents=lines)
    job.job_stopped_reason = job.end.get("statusReason")
    job._mark_stopped(success=job.end.get("exitCode") == 0)


# moto knows a definition by its name or by the ARN of a revision, and not by the ARN without one.
definition_of = batch.BatchBackend.get_job_definition


def definition(backend, identifier):
    return definition_of(backend, identifier) or definition_of(backend, identifier.rsplit("/", 1)[-1])


batch.BatchBackend.get_job_definition = definition

describe = batch.Job.describe


def describe_with_end(job):
    description = describe(job)
    end = getattr(job, "end", {})
    for name in ("exitCode", "reason"):
        if end.get(name) is not None:
            description["container"][name] = end[name]
    return description


batch.Job.run = run
batch.Job.describe = describe_with_end


# moto keeps notices to itself.
publish = topics.SNSBackend.publish


def publish_and_tell(backend, message, arn, *arguments, **named):
    failed = ask("/notice", {"topic": arn, "message": message, "subject": named.get("subject")})[1]
    if failed:
        raise topics.SNSInvalidParameter("the test refuses notices")
    return publish(backend, message, arn, *arguments, **named)


topics.SNSBackend.publish = publish_and_tell



def network(text):
    """The VPC of the template and the role of Batch, which moto looks for."""
    ec2 = boto3.client("ec2", endpoint_url=ENDPOINT)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    text = text.replace("vpc-0123456789abcdef0", vpc)
    # Of the service; every account has it.
    boto3.client("iam", endpoint_url=ENDPOINT).create_role(RoleName="batch", AssumeRolePolicyDocument="{}")
    for number in (0, 1):
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24")["Subnet"]["SubnetId"]
        text = text.replace(f"subnet-0123456789abcdef{number}", subnet)
    return text


def assets(template):
    """The functions' jar, which moto only looks at."""
    s3 = boto3.client("s3", endpoint_url=ENDPOINT)
    for resource in template["Resources"].values():
        code = resource.get("Properties", {}).get("Code", {})
        if "S3Bucket" in code:
            bucket = code["S3Bucket"]["Fn::Sub"].replace("${AWS::AccountId}", "123456789012")
            bucket = bucket.replace("${AWS::Region}", REGION)
            if bucket not in [each["Name"] for each in s3.list_buckets()["Buckets"]]:
                s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
            s3.put_object(Bucket=bucket, Key=code["S3Key"], Body=b"stands for the functions")


def deploy():
    with open(TEMPLATE, encoding="utf-8") as file:
        text = network(file.read())
    template = json.loads(text)
    assets(template)
    cloudformation = boto3.client("cloudformation", endpoint_url=ENDPOINT)
    # Of the bootstrap stack, whose version the template asks for.
    boto3.client("ssm", endpoint_url=ENDPOINT).put_parameter(
        Name="/cdk-bootstrap/hnb659fds/version", Value="21", Type="String"
    )
    stack = cloudformation.create_stack(StackName="AutoDump", TemplateBody=text, Capabilities=["CAPABILITY_IAM"])
    while True:
        found = cloudformation.describe_stacks(StackName=stack["StackId"])["Stacks"][0]
        if found["StackStatus"] != "CREATE_IN_PROGRESS":
            break
        # The custom resource may not have answered yet.
        time.sleep(0.1)
        stacks.cloudformation_backends["123456789012"][REGION].get_stack(stack["StackId"]).verify_readiness()
    made = cloudformation.describe_stack_resources(StackName=stack["StackId"])["StackResources"]
    made = {each["LogicalResourceId"]: each.get("PhysicalResourceId") for each in made if "LogicalResourceId" in each}
    lacking = {
        resource["Type"]
        for name, resource in template["Resources"].items()
        if name not in made and resource["Type"] != "AWS::CDK::Metadata"
    }
    return {
        "endpoint": ENDPOINT,
        "region": REGION,
        "status": found["StackStatus"],
        "outputs": {each["OutputKey"]: each["OutputValue"] for each in found.get("Outputs", [])},
        "resources": made,
        "lacking": sorted(lacking),
    }


server = ThreadedMotoServer(ip_address="127.0.0.1", port=int(PORT), verbose=False)
server.start()
print(json.dumps(deploy()), flush=True)
sys.stdin.read()
server.stop()
os._exit(0)
