using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.EC2.Model;
using Amazon.FIS;
using Amazon.FIS.Model;
using Amazon.RDS.Model;
using Amazon.Runtime;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;

namespace ChaosHarness.LocalCloud.Tests.Fis;

/// <summary>Experiments go through their states, and do what their actions say. A minute of a template takes a second.</summary>
public sealed class FisTests : CloudTests
{
    private const string Role = "arn:aws:iam::000000000000:role/fis";

    [Test]
    public async Task Actions_run_in_their_order_and_on_time()
    {
        var experiment = await RunAsync(FisTemplate.For("one after the other", Role)
            .Do("first", FisAction.Wait("1m"))
            .Do("beside", FisAction.Wait("1m"))
            .Do("second", FisAction.Wait("1m"), "first"));

        Assert.That(experiment.State.Status, Is.EqualTo(ExperimentStatus.Completed));
        Assert.That(experiment.Actions.Values.Select(action => action.State.Status), Is.All.EqualTo(ExperimentActionStatus.Completed));
        var late = experiment.Actions["second"].StartTime!.Value - experiment.Actions["first"].EndTime!.Value;
        Assert.That(late, Is.InRange(TimeSpan.Zero, TimeSpan.FromSeconds(1)), "due when the first is over");
        Assert.That(experiment.Actions["beside"].StartTime!.Value, Is.LessThan(experiment.Actions["first"].EndTime!.Value));
        Assert.That(experiment.Actions["first"].EndTime - experiment.Actions["first"].StartTime, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(0.99)));
    }

    [Test]
    public async Task Half_of_the_instances_stop_and_start_again()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(tags: ("role", "half"))));
        var template = FisTemplate.For("half", Role)
            .Target("half", FisTarget.Instances.WithTag("role", "half").Where("State.Name", "running").Percent(50))
            .Do("stop", FisAction.StopInstances("half", "2m"));
        var started = await StartAsync(template);

        await UntilAsync(async () => (await StatesAsync(instances)).Count(state => state == "stopped") == 2, "two of them are stopped");
        var resolved = await FisRuns.ResolvedAsync(Account, started.Id, default);
        Assert.That(resolved.Select(target => target.TargetInformation["arn"]), Has.Exactly(2).Items.And.All.StartsWith("arn:aws:ec2:us-east-1:000000000000:instance/i-"));
        var ended = await FisRuns.EndedAsync(Account, started.Id, default);
        Assert.That(ended.State.Status, Is.EqualTo(ExperimentStatus.Completed));
        Assert.That(await StatesAsync(instances), Is.All.EqualTo("running"));
    }

    [Test]
    public async Task A_stopped_experiment_puts_back_what_it_did_at_once()
    {
        var instance = await RunAsync(tags: ("role", "stopped"));
        var started = await StartAsync(FisTemplate.For("long", Role)
            .Target("one", FisTarget.Instances.WithTag("role", "stopped"))
            .Do("stop", FisAction.StopInstances("one", "12h"))
            .Do("later", FisAction.Wait("1m"), "stop"));
        await UntilAsync(async () => await StateAsync(instance.InstanceId) == "stopped", "it stops");

        await Account.Fis.StopExperimentAsync(new StopExperimentRequest { Id = started.Id });
        var ended = await FisRuns.EndedAsync(Account, started.Id, default);

        Assert.That((ended.State.Status, ended.State.Reason), Is.EqualTo((ExperimentStatus.Stopped, "Experiment was stopped by user.")));
        Assert.That((ended.Actions["stop"].State.Status, ended.Actions["later"].State.Status), Is.EqualTo((ExperimentActionStatus.Stopped, ExperimentActionStatus.Cancelled)));
        await UntilAsync(async () => await StateAsync(instance.InstanceId) == "running", "it runs again");
    }

    [Test]
    public async Task A_stop_condition_ends_an_experiment()
    {
        await AlarmAsync("too-much");
        var started = await StartAsync(FisTemplate.For("watched", Role).Do("wait", FisAction.Wait("12h")).StopOn("arn:aws:cloudwatch:us-east-1:000000000000:alarm:too-much"));
        await UntilAsync(async () => (await FisRuns.GetAsync(Account, started.Id, default)).State.Status == ExperimentStatus.Running, "it runs");

        await Account.CloudWatch.SetAlarmStateAsync(new SetAlarmStateRequest { AlarmName = "too-much", StateValue = StateValue.ALARM, StateReason = "test" });
        var ended = await FisRuns.EndedAsync(Account, started.Id, default);

        Assert.That(ended.State.Status, Is.EqualTo(ExperimentStatus.Stopped));
        Assert.That(ended.State.Reason, Does.Contain("stop condition").And.Contain("too-much"));
    }

    [Test]
    public async Task With_an_alarm_that_fires_already_no_action_takes_effect()
    {
        await AlarmAsync("fires");
        await Account.CloudWatch.SetAlarmStateAsync(new SetAlarmStateRequest { AlarmName = "fires", StateValue = StateValue.ALARM, StateReason = "test" });
        var instance = await RunAsync(tags: ("role", "spared"));
        var ended = await RunAsync(FisTemplate.For("too late", Role).Target("it", FisTarget.Instances.WithTag("role", "spared")).Do("end", FisAction.TerminateInstances("it")).StopOn("arn:aws:cloudwatch:us-east-1:000000000000:alarm:fires"));

        Assert.That((ended.State.Status, ended.Actions["end"].State.Status, ended.Actions["end"].StartTime), Is.EqualTo((ExperimentStatus.Stopped, ExperimentActionStatus.Cancelled, (DateTime?)null)));
        Assert.That(await StateAsync(instance.InstanceId), Is.EqualTo("running"));
    }

    [Test]
    public async Task An_alarm_of_elsewhere_stops_nothing_here()
    {
        await AlarmAsync("namesake");
        await Account.CloudWatch.SetAlarmStateAsync(new SetAlarmStateRequest { AlarmName = "namesake", StateValue = StateValue.ALARM, StateReason = "test" });

        Assert.That((await RunAsync(FisTemplate.For("elsewhere", Role).Do("wait", FisAction.Wait("1m")).StopOn("arn:aws:cloudwatch:eu-west-1:000000000000:alarm:namesake"))).State.Status, Is.EqualTo(ExperimentStatus.Completed));
    }

    [Test]
    public async Task Subnets_and_clusters_are_found_by_their_tags_and_zones()
    {
        await Account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = ["subnet-0000000a", "subnet-0000000b"], Tags = [new Amazon.EC2.Model.Tag("net", "mine")] });
        var tagged = await Account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { Filters = [new Amazon.EC2.Model.Filter("tag:net", ["mine"])] });
        Assert.That(tagged.Subnets.Select(subnet => subnet.SubnetId), Is.EquivalentTo(new[] { "subnet-0000000a", "subnet-0000000b" }));
        Assert.That(tagged.Subnets[0].Tags.Single().Value, Is.EqualTo("mine"));
        Assert.That((await Account.Ec2.DescribeTagsAsync(new DescribeTagsRequest { Filters = [new Amazon.EC2.Model.Filter("resource-type", ["subnet"])] })).Tags, Has.Count.EqualTo(2));

        var ended = await RunAsync(FisTemplate.For("cut", Role).Target("it", FisTarget.Subnets.WithTag("net", "mine").InZone("us-east-1b")).Do("cut", FisAction.DisruptConnectivity("it", "1m")));
        Assert.That((await FisRuns.ResolvedAsync(Account, ended.Id, default)).Select(target => target.TargetInformation["arn"]), Is.EqualTo(new[] { "arn:aws:ec2:us-east-1:000000000000:subnet/subnet-0000000b" }));
    }

    [Test]
    public void What_this_cloud_cannot_do_it_refuses_and_says_what_it_can() => Assert.That(
        () => Account.Fis.CreateExperimentTemplateAsync(FisTemplate.For("ecs", Role).Target("it", FisTarget.OfType("aws:ecs:task").WithTag("a", "b")).Do("stop", new FisAction("aws:ecs:stop-task", "it") { TargetName = "Tasks" }).Checked().ToRequest()),
        Throws.TypeOf<ValidationException>().With.Message.Contains("actions.stop.actionId: 'aws:ecs:stop-task'").And.Message.Contains("targets.it.resourceType: 'aws:ecs:task'").And.Message.Contains("can do aws:cloudwatch:assert-alarm-state, aws:ec2:reboot-instances"));

    [TestCase(false, "failed")]
    [TestCase(true, "completed")]
    public async Task An_instance_that_somebody_else_terminates_fails_the_stop_unless_that_was_said(bool completes, string status)
    {
        var instance = await RunAsync(tags: ("role", $"taken-{completes}"));
        var started = await StartAsync(FisTemplate.For("stop", Role).Target("it", FisTarget.Instances.WithTag("role", $"taken-{completes}")).Do("stop", FisAction.StopInstances("it", "2m", completes)));
        await UntilAsync(async () => await StateAsync(instance.InstanceId) == "stopped", "it is stopped");
        await Account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [instance.InstanceId] });
        var ended = await FisRuns.EndedAsync(Account, started.Id, default);

        Assert.That(ended.State.Status.Value, Is.EqualTo(status), ended.State.Reason);
        Assert.That(ended.Actions["stop"].State.Reason, completes ? Is.EqualTo("Action was completed.") : Does.Contain(instance.InstanceId).And.Contain("completeIfInstancesTerminated"));
    }

    [Test]
    public async Task The_safety_lever_stops_what_runs_and_lets_nothing_start()
    {
        await using var cloud = await LocalCloud.StartAsync(Options);
        using var account = AccountOf(cloud);
        var template = (await account.Fis.CreateExperimentTemplateAsync(FisTemplate.For("long", Role).Do("wait", FisAction.Wait("12h")).ToRequest())).ExperimentTemplate.Id;
        var running = (await account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = template })).Experiment.Id;

        var lever = await account.Fis.UpdateSafetyLeverStateAsync(new UpdateSafetyLeverStateRequest { Id = "default", State = new UpdateSafetyLeverStateInput { Status = SafetyLeverStatusInput.Engaged, Reason = "sale day" } });
        Assert.That((lever.SafetyLever.State.Status, lever.SafetyLever.State.Reason), Is.EqualTo((SafetyLeverStatus.Engaged, "sale day")));
        Assert.That((await FisRuns.EndedAsync(account, running, default)).State.Reason, Does.Contain("sale day"));
        Assert.That(() => account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = template }), Throws.TypeOf<Amazon.FIS.Model.ConflictException>().With.Message.Contains("sale day"));

        await account.Fis.UpdateSafetyLeverStateAsync(new UpdateSafetyLeverStateRequest { Id = "default", State = new UpdateSafetyLeverStateInput { Status = SafetyLeverStatusInput.Disengaged, Reason = "over" } });
        Assert.That((await account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = template })).Experiment.Id, Is.Not.Null);
    }

    [Test]
    public async Task Targets_that_stand_for_nothing_fail_the_experiment_or_are_skipped()
    {
        var template = FisTemplate.For("nobody", Role).Target("none", FisTarget.Instances.WithTag("role", "nobody")).Do("reboot", FisAction.RebootInstances("none")).Do("wait", FisAction.Wait("1m"), "reboot");
        var failed = await RunAsync(template);
        Assert.That(failed.State.Status, Is.EqualTo(ExperimentStatus.Failed));
        Assert.That(failed.State.Reason, Does.Contain("empty").And.Contain("none"));

        var request = template.ToRequest();
        request.ExperimentOptions = new CreateExperimentTemplateExperimentOptionsInput { EmptyTargetResolutionMode = EmptyTargetResolutionMode.Skip };
        var skipped = await RunAsync(request);
        Assert.That((skipped.State.Status, skipped.Actions["reboot"].State.Status, skipped.Actions["wait"].State.Status), Is.EqualTo((ExperimentStatus.Completed, ExperimentActionStatus.Skipped, ExperimentActionStatus.Completed)));
    }

    [Test]
    public async Task A_rehearsal_resolves_targets_and_does_nothing()
    {
        var instance = await RunAsync(tags: ("role", "rehearsed"));
        var template = (await Account.Fis.CreateExperimentTemplateAsync(FisTemplate.For("rehearsal", Role).Target("one", FisTarget.Instances.WithTag("role", "rehearsed")).Do("end", FisAction.TerminateInstances("one")).ToRequest())).ExperimentTemplate.Id;
        var started = (await Account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = template, ExperimentOptions = new StartExperimentExperimentOptionsInput { ActionsMode = ActionsMode.SkipAll } })).Experiment;
        var ended = await FisRuns.EndedAsync(Account, started.Id, default);

        Assert.That((ended.State.Status, ended.Actions["end"].State.Status), Is.EqualTo((ExperimentStatus.Completed, ExperimentActionStatus.Skipped)));
        Assert.That(await FisRuns.ResolvedAsync(Account, started.Id, default), Has.Count.EqualTo(1));
        Assert.That(await StateAsync(instance.InstanceId), Is.EqualTo("running"));
    }

    [Test]
    public async Task Tokens_make_requests_count_once()
    {
        var request = FisTemplate.For("once", Role).Do("wait", FisAction.Wait("1m")).ToRequest();
        request.ClientToken = "template-once";
        var one = await Account.Fis.CreateExperimentTemplateAsync(request);
        var same = await Account.Fis.CreateExperimentTemplateAsync(request);
        Assert.That(same.ExperimentTemplate.Id, Is.EqualTo(one.ExperimentTemplate.Id));
        request.Description = "twice";
        Assert.That(() => Account.Fis.CreateExperimentTemplateAsync(request), Throws.TypeOf<Amazon.FIS.Model.ConflictException>());

        var start = new StartExperimentRequest { ExperimentTemplateId = one.ExperimentTemplate.Id, ClientToken = "start-once" };
        var starts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Account.Fis.StartExperimentAsync(start)));
        Assert.That(starts.Select(started => started.Experiment.Id).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Templates_are_updated_listed_tagged_and_deleted()
    {
        var made = (await Account.Fis.CreateExperimentTemplateAsync(FisTemplate.For("first words", Role).Do("wait", FisAction.Wait("1m")).ToRequest())).ExperimentTemplate;
        await Account.Fis.UpdateExperimentTemplateAsync(new UpdateExperimentTemplateRequest { Id = made.Id, Description = "better words" });
        await Account.Fis.TagResourceAsync(new TagResourceRequest { ResourceArn = made.Arn, Tags = new() { ["a"] = "1", ["b"] = "2" } });
        await Account.Fis.UntagResourceAsync(new UntagResourceRequest { ResourceArn = made.Arn, TagKeys = ["a"] });

        var listed = (await Account.Fis.ListExperimentTemplatesAsync(new ListExperimentTemplatesRequest())).ExperimentTemplates.Single(template => template.Id == made.Id);
        Assert.That((listed.Description, listed.Tags.Single().Key), Is.EqualTo(("better words", "b")));
        Assert.That((await Account.Fis.ListTagsForResourceAsync(new Amazon.FIS.Model.ListTagsForResourceRequest { ResourceArn = made.Arn })).Tags.Keys, Is.EqualTo(new[] { "b" }));
        Assert.That(() => Account.Fis.UpdateExperimentTemplateAsync(new UpdateExperimentTemplateRequest { Id = made.Id, Actions = new() { ["x"] = new UpdateExperimentTemplateActionInputItem { ActionId = "aws:none:none" } } }), Throws.TypeOf<ValidationException>().With.Message.Contains("actions.x.actionId"));

        await Account.Fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = made.Id });
        Assert.That(() => Account.Fis.GetExperimentTemplateAsync(new GetExperimentTemplateRequest { Id = made.Id }), Throws.TypeOf<Amazon.FIS.Model.ResourceNotFoundException>());
    }

    [Test]
    public async Task Other_accounts_are_kept_with_a_template()
    {
        var made = (await Account.Fis.CreateExperimentTemplateAsync(FisTemplate.For("many accounts", Role).Do("wait", FisAction.Wait("1m")).ToRequest())).ExperimentTemplate;
        var create = new CreateTargetAccountConfigurationRequest { ExperimentTemplateId = made.Id, AccountId = "123456789012", RoleArn = "arn:aws:iam::123456789012:role/there" };
        await Account.Fis.CreateTargetAccountConfigurationAsync(create);
        Assert.That(() => Account.Fis.CreateTargetAccountConfigurationAsync(create), Throws.TypeOf<Amazon.FIS.Model.ConflictException>());
        await Account.Fis.UpdateTargetAccountConfigurationAsync(new UpdateTargetAccountConfigurationRequest { ExperimentTemplateId = made.Id, AccountId = "123456789012", Description = "theirs" });
        var started = (await Account.Fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = made.Id })).Experiment;

        Assert.That((await Account.Fis.ListTargetAccountConfigurationsAsync(new ListTargetAccountConfigurationsRequest { ExperimentTemplateId = made.Id })).TargetAccountConfigurations.Single().Description, Is.EqualTo("theirs"));
        Assert.That((await Account.Fis.GetExperimentTemplateAsync(new GetExperimentTemplateRequest { Id = made.Id })).ExperimentTemplate.TargetAccountConfigurationsCount, Is.EqualTo(1));
        Assert.That((await Account.Fis.GetExperimentTargetAccountConfigurationAsync(new GetExperimentTargetAccountConfigurationRequest { ExperimentId = started.Id, AccountId = "123456789012" })).TargetAccountConfiguration.RoleArn, Does.EndWith("role/there"));
        await Account.Fis.DeleteTargetAccountConfigurationAsync(new DeleteTargetAccountConfigurationRequest { ExperimentTemplateId = made.Id, AccountId = "123456789012" });
        Assert.That(() => Account.Fis.GetTargetAccountConfigurationAsync(new GetTargetAccountConfigurationRequest { ExperimentTemplateId = made.Id, AccountId = "123456789012" }), Throws.TypeOf<Amazon.FIS.Model.ResourceNotFoundException>());
        Assert.That((await Account.Fis.ListExperimentTargetAccountConfigurationsAsync(new ListExperimentTargetAccountConfigurationsRequest { ExperimentId = started.Id })).TargetAccountConfigurations, Has.Count.EqualTo(1), "an experiment keeps what it began with");
    }

    [Test]
    public async Task Actions_and_types_of_targets_are_listed()
    {
        var actions = new List<ActionSummary>();
        string? next = null;
        do
        {
            var page = await Account.Fis.ListActionsAsync(new ListActionsRequest { MaxResults = 5, NextToken = next });
            actions.AddRange(page.Actions);
            next = page.NextToken;
        }
        while (next is not null);

        Assert.That(actions.Select(action => action.Id), Is.EqualTo(FisCatalogue.Actions.Keys));
        var stop = (await Account.Fis.GetActionAsync(new GetActionRequest { Id = "aws:ec2:stop-instances" })).Action;
        Assert.That((stop.Targets["Instances"].ResourceType, stop.Parameters["startInstancesAfterDuration"].Required), Is.EqualTo(("aws:ec2:instance", (bool?)false)));
        Assert.That((await Account.Fis.ListTargetResourceTypesAsync(new ListTargetResourceTypesRequest())).TargetResourceTypes, Has.Count.EqualTo(6));
        Assert.That((await Account.Fis.GetTargetResourceTypeAsync(new GetTargetResourceTypeRequest { ResourceType = "aws:ec2:subnet" })).TargetResourceType.Parameters, Contains.Key("availabilityZoneIdentifier"));
    }

    [Test]
    public async Task Instances_are_rebooted_and_terminated()
    {
        var instance = await RunAsync(tags: ("role", "mortal"));
        var target = FisTarget.Instances.WithTag("role", "mortal");
        await RunAsync(FisTemplate.For("reboot", Role).Target("one", target).Do("reboot", FisAction.RebootInstances("one")));
        await UntilAsync(async () => !await ServesAsync(instance, 1), "its program ends");
        await UntilAsync(() => ServesAsync(instance), "and comes back");

        await RunAsync(FisTemplate.For("end", Role).Target("one", target.Count(1)).Do("end", FisAction.TerminateInstances("one")));
        await UntilAsync(async () => await StateAsync(instance.InstanceId) == "terminated", "it is terminated");
    }

    [Test]
    public async Task Databases_and_clusters_fail_over()
    {
        var before = await DatabaseAsync("fis-db", multiZone: true);
        await Account.Rds.CreateDBClusterAsync(new CreateDBClusterRequest { DBClusterIdentifier = "fis-cluster", Engine = "postgres", MasterUsername = "keeper", MasterUserPassword = "s3cret-enough" });
        await UntilAsync(async () => (await ClusterAsync()).Status == "available", "the cluster is there");
        var writer = (await ClusterAsync()).DBClusterMembers.Single(member => member.IsClusterWriter is true).DBInstanceIdentifier;

        var ended = await RunAsync(FisTemplate.For("fail over", Role)
            .Target("db", FisTarget.Databases.WithArns(before.DBInstanceArn))
            .Target("cluster", FisTarget.Clusters.WithArns((await ClusterAsync()).DBClusterArn))
            .Do("db", FisAction.RebootDatabases("db", forceFailover: true))
            .Do("cluster", FisAction.FailOverClusters("cluster")));

        Assert.That(ended.State.Status, Is.EqualTo(ExperimentStatus.Completed));
        await UntilAsync(async () => (await DescribeAsync("fis-db")).AvailabilityZone == before.SecondaryAvailabilityZone, "the standby is primary");
        await UntilAsync(async () => (await ClusterAsync()).DBClusterMembers.Single(member => member.IsClusterWriter is true).DBInstanceIdentifier != writer, "the reader writes");

        async Task<DBCluster> ClusterAsync() => (await Account.Rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = "fis-cluster" })).DBClusters[0];
    }

    [Test]
    public async Task An_action_that_cannot_be_done_fails_the_experiment_and_stops_the_others()
    {
        await DatabaseAsync("fis-single", multiZone: false);
        var ended = await RunAsync(FisTemplate.For("impossible", Role)
            .Target("db", FisTarget.Databases.WithArns("arn:aws:rds:us-east-1:000000000000:db:fis-single"))
            .Do("fail-over", FisAction.RebootDatabases("db", forceFailover: true))
            .Do("wait", FisAction.Wait("12h")));

        Assert.That(ended.State.Status, Is.EqualTo(ExperimentStatus.Failed));
        Assert.That(ended.Actions["fail-over"].State.Reason, Does.Contain("not configured for Multi-AZ"));
        Assert.That(ended.Actions["wait"].State.Status, Is.EqualTo(ExperimentActionStatus.Stopped));
    }

    [TestCase("aws:fis:inject-api-throttle-error", "RequestLimitExceeded")]
    [TestCase("aws:fis:inject-api-internal-error", "InternalError")]
    [TestCase("aws:fis:inject-api-unavailable-error", "Unavailable")]
    public async Task Calls_of_a_role_fail_and_those_of_others_do_not(string action, string code)
    {
        const string Operator = "arn:aws:iam::000000000000:role/Operator";
        var keys = (await Account.Sts.AssumeRoleAsync(new() { RoleArn = Operator, RoleSessionName = "me" })).Credentials;
        using var role = AccountOf(Cloud, new SessionAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken));
        var inject = new FisAction(action, "role").With("duration", "PT1M").With("service", "ec2").With("operations", "DescribeInstances").With("percentage", "100");
        var started = await StartAsync(FisTemplate.For("api", Role).Target("role", FisTarget.Roles.WithArns(Operator)).Do("inject", inject));

        await UntilAsync(async () => await CodeAsync(role) == code, "its calls fail");
        Assert.That(await CodeAsync(Account), Is.Null, "others' calls do not");
        Assert.That((await role.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest())).Subnets, Is.Not.Empty, "nor do other calls");
        await FisRuns.EndedAsync(Account, started.Id, default);
        Assert.That(await CodeAsync(role), Is.Null, "afterwards they get through again");

        static async Task<string?> CodeAsync(ChaosHarness.Aws.Accounts.AwsAccount account)
        {
            try
            {
                await account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest());
                return null;
            }
            catch (Amazon.EC2.AmazonEC2Exception exception)
            {
                return exception.ErrorCode;
            }
        }
    }

    [TestCase("ec2", "DescribeInstanses")]
    [TestCase("kinesis", "DescribeInstances")]
    [TestCase("ec2", ",")]
    public async Task Calls_that_nobody_can_make_do_not_fail(string service, string operations)
    {
        const string Operator = "arn:aws:iam::000000000000:role/Operator";
        var inject = new FisAction("aws:fis:inject-api-throttle-error", "role").With("duration", "PT1M").With("service", service).With("operations", operations).With("percentage", "100");
        var ended = await RunAsync(FisTemplate.For("api", Role).Target("role", FisTarget.Roles.WithArns(Operator)).Do("inject", inject));

        Assert.That(ended.Actions["inject"].State.Status, Is.EqualTo(ExperimentActionStatus.Failed));
        Assert.That(ended.Actions["inject"].State.Reason, Does.StartWith($"This local cloud has no operations {operations.Trim(',')} of {service} that could fail"));
    }

    [TestCase("OK", "completed")]
    [TestCase("ALARM", "failed")]
    [TestCase("OK,nonsense", "failed")]
    [TestCase(",", "failed")]
    public async Task Alarms_are_asserted(string wanted, string status)
    {
        await AlarmAsync("asserted");
        await Account.CloudWatch.SetAlarmStateAsync(new SetAlarmStateRequest { AlarmName = "asserted", StateValue = StateValue.OK, StateReason = "test" });
        var assert = new FisAction("aws:cloudwatch:assert-alarm-state").With("alarmArns", "arn:aws:cloudwatch:us-east-1:000000000000:alarm:asserted").With("alarmStates", wanted);

        Assert.That((await RunAsync(FisTemplate.For("assert", Role).Do("assert", assert))).State.Status.Value, Is.EqualTo(status));
    }

    [Test]
    public async Task Commands_kill_processes_and_keep_processors_busy()
    {
        var instance = await RunAsync(tags: ("role", "commanded"));
        var target = FisTarget.Instances.WithTag("role", "commanded");
        var kill = Command("AWSFIS-Run-Kill-Process", """{"ProcessName":"python3","Signal":"SIGKILL"}""");
        Assert.That((await RunAsync(FisTemplate.For("kill", Role).Target("one", target).Do("kill", kill))).State.Status, Is.EqualTo(ExperimentStatus.Completed));
        await UntilAsync(async () => !await ServesAsync(instance, 1), "its program is dead");

        var nobody = await RunAsync(FisTemplate.For("kill again", Role).Target("one", target).Do("kill", kill));
        Assert.That(nobody.State.Reason, Does.Contain("No process called python3"));
        var unknown = await RunAsync(FisTemplate.For("what", Role).Target("one", target).Do("what", Command("AWS-Unknown", "{}")));
        Assert.That(unknown.State.Reason, Does.Contain("no document"));

        var stress = await StartAsync(FisTemplate.For("stress", Role).Target("one", target).Do("stress", Command("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"3600","CPU":["1"]}""", "PT2H")));
        await UntilAsync(() => Task.FromResult(Stressing(instance.InstanceId) == 1), "a process is busy");
        await Account.Fis.StopExperimentAsync(new StopExperimentRequest { Id = stress.Id });
        await FisRuns.EndedAsync(Account, stress.Id, default);
        Assert.That(Stressing(instance.InstanceId), Is.Zero);

    }

    [TestCase("AWSFIS-Run-CPU-Stress", "{}", "DurationSeconds is needed")]
    [TestCase("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"abc"}""", "DurationSeconds: a number from 1 to 43200 is needed, not abc")]
    [TestCase("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"-5"}""", "not -5")]
    [TestCase("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"1e300"}""", "not 1e300")]
    [TestCase("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":[]}""", "a text is needed, or a list of one")]
    [TestCase("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"60","DurationSeconds":"30"}""", "comes twice")]
    [TestCase("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"61"}""", "the command would go on for 61 s, and the action is over after PT1M")]
    [TestCase("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"60","CPU":"-3"}""", "CPU: a number from 0 to 1024 is needed, not -3")]
    [TestCase("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"60","LoadPercent":"50"}""", "and not to 50")]
    [TestCase("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"60","Nonsense":"1"}""", "Nonsense is not a parameter of the document here")]
    [TestCase("AWSFIS-Run-CPU-Stress", "[]", "documentParameters")]
    [TestCase("AWSFIS-Run-CPU-Stress", "{", "documentParameters")]
    [TestCase("AWSFIS-Run-Kill-Process", "{}", "ProcessName is needed")]
    [TestCase("AWSFIS-Run-Kill-Process", """{"ProcessName":"python3","Signal":"0"}""", "end a process, and not 0")]
    [TestCase("AWSFIS-Run-Kill-Process", """{"ProcessName":"python3","Signal":"SIGCONT"}""", "and not SIGCONT")]
    public async Task Commands_that_would_do_nothing_or_something_else_fail(string document, string parameters, string reason)
    {
        await ReadyAsync();
        var ended = await RunAsync(FisTemplate.For("command", Role).Target("one", FisTarget.Instances.WithTag("role", "commandable")).Do("command", Command(document, parameters)));

        Assert.That(ended.State.Status, Is.EqualTo(ExperimentStatus.Failed));
        Assert.That(ended.Actions["command"].State.Reason, Does.Contain(reason));

        async Task ReadyAsync()
        {
            if ((await Account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { Filters = [new Amazon.EC2.Model.Filter("tag:role", ["commandable"])] })).Reservations is not { Count: > 0 })
            {
                await RunAsync(tags: ("role", "commandable"));
            }
        }
    }

    [Test]
    public async Task Commands_do_not_reach_an_instance_that_is_down()
    {
        var instance = await RunAsync(tags: ("role", "down"));
        await Account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [instance.InstanceId] });
        await UntilAsync(async () => await StateAsync(instance.InstanceId) == "stopped", "it is stopped");
        var ended = await RunAsync(FisTemplate.For("command", Role).Target("one", FisTarget.Instances.WithTag("role", "down")).Do("command", Command("AWSFIS-Run-CPU-Stress", """{"DurationSeconds":"60"}""")));

        Assert.That(ended.State.Reason, Does.Contain("not in a valid state").And.Contain("it is stopped"));
    }

    [Test]
    public async Task Instances_stop_all_or_none()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunAsync(tags: ("role", "together"))));
        var last = instances.Select(instance => instance.InstanceId).Max(StringComparer.Ordinal)!;
        await Account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [last] });
        var ended = await RunAsync(FisTemplate.For("stop", Role).Target("them", FisTarget.Instances.WithTag("role", "together")).Do("stop", FisAction.StopInstances("them", "5m")));

        Assert.That(ended.State.Status, Is.EqualTo(ExperimentStatus.Failed));
        Assert.That(await StateAsync(instances.Select(instance => instance.InstanceId).Min(StringComparer.Ordinal)!), Is.EqualTo("running"), "the other was not touched");
    }

    [Test]
    public async Task What_is_started_is_found_again_by_its_token_though_its_template_is_gone()
    {
        var template = (await Account.Fis.CreateExperimentTemplateAsync(FisTemplate.For("wait", Role).Do("wait", FisAction.Wait("1m")).Checked().ToRequest())).ExperimentTemplate.Id;
        var start = new StartExperimentRequest { ExperimentTemplateId = template, ClientToken = "lost-answer" };
        var first = (await Account.Fis.StartExperimentAsync(start)).Experiment.Id;
        await Account.Fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = template });

        Assert.That((await Account.Fis.StartExperimentAsync(start)).Experiment.Id, Is.EqualTo(first));
        await Account.Fis.StopExperimentAsync(new StopExperimentRequest { Id = first });
        await FisRuns.EndedAsync(Account, first, default);
    }

    [Test]
    public async Task A_role_of_another_account_stands_for_nothing()
    {
        var inject = new FisAction("aws:fis:inject-api-throttle-error", "role").With("duration", "PT1M").With("service", "ec2").With("operations", "DescribeInstances").With("percentage", "100");
        var ended = await RunAsync(FisTemplate.For("api", Role).Target("role", FisTarget.Roles.WithArns("arn:aws:iam::999999999999:role/NoSuch")).Do("inject", inject));

        Assert.That(ended.State.Reason, Does.Contain("Target resolution returned empty set"));
    }

    [TestCase("cGFnZTotNQ==", Description = "page:-5")]
    [TestCase("cGFnZTotMjE0NzQ4MzY0Nw==", Description = "page:-2147483647")]
    public void A_page_before_the_first_is_none(string token) =>
        Assert.That(() => Account.Fis.ListActionsAsync(new ListActionsRequest { NextToken = token }), Throws.InstanceOf<ValidationException>());

    private static FisAction Command(string document, string parameters, string duration = "PT1M") => new FisAction("aws:ssm:send-command", "one").With("duration", duration).With("documentArn", $"arn:aws:ssm:us-east-1::document/{document}").With("documentParameters", parameters);

    // The shells of an instance that loop: its own program is dead by then.
    private int Stressing(string id) => ChaosHarness.LocalCloud.Ec2.InstanceProcesses.Called(Cloud.Compute.Find(id)!, "sh").Count;

    private Task<PutMetricAlarmResponse> AlarmAsync(string name) => Account.CloudWatch.PutMetricAlarmAsync(new PutMetricAlarmRequest
    {
        AlarmName = name,
        Namespace = "Test",
        MetricName = name,
        Statistic = Statistic.Sum,
        Period = 60,
        EvaluationPeriods = 1,
        Threshold = 1,
        ComparisonOperator = ComparisonOperator.GreaterThanThreshold,
        // So that it stays in the state that a test puts it into.
        TreatMissingData = "ignore",
    });

    private async Task<IEnumerable<string>> StatesAsync(IEnumerable<Amazon.EC2.Model.Instance> instances) =>
        (await Account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [.. instances.Select(instance => instance.InstanceId)] })).Reservations.SelectMany(reservation => reservation.Instances).Select(instance => instance.State.Name.Value);

    private Task<Experiment> StartAsync(FisTemplate template) => FisRuns.StartAsync(Account, null, template.Checked().ToRequest(), Guid.NewGuid().ToString("N"), ActionsMode.RunAll, default);

    private Task<Experiment> RunAsync(FisTemplate template) => RunAsync(template.Checked().ToRequest());

    private async Task<Experiment> RunAsync(CreateExperimentTemplateRequest template)
    {
        var started = await FisRuns.StartAsync(Account, null, template, Guid.NewGuid().ToString("N"), ActionsMode.RunAll, default);
        return await FisRuns.EndedAsync(Account, started.Id, default);
    }
}
