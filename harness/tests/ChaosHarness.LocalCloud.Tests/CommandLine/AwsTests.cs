namespace ChaosHarness.LocalCloud.Tests.CommandLine;

/// <summary>Debian's AWS command line drives a whole experiment, a failover, a restore and a replication.</summary>
public sealed class AwsTests : CloudTests
{
    private Aws _aws = null!;

    [SetUp]
    public void Find()
    {
        Assume.That(Aws.IsThere, "the package awscli is not installed");
        _aws = new Aws(Cloud);
    }

    [Test]
    public async Task It_is_told_who_it_is() => Assert.That(await _aws.RunAsync("sts get-caller-identity --query Arn"), Is.EqualTo("arn:aws:iam::000000000000:user/admin"));

    [Test]
    public async Task It_drives_an_experiment()
    {
        await _aws.RunAsync("ec2 run-instances --image-id ami-1 --count 2 --tag-specifications 'ResourceType=instance,Tags=[{Key=role,Value=cli}]'");
        await UntilAsync(async () => await StatesAsync() == "running running", "they run");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """
            {
              "description": "stop one of two", "roleArn": "arn:aws:iam::000000000000:role/fis", "stopConditions": [{ "source": "none" }],
              "targets": { "one": { "resourceType": "aws:ec2:instance", "resourceTags": { "role": "cli" }, "selectionMode": "COUNT(1)" } },
              "actions": { "stop": { "actionId": "aws:ec2:stop-instances", "parameters": { "startInstancesAfterDuration": "PT2M" }, "targets": { "Instances": "one" } } }
            }
            """);
        var template = await _aws.RunAsync($"fis create-experiment-template --cli-input-json file://{file} --query experimentTemplate.id");
        var experiment = await _aws.RunAsync($"fis start-experiment --experiment-template-id {template} --query experiment.id");
        await UntilAsync(async () => (await StatesAsync()).Contains("stop", StringComparison.Ordinal), "one stops");
        await UntilAsync(async () => await _aws.RunAsync($"fis get-experiment --id {experiment} --query experiment.state.status") == "completed", "the experiment ends");

        Assert.That(await StatesAsync(), Is.EqualTo("running running"));
        Assert.That(await _aws.RunAsync($"fis list-experiments --query 'experiments[?id==`{experiment}`].experimentTemplateId'"), Is.EqualTo(template));
        File.Delete(file);

        async Task<string> StatesAsync() => string.Join(' ', (await _aws.RunAsync("ec2 describe-instances --filters Name=tag:role,Values=cli --query 'Reservations[].Instances[].State.Name'")).Split('\t'));
    }

    [Test]
    public async Task It_fails_a_database_over_and_restores_its_past()
    {
        await _aws.RunAsync("rds create-db-instance --db-instance-identifier cli --engine postgres --db-instance-class db.t3.micro --db-name shop --master-username keeper --master-user-password s3cret-enough --multi-az");
        await StatusAsync("cli");
        var instance = await DescribeAsync("cli");
        await AskAsync<int>(instance, "CREATE TABLE t (i int); INSERT INTO t VALUES (1); SELECT 1");
        await Task.Delay(100);
        var moment = DateTime.UtcNow;
        await Task.Delay(100);
        await AskAsync<int>(instance, "INSERT INTO t VALUES (2); SELECT 1");
        var zone = await ZoneAsync();
        await _aws.RunAsync("rds reboot-db-instance --db-instance-identifier cli --force-failover");
        await StatusAsync("cli");

        Assert.That(await ZoneAsync(), Is.Not.EqualTo(zone));
        Assert.That(await _aws.RunAsync("rds describe-events --source-identifier cli --source-type db-instance --query 'Events[].Message'"), Does.Contain("Multi-AZ instance failover completed"));
        await UntilAsync(async () => (await DescribeAsync("cli")).LatestRestorableTime > moment, "the log is archived");
        await _aws.RunAsync($"rds restore-db-instance-to-point-in-time --source-db-instance-identifier cli --target-db-instance-identifier cli-then --restore-time {moment:yyyy-MM-ddTHH:mm:ss.fffZ}");
        await StatusAsync("cli-then");
        Assert.That(await AskAsync<long>(await DescribeAsync("cli-then"), "SELECT sum(i) FROM t"), Is.EqualTo(1));

        async Task<string> ZoneAsync() => await _aws.RunAsync("rds describe-db-instances --db-instance-identifier cli --query 'DBInstances[].AvailabilityZone'");
        Task StatusAsync(string id) => UntilAsync(async () => await _aws.RunAsync($"rds describe-db-instances --db-instance-identifier {id} --query 'DBInstances[].DBInstanceStatus'") == "available", $"{id} is available");
    }

    [Test]
    public async Task It_replicates_objects()
    {
        foreach (var bucket in new[] { "cli-here", "cli-there" })
        {
            await _aws.RunAsync($"s3 mb s3://{bucket}");
            await _aws.RunAsync($"s3api put-bucket-versioning --bucket {bucket} --versioning-configuration Status=Enabled");
        }

        await _aws.RunAsync("""s3api put-bucket-replication --bucket cli-here --replication-configuration '{"Role":"arn:aws:iam::000000000000:role/r","Rules":[{"ID":"all","Status":"Enabled","Priority":1,"Filter":{"Prefix":""},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::cli-there"}}]}'""");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "tea");
        await _aws.RunAsync($"s3 cp {file} 's3://cli-here/a folder/tea.txt'");
        await UntilAsync(async () => await _aws.RunAsync("s3api head-object --bucket cli-here --key 'a folder/tea.txt' --query ReplicationStatus") == "COMPLETED", "it is replicated");

        Assert.That(await _aws.RunAsync("s3 cp 's3://cli-there/a folder/tea.txt' -"), Is.EqualTo("tea"));
        File.Delete(file);
    }
}
