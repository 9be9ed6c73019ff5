using System.Collections.Concurrent;
using Amazon.FIS.Model;
using Amazon.RDS.Model;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;
using ChaosHarness.Aws.Tests.Models;

namespace ChaosHarness.LocalCloud.Tests.Models;

/// <summary>Every answer of FIS and RDS has the shape that AWS's models say.</summary>
public sealed class AnswerTests : CloudTests
{
    [Test]
    public async Task Answers_of_every_operation_fit_their_model()
    {
        var answers = new ConcurrentBag<(string Service, string Operation, byte[] Body)>();
        Cloud.OnAnswer = (service, operation, response) => answers.Add((service, operation!, response.Body.ToArray()));
        await TourRdsAsync();
        await TourFisAsync();

        var rds = new AnswerWalk(ServiceModels.Load("rds"));
        foreach (var (_, operation, body) in answers.Where(answer => answer.Service == "rds"))
        {
            rds.Xml(operation, body);
        }

        var fis = new AnswerWalk(ServiceModels.Load("fis"));
        foreach (var (_, operation, body) in answers.Where(answer => answer.Service == "fis"))
        {
            fis.Json(operation, body);
        }

        Assert.That(answers.Where(answer => answer.Service == "rds").Select(answer => answer.Operation).Distinct().Count(), Is.EqualTo(21), "the tour went through all operations of RDS");
        Assert.That(answers.Where(answer => answer.Service == "fis").Select(answer => answer.Operation).Distinct().Count(), Is.EqualTo(26), "and of FIS");
        // A model that is older than the answers does not know members that came later.
        var isCurrent = Environment.GetEnvironmentVariable("CHAOSHARNESS_AWS_MODELS") is { Length: > 0 };
        Assert.That(rds.Mistakes.Concat(fis.Mistakes).Where(mistake => isCurrent || !mistake.EndsWith("is not in the model", StringComparison.Ordinal)).Distinct(), Is.Empty);
        Assert.That(rds.Values, Is.GreaterThan(300), "the walk saw the answers");
        Assert.That(fis.Values, Is.GreaterThan(300));
    }

    [Test]
    public void A_walk_finds_what_does_not_fit()
    {
        var rds = new AnswerWalk(ServiceModels.Load("rds"));
        rds.Xml("DescribeDBInstances", "<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances><member><Colour>red</Colour><MultiAZ>perhaps</MultiAZ></member></DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>"u8.ToArray());
        var fis = new AnswerWalk(ServiceModels.Load("fis"));
        fis.Json("GetExperiment", """{"experiment":{"colour":"red","state":{"status":"pondering"},"startTime":"soon"}}"""u8.ToArray());

        Assert.That(rds.Mistakes, Has.Count.EqualTo(4), "no request id, an entry called otherwise, an unknown member, no flag");
        Assert.That(fis.Mistakes, Has.Count.EqualTo(3));
    }

