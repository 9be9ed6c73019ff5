using Amazon.CloudWatch.Model;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.FIS.Model;
using Amazon.RDS.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using Amazon.SecurityToken.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Templates;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Tests.Http;

/// <summary>What the cloud does not do it refuses by name: nothing that a caller asks for is passed over.</summary>
public sealed class RefusalTests : CloudTests
{
    private static IEnumerable<TestCaseData> Calls()
    {
        yield return Case("RDS", account => account.Rds.CreateDBInstanceAsync(new CreateDBInstanceRequest { DBInstanceIdentifier = "x", DBInstanceClass = "db.t3.micro", Engine = "postgres", Iops = 3000 }), "the member Iops of CreateDBInstance");
        yield return Case("RDS, a value", account => account.Rds.CreateDBInstanceAsync(new CreateDBInstanceRequest { DBInstanceIdentifier = "x", DBInstanceClass = "db.t3.micro", Engine = "postgres", PubliclyAccessible = true }), "PubliclyAccessible=true of CreateDBInstance, only false");
        yield return Case("RDS, a change", account => account.Rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = "x", NewDBInstanceIdentifier = "y" }), "the member NewDBInstanceIdentifier of ModifyDBInstance");
        yield return Case("EC2", account => account.Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-1", MinCount = 1, MaxCount = 1, KeyName = "mine" }), "the member KeyName of RunInstances");
        yield return Case("EC2, a part", account => account.Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-1", MinCount = 1, MaxCount = 1, Placement = new Placement { Tenancy = Amazon.EC2.Tenancy.Host } }), "the member Placement.Tenancy of RunInstances");
        yield return Case("EC2, an operation", account => account.Ec2.DescribeVpcsAsync(new DescribeVpcsRequest()), "the operation DescribeVpcs");
        yield return Case("Auto Scaling", account => account.AutoScaling.SetDesiredCapacityAsync(new Amazon.AutoScaling.Model.SetDesiredCapacityRequest { AutoScalingGroupName = "g", DesiredCapacity = 1, HonorCooldown = true }), "HonorCooldown=true of SetDesiredCapacity, only false");
        yield return Case("Auto Scaling, an operation", account => account.AutoScaling.PutScalingPolicyAsync(new Amazon.AutoScaling.Model.PutScalingPolicyRequest { AutoScalingGroupName = "g", PolicyName = "p" }), "the operation PutScalingPolicy");
        yield return Case("ELBv2", account => account.LoadBalancing.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = "arn", Targets = [new TargetDescription { Id = "i-1", AvailabilityZone = "all" }] }), "the member Targets.member.AvailabilityZone of RegisterTargets");
        yield return Case("CloudWatch", account => account.CloudWatch.PutMetricAlarmAsync(new PutMetricAlarmRequest { AlarmName = "a", EvaluationPeriods = 1, ComparisonOperator = Amazon.CloudWatch.ComparisonOperator.GreaterThanThreshold, ExtendedStatistic = "p99" }), "the member ExtendedStatistic of PutMetricAlarm");
        yield return Case("CloudWatch, a statistic", account => account.CloudWatch.GetMetricDataAsync(new GetMetricDataRequest { StartTime = DateTime.UtcNow.AddMinutes(-1), EndTime = DateTime.UtcNow, MetricDataQueries = [new MetricDataQuery { Id = "q", MetricStat = new MetricStat { Metric = new Amazon.CloudWatch.Model.Metric { Namespace = "n", MetricName = "m" }, Period = 60, Stat = "p99" } }] }), "the statistic p99");
        yield return Case("S3, a header", account => account.S3.PutObjectAsync(new PutObjectRequest { BucketName = "refused", Key = "k", ContentBody = "x", StorageClass = Amazon.S3.S3StorageClass.Glacier }), "the header x-amz-storage-class of PutObject");
        yield return Case("S3, a copy", account => account.S3.CopyObjectAsync("refused", "a", "refused", "b"), "the header x-amz-");
        yield return Case("S3, a sub-resource", account => account.S3.GetBucketPolicyAsync(new GetBucketPolicyRequest { BucketName = "refused" }), "the member policy of ListObjectsV2");
        yield return Case("FIS, a log", account => account.Fis.CreateExperimentTemplateAsync(Logged(new CreateExperimentTemplateLogConfigurationInput { LogSchemaVersion = 2, S3Configuration = new ExperimentTemplateS3LogConfigurationInput { BucketName = "logs" } })), "the member logConfiguration of CreateExperimentTemplate");
        yield return Case("STS", account => account.Sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = "arn:aws:iam::000000000000:role/x", RoleSessionName = "me", Policy = "{}" }), "the member Policy of AssumeRole");
    }

    private static CreateExperimentTemplateRequest Logged(CreateExperimentTemplateLogConfigurationInput log)
    {
        var template = FisTemplate.For("it is logged", "arn:aws:iam::000000000000:role/fis").Do("wait", FisAction.Wait("1m")).ToRequest();
        template.ClientToken = "logged";
        template.LogConfiguration = log;
        return template;
    }

    [TestCaseSource(nameof(Calls))]
    public void What_is_not_done_is_named(Func<AwsAccount, Task> call, string what)
    {
        ArgumentNullException.ThrowIfNull(call);
        Assert.That(async () => await call(Account), Throws.InstanceOf<AmazonServiceException>().With.Property("ErrorCode").EqualTo("NotImplemented").And.Message.Contains(what));
    }

    [Test]
    public void Names_values_and_parts_are_honoured_as_they_are_listed()
    {
        var honoured = HonouredMembers.Of("Name Kind=a|b Place.Zone");

        Assert.That(() => honoured.Check("Op", new Dictionary<string, string> { ["Action"] = "Op", ["Name.member.1"] = "x", ["Kind"] = "B", ["Place.Zone"] = "z" }), Throws.Nothing);
        Assert.That(() => honoured.Check("Op", new Dictionary<string, string> { ["Place.Host"] = "h" }), Throws.TypeOf<AwsErrorException>().With.Message.Contains("Place.Host"));
        Assert.That(() => honoured.Check("Op", new Dictionary<string, string> { ["Kind"] = "c" }), Throws.TypeOf<AwsErrorException>().With.Message.Contains("only a or b"));
    }

    private static TestCaseData Case(string name, Func<AwsAccount, Task> call, string what) => new TestCaseData(call, what).SetArgDisplayNames(name);
}