    private async Task TourRdsAsync()
    {
        var rds = Account.Rds;
        var instance = await DatabaseAsync("tour", multiZone: true);
        await rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = "tour", AllocatedStorage = 30 });
        await AvailableAsync("tour");
        await rds.AddTagsToResourceAsync(new AddTagsToResourceRequest { ResourceName = instance.DBInstanceArn, Tags = [new Tag { Key = "a", Value = "b" }] });
        await rds.ListTagsForResourceAsync(new Amazon.RDS.Model.ListTagsForResourceRequest { ResourceName = instance.DBInstanceArn });
        await rds.CreateDBSnapshotAsync(new CreateDBSnapshotRequest { DBInstanceIdentifier = "tour", DBSnapshotIdentifier = "tour-1" });
        await UntilAsync(async () => (await rds.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest())).DBSnapshots[0].Status == "available", "a snapshot");
        await rds.RestoreDBInstanceFromDBSnapshotAsync(new RestoreDBInstanceFromDBSnapshotRequest { DBInstanceIdentifier = "tour-2", DBSnapshotIdentifier = "tour-1" });
        await rds.RestoreDBInstanceToPointInTimeAsync(new RestoreDBInstanceToPointInTimeRequest { SourceDBInstanceIdentifier = "tour", TargetDBInstanceIdentifier = "tour-3", UseLatestRestorableTime = true });
        await rds.CreateDBInstanceReadReplicaAsync(new CreateDBInstanceReadReplicaRequest { DBInstanceIdentifier = "tour-4", SourceDBInstanceIdentifier = "tour" });
        await rds.CreateDBClusterAsync(new CreateDBClusterRequest { DBClusterIdentifier = "tour-5", Engine = "postgres", MasterUsername = "keeper", MasterUserPassword = "s3cret-enough" });
        await AvailableAsync("tour-2");
        await AvailableAsync("tour-3");
        await AvailableAsync("tour-4");
        await rds.PromoteReadReplicaAsync(new PromoteReadReplicaRequest { DBInstanceIdentifier = "tour-4" });
        await rds.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = "tour-2" });
        await AvailableAsync("tour-2", "stopped");
        await rds.StartDBInstanceAsync(new StartDBInstanceRequest { DBInstanceIdentifier = "tour-2" });
        await rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "tour", ForceFailover = true });
        await rds.DescribeDBInstanceAutomatedBackupsAsync(new DescribeDBInstanceAutomatedBackupsRequest());
        await UntilAsync(async () => (await rds.DescribeDBClustersAsync(new DescribeDBClustersRequest())).DBClusters[0].Status == "available", "a cluster");
        await rds.FailoverDBClusterAsync(new FailoverDBClusterRequest { DBClusterIdentifier = "tour-5" });
        await rds.DeleteDBSnapshotAsync(new DeleteDBSnapshotRequest { DBSnapshotIdentifier = "tour-1" });
        await rds.DeleteDBInstanceAsync(new DeleteDBInstanceRequest { DBInstanceIdentifier = "tour-3", SkipFinalSnapshot = true });
        await rds.DescribeEventsAsync(new DescribeEventsRequest());
        await AvailableAsync("tour");
        await AvailableAsync("tour-4");
        await rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest());
    }

    private async Task TourFisAsync()
    {
        var fis = Account.Fis;
        var made = await fis.CreateExperimentTemplateAsync(FisTemplate.For("tour", "arn:aws:iam::000000000000:role/fis")
            .Target("db", FisTarget.Databases.WithTag("a", "b").Where("MultiAZ", "true"))
            .Do("fail-over", FisAction.RebootDatabases("db", forceFailover: true))
            .Do("wait", FisAction.Wait("1m"), "fail-over").ToRequest());
        var (id, arn) = (made.ExperimentTemplate.Id, made.ExperimentTemplate.Arn);
        await fis.UpdateExperimentTemplateAsync(new UpdateExperimentTemplateRequest { Id = id, Description = "a tour" });
        await fis.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = new() { ["a"] = "b" } });
        await fis.ListTagsForResourceAsync(new Amazon.FIS.Model.ListTagsForResourceRequest { ResourceArn = arn });
        await fis.UntagResourceAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = ["a"] });
        await fis.CreateTargetAccountConfigurationAsync(new CreateTargetAccountConfigurationRequest { ExperimentTemplateId = id, AccountId = "123456789012", RoleArn = "arn:aws:iam::123456789012:role/there" });
        await fis.UpdateTargetAccountConfigurationAsync(new UpdateTargetAccountConfigurationRequest { ExperimentTemplateId = id, AccountId = "123456789012", Description = "there" });
        await fis.GetTargetAccountConfigurationAsync(new GetTargetAccountConfigurationRequest { ExperimentTemplateId = id, AccountId = "123456789012" });
        await fis.ListTargetAccountConfigurationsAsync(new ListTargetAccountConfigurationsRequest { ExperimentTemplateId = id });
        var started = (await fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = id, Tags = new() { ["a"] = "b" } })).Experiment;
        await UntilAsync(async () => (await FisRuns.GetAsync(Account, started.Id, default)).Actions["wait"].StartTime is not null, "it goes on");
        await fis.StopExperimentAsync(new StopExperimentRequest { Id = started.Id });
        await FisRuns.EndedAsync(Account, started.Id, default);
        await fis.ListExperimentResolvedTargetsAsync(new ListExperimentResolvedTargetsRequest { ExperimentId = started.Id });
        await fis.GetExperimentTargetAccountConfigurationAsync(new GetExperimentTargetAccountConfigurationRequest { ExperimentId = started.Id, AccountId = "123456789012" });
        await fis.ListExperimentTargetAccountConfigurationsAsync(new ListExperimentTargetAccountConfigurationsRequest { ExperimentId = started.Id });
        await fis.DeleteTargetAccountConfigurationAsync(new DeleteTargetAccountConfigurationRequest { ExperimentTemplateId = id, AccountId = "123456789012" });
        await fis.ListExperimentsAsync(new ListExperimentsRequest());
        await fis.ListExperimentTemplatesAsync(new ListExperimentTemplatesRequest());
        await fis.GetExperimentTemplateAsync(new GetExperimentTemplateRequest { Id = id });
        await fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = id });
        await fis.ListActionsAsync(new ListActionsRequest());
        await fis.GetActionAsync(new GetActionRequest { Id = "aws:fis:wait" });
        await fis.ListTargetResourceTypesAsync(new ListTargetResourceTypesRequest());
        await fis.GetTargetResourceTypeAsync(new GetTargetResourceTypeRequest { ResourceType = "aws:rds:db" });
        await fis.UpdateSafetyLeverStateAsync(new UpdateSafetyLeverStateRequest { Id = "default", State = new UpdateSafetyLeverStateInput { Status = "disengaged", Reason = "tour" } });
        await fis.GetSafetyLeverAsync(new GetSafetyLeverRequest { Id = "default" });
    }
}
