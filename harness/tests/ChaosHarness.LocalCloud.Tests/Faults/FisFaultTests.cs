using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.FIS.Model;
using Amazon.Runtime;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;
using ChaosHarness.Experiments;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using Outcome = ChaosHarness.Experiments.Outcome;

namespace ChaosHarness.LocalCloud.Tests.Faults;

/// <summary>An experiment of FIS as a fault: what is refused before anything begins, and that nothing is left.</summary>
public sealed class FisFaultTests : CloudTests
{
    private const string Role = "arn:aws:iam::000000000000:role/fis";
    private string _journals = null!;

    private static FisTemplate Template => FisTemplate.For("reboot them", Role)
        .Target("them", FisTarget.Instances.WithTag("role", "them").Where("State.Name", "running"))
        .Do("reboot", FisAction.RebootInstances("them"))
        .Do("hold", FisAction.Wait("12h"));

    [OneTimeSetUp]
    public async Task Launch()
    {
        _journals = Directory.CreateTempSubdirectory("fis-faults-").FullName;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(tags: ("role", "them"))));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_journals, recursive: true);

    [TearDown]
    public async Task Nothing_is_left()
    {
        Assert.That((await Account.Fis.ListExperimentTemplatesAsync(new ListExperimentTemplatesRequest())).ExperimentTemplates ?? [], Is.Empty, "templates");
        Assert.That((await Account.Fis.ListExperimentsAsync(new ListExperimentsRequest())).Experiments ?? [], Has.All.Matches<ExperimentSummary>(experiment => FisRuns.HasEnded(experiment!.State.Status)), "running experiments");
    }

    [Test]
    public async Task It_runs_shows_what_it_does_and_is_stopped_and_removed()
    {
        var told = new List<string>();
        using var account = With(Account.Policy, told.Add);
        var result = await RunAsync(account.Experiment(Template, "a", "b"), account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Passed, (string?)null)));
        Assert.That(told, Has.Some.Contains("target 'them' stands for 4 of 4: arn:aws:ec2").And.Some.Contains("action-minutes"));
        var timeline = result.Timeline.Select(entry => $"{entry.Source}: {entry.Detail}").ToList();
        Assert.That(timeline, Has.Some.StartsWith("reboot them: hits arn:aws:ec2:us-east-1:000000000000:instance/i-").And.Some.StartsWith("reboot them: reboot: completed").And.Some.StartsWith("reboot them: hold: running"));
        Assert.That(result.Faults.Single().RevertKind, Is.EqualTo(StopFisExperiment.RecipeKind));
    }

    [Test]
    public async Task A_template_in_the_account_stays_there()
    {
        var made = (await Account.Fis.CreateExperimentTemplateAsync(Template.ToRequest())).ExperimentTemplate.Id;
        var result = await RunAsync(Account.Experiment(made, "a"), Account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Passed, (string?)null)));
        await Account.Fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = made });
    }

    [Test]
    public async Task What_the_policy_forbids_is_refused_before_anything_begins()
    {
        await RefusedAsync(Account.Policy with { AllowedRegions = ["eu-west-1"] }, "region us-east-1 is not among the allowed ones: eu-west-1");
        await RefusedAsync(Account.Policy with { AllowedAccounts = ["111122223333"] }, "account 000000000000 (arn:aws:iam::000000000000:user/admin) is not among the allowed ones: 111122223333");
        await RefusedAsync(Account.Policy with { RequiredTags = new Dictionary<string, string> { ["system"] = "shop" } }, "target 'them' of the experiment is not chosen by the tag system=shop, which the policy requires");
        await RefusedAsync(Account.Policy with { MaximumTargets = 3 }, "target 'them' of the experiment stands for 4 resources, the blast radius is 3");
        await RefusedAsync(Account.Policy with { MaximumTargetShare = 0.5 }, "target 'them' of the experiment takes 4 of 4 resources, the blast radius is 50%");
    }

    [Test]
    public async Task Half_of_them_is_within_half()
    {
        using var account = With(Account.Policy with { MaximumTargetShare = 0.5 }, _ => { });
        var half = FisTemplate.For("half", Role).Target("them", FisTarget.Instances.WithTag("role", "them").Percent(50)).Do("reboot", FisAction.RebootInstances("them"));

        Assert.That((await RunAsync(account.Experiment(half, "a"), account)).Outcome, Is.EqualTo(Outcome.Passed));
    }

    [Test]
    public async Task What_a_filter_leaves_of_a_fleet_is_a_part_of_it()
    {
        using var account = With(Account.Policy with { MaximumTargetShare = 0.5 }, _ => { });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => RunAsync(number < 2 ? "us-east-1a" : "us-east-1b", ("role", "fleet"))));
        FisTemplate Reboot(FisTarget target) => FisTemplate.For("reboot", Role).Target("it", target).Do("reboot", FisAction.RebootInstances("it"));
        var running = await RunAsync(account.Experiment(Reboot(FisTarget.Instances.WithTag("role", "fleet").Where("Placement.AvailabilityZone", "us-east-1a")), "a"), account);

        Assert.That((running.Outcome, running.Reason), Is.EqualTo((Outcome.Passed, (string?)null)), "two of four");
        await RefusedAsync(account.Policy with { MaximumTargetShare = 0.4 }, Reboot(FisTarget.Instances.WithTag("role", "fleet").Where("Placement.AvailabilityZone", "us-east-1a")), "target 'it' of the experiment takes 2 of 4 resources, the blast radius is 40%");
    }

    [Test]
    public async Task Those_that_are_stopped_are_nobodys_reserve()
    {
        var policy = Account.Policy with { MaximumTargetShare = 0.5 };
        var fleet = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAsync(tags: ("role", "half asleep"))));
        var asleep = fleet.Take(4).Select(instance => instance.InstanceId).ToList();
        await Account.Ec2.StopInstancesAsync(new Amazon.EC2.Model.StopInstancesRequest { InstanceIds = asleep });
        await UntilAsync(async () => (await Task.WhenAll(asleep.Select(StateAsync))).All(state => state == "stopped"), "four are stopped");
        var tagged = FisTarget.Instances.WithTag("role", "half asleep");

        await RefusedAsync(policy, Terminate(tagged.Where("State.Name", "running")), "target 'it' of the experiment takes 2 of 2 resources, the blast radius is 50%");
        await RefusedAsync(policy, Terminate(tagged.Count(3)), "target 'it' of the experiment takes 2 of 2 resources, the blast radius is 50%");
        Assert.That(await Task.WhenAll(fleet.Skip(4).Select(instance => StateAsync(instance.InstanceId))), Has.All.EqualTo("running"));

        static FisTemplate Terminate(FisTarget target) => FisTemplate.For("terminate", Role).Target("it", target).Do("terminate", FisAction.TerminateInstances("it"));
    }

    [Test]
    public async Task A_fleet_that_grew_since_it_was_rehearsed_stops_the_experiment()
    {
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunAsync(tags: ("role", "growing"))));
        var grown = false;
        using var account = With(Account.Policy with { MaximumTargets = 2 }, line =>
        {
            if (line.Contains("stands for 2 of 2", StringComparison.Ordinal) && !grown)
            {
                grown = true;
                Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunAsync(tags: ("role", "growing")))).GetAwaiter().GetResult();
            }
        });
        var reboot = FisTemplate.For("reboot", Role).Target("it", FisTarget.Instances.WithTag("role", "growing")).Do("reboot", FisAction.RebootInstances("it")).Do("hold", FisAction.Wait("12h"));
        var result = await RunAsync(account.Experiment(reboot, "a"), account);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, Does.Contain("was stopped: it hits 4 resources, 2 of them not there when it was rehearsed, and the blast radius is 2"));
    }

    [Test]
    public async Task What_an_action_that_failed_half_way_left_stopped_is_started()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunAsync(tags: ("role", "halves"))));
        var ids = instances.Select(instance => instance.InstanceId).ToList();
        var token = Guid.NewGuid().ToString("N");
        var stop = FisTemplate.For("stop", Role).Target("it", FisTarget.Instances.WithTag("role", "halves")).Do("stop", FisAction.StopInstances("it", "5m"));
        var started = await FisRuns.StartAsync(Account, null, stop.Checked().ToRequest(), token, Amazon.FIS.ActionsMode.RunAll, default);
        await UntilAsync(async () => (await Task.WhenAll(ids.Select(StateAsync))).All(state => state is "stopped" or "stopping"), "both go down");
        await Account.Ec2.TerminateInstancesAsync(new Amazon.EC2.Model.TerminateInstancesRequest { InstanceIds = [ids[0]] });
        await FisRuns.EndedAsync(Account, started.Id, default);
        await UntilAsync(async () => await StateAsync(ids[1]) == "running", "FIS started it");
        await Account.Ec2.StopInstancesAsync(new Amazon.EC2.Model.StopInstancesRequest { InstanceIds = [ids[1]] });

        await FisRuns.CleanUpAsync(Account, token, default);

        Assert.That(await StateAsync(ids[1]), Is.EqualTo("running").Or.EqualTo("pending"), "whatever the time that was given, it was stopped by the experiment");
    }

    [Test]
    public async Task An_alarm_without_data_halts()
    {
        await AlarmAsync("blind", "INSUFFICIENT_DATA");
        var result = await RunAsync(Account.Experiment(Template, "a"), Account, Account.AlarmFires("blind"));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(result.Reason, Does.Contain("alarm 'blind' sees nothing, and guards nothing (INSUFFICIENT_DATA"));
    }

    [Test]
    public async Task Two_halves_are_not_within_half()
    {
        using var account = With(Account.Policy with { MaximumTargetShare = 0.5 }, _ => { });
        var halves = FisTemplate.For("halves", Role)
            .Target("one", FisTarget.Instances.WithTag("role", "them").Percent(50))
            .Target("other", FisTarget.Instances.WithTag("role", "them").Percent(50))
            .Do("reboot one", FisAction.RebootInstances("one"))
            .Do("reboot other", FisAction.RebootInstances("other"));
        var result = await RunAsync(account.Experiment(halves, "a"), account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, "targets 'one', 'other' of the experiment take 4 of 4 resources together, the blast radius is 50%")));
    }

    [Test]
    public async Task What_somebody_had_stopped_is_not_stopped_and_started()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunAsync(tags: ("role", "resting"))));
        await Account.Ec2.StopInstancesAsync(new Amazon.EC2.Model.StopInstancesRequest { InstanceIds = [instances[0].InstanceId] });
        await UntilAsync(async () => await StateAsync(instances[0].InstanceId) == "stopped", "it is stopped");
        FisTemplate Stop(FisTarget target) => FisTemplate.For("stop", Role).Target("it", target).Do("stop", FisAction.StopInstances("it", "12h"));
        var all = await RunAsync(Account.Experiment(Stop(FisTarget.Instances.WithTag("role", "resting")), "a"), Account);
        var running = await RunAsync(Account.Experiment(Stop(FisTarget.Instances.WithTag("role", "resting").Where("State.Name", "running")), "a"), Account);

        Assert.That((all.Outcome, all.Reason), Is.EqualTo((Outcome.Inconclusive, $"{instances[0].InstanceId} is stopped already: undoing the experiment would start it. Leave it out with a filter, such as State.Name running")));
        Assert.That((running.Outcome, running.Reason), Is.EqualTo((Outcome.Passed, (string?)null)));
        Assert.That(await StateAsync(instances[0].InstanceId), Is.EqualTo("stopped"));
    }

    [Test]
    public async Task An_action_that_names_its_victims_in_its_parameters_alone_is_refused()
    {
        var runbook = FisTemplate.For("runbook", Role).Do("run", new FisAction("aws:ssm:start-automation-execution").With("documentArn", "arn:aws:ssm:us-east-1:000000000000:document/stop").With("documentParameters", "{\"InstanceId\":\"i-1\"}").With("maxDuration", "PT5M"));
        var result = await RunAsync(Account.Experiment(runbook, "a"), Account);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Does.StartWith("action 'run' (aws:ssm:start-automation-execution) of ").And.EndsWith(" has no target: what it hits cannot be held to the tags and ARNs of the policy"));
    }

    [Test]
    public async Task Targets_that_stand_for_nothing_are_refused()
    {
        var nobody = FisTemplate.For("nobody", Role).Target("none", FisTarget.Instances.WithTag("role", "nobody")).Do("reboot", FisAction.RebootInstances("none"));
        var result = await RunAsync(Account.Experiment(nobody, "a"), Account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, "target 'none' of the experiment stands for nothing: no aws:ec2:instance fits")));
    }

    [Test]
    public async Task An_engaged_lever_is_honoured()
    {
        await LeverAsync("engaged", "sale day");
        var result = await RunAsync(Account.Experiment(Template, "a"), Account);
        await LeverAsync("disengaged", "over");

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, "the safety lever of the account is engaged: sale day")));
    }

    [Test]
    public async Task Keys_that_AWS_does_not_take_make_it_inconclusive()
    {
        using var account = AccountOf(Cloud, new BasicAWSCredentials("AKIANOBODY", "x"));
        var result = await RunAsync(account.Experiment(Template, "a"), account);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Does.StartWith("AWS does not accept the credentials"));
    }

    [Test]
    public async Task An_action_that_cannot_be_done_is_a_broken_run_that_is_cleaned_up()
    {
        await TagAsync("subnet-0000000c");
        var unsupported = FisTemplate.For("cut", Role).Target("zone", FisTarget.Subnets.WithTag("role", "them").InZone("us-east-1c")).Do("cut", FisAction.DisruptConnectivity("zone", "1m", "s3"));
        var result = await RunAsync(Account.Experiment(unsupported, "a"), Account);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken), "what was not injected cannot have been survived");
        Assert.That(result.Reason, Does.Contain("failed: Action cut failed").And.Contain("scopes all and availability-zone").Or.Contain("The FIS experiment EXP"));
    }

    [Test]
    public async Task Instances_that_FIS_leaves_stopped_are_started_again()
    {
        var stop = FisTemplate.Parse(FisTemplate.For("stop one", Role).Target("one", FisTarget.Instances.WithTag("role", "them").Where("State.Name", "running").Count(1)).Do("stop", new FisAction("aws:ec2:stop-instances", "one")).ToJson());
        var result = await RunAsync(Account.Experiment(stop, "a"), Account);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed));
        await UntilAsync(() => Task.FromResult(Cloud.Compute.Instances.Where(instance => instance.Tags.GetValueOrDefault("role") == "them").All(instance => instance.State == ChaosHarness.LocalCloud.Ec2.InstanceState.Running)), "all run");
    }

    [Test]
    public async Task An_alarm_halts_the_run()
    {
        await Account.CloudWatch.PutMetricAlarmAsync(new PutMetricAlarmRequest { AlarmName = "halt", Namespace = "T", MetricName = "M", Statistic = Statistic.Sum, Period = 60, EvaluationPeriods = 1, Threshold = 1, ComparisonOperator = ComparisonOperator.GreaterThanThreshold, TreatMissingData = "ignore" });
        await Account.CloudWatch.SetAlarmStateAsync(new SetAlarmStateRequest { AlarmName = "halt", StateValue = StateValue.ALARM, StateReason = "too much" });
        var result = await RunAsync(Account.Experiment(Template, "a"), Account, Account.AlarmFires("halt"));
        var unknown = await RunAsync(Account.Experiment(Template, "a"), Account, Account.AlarmFires("nobody"));

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Halted, "alarm 'halt' fires: too much")));
        Assert.That((unknown.Outcome, unknown.Reason), Is.EqualTo((Outcome.Halted, "there is no alarm 'nobody'")));
    }

    [Test]
    public async Task What_is_not_tagged_is_not_touched_whatever_its_type()
    {
        var tagged = Account.Policy with { RequiredTags = new Dictionary<string, string> { ["role"] = "them" } };
        await RefusedAsync(tagged, Cut(FisTarget.Subnets.InZone("us-east-1b")), "target 'it' of the experiment is not chosen by the tag role=them, which the policy requires");
        await RefusedAsync(Account.Policy, Cut(FisTarget.Subnets.InZone("us-east-1b")), "target 'it' of the experiment is not chosen by any tag: its parameters alone may choose what belongs to others");
        await RefusedAsync(Account.Policy, Cut(FisTarget.Subnets.WithArns("arn:aws:ec2:us-east-1:000000000000:subnet/subnet-0000000b")), "target 'it' of the experiment names arn:aws:ec2:us-east-1:000000000000:subnet/subnet-0000000b, which is not among the ARNs that the policy allows: there are none");
        var unfamiliar = FisTemplate.For("melt", Role).Target("it", FisTarget.OfType("aws:ec2:autoscaling-group").WithTag("role", "others")).Do("melt", new FisAction("aws:ec2:asg-insufficient-instance-capacity-error", "it") { TargetName = "AutoScalingGroups" });
        await RefusedAsync(tagged, unfamiliar, "target 'it' of the experiment is not chosen by the tag role=them, which the policy requires");
    }

    [Test]
    public async Task A_tagged_subnet_is_found_and_one_that_is_not_is_left_alone()
    {
        await TagAsync("subnet-0000000a");
        var told = new List<string>();
        using var account = With(Account.Policy with { RequiredTags = new Dictionary<string, string> { ["role"] = "them" } }, told.Add);
        var result = await RunAsync(account.Experiment(Cut(FisTarget.Subnets.WithTag("role", "them").InZone("us-east-1a").With("vpc", "vpc-00000000")), "a"), account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Passed, (string?)null)));
        Assert.That(told, Has.Some.EndsWith("target 'it' stands for 1 of 1: arn:aws:ec2:us-east-1:000000000000:subnet/subnet-0000000a"));
    }

    [Test]
    public async Task An_ARN_that_the_policy_allows_may_be_hit()
    {
        const string Operator = "arn:aws:iam::000000000000:role/Operator";
        using var account = With(Account.Policy with { AllowedArns = [Operator] }, _ => { });
        var result = await RunAsync(account.Experiment(FisTemplate.For("throttle", Role).Target("role", FisTarget.Roles.WithArns(Operator)).Do("throttle", FisAction.ThrottleCalls("role", "12h", "ec2", "DescribeInstances", 1)), "a"), account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Passed, (string?)null)));
    }

    [Test]
    public async Task What_the_harness_does_not_know_is_told_and_passed_on()
    {
        var told = new List<string>();
        using var account = With(Account.Policy, told.Add);
        var unfamiliar = FisTemplate.For("melt", Role).Target("it", FisTarget.OfType("aws:ec2:instances").WithTag("role", "them")).Do("melt", new FisAction("aws:ec2:stop-instance", "it") { TargetName = "Instances" });
        var result = await RunAsync(account.Experiment(unfamiliar, "a"), account);

        Assert.That(told, Has.Some.Contains("actions.melt.actionId: 'aws:ec2:stop-instance' is no action that the harness knows; did you mean 'aws:ec2:stop-instances'? It is left to FIS, unchecked"));
        Assert.That(told, Has.Some.Contains("the policy requires no tags"));
        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Does.Contain("This local cloud can do aws:cloudwatch:assert-alarm-state"));
    }

    [Test]
    public async Task A_template_in_the_account_takes_the_same_checks()
    {
        var made = (await Account.Fis.CreateExperimentTemplateAsync(Cut(FisTarget.Subnets.InZone("us-east-1b")).ToRequest())).ExperimentTemplate.Id;
        var waits = (await Account.Fis.CreateExperimentTemplateAsync(FisTemplate.For("wait", Role).Do("wait", FisAction.Wait("1m")).ToRequest())).ExperimentTemplate.Id;
        try
        {
            var untagged = await RunAsync(Account.Experiment(made, "a"), Account);
            var idle = await RunAsync(Account.Experiment(waits, "a"), Account);

            Assert.That((untagged.Outcome, untagged.Reason), Is.EqualTo((Outcome.Inconclusive, "target 'it' of the experiment is not chosen by any tag: its parameters alone may choose what belongs to others")));
            Assert.That((idle.Outcome, idle.Reason), Is.EqualTo((Outcome.Inconclusive, $"the template {waits} changes nothing: its actions only wait and look")));
        }
        finally
        {
            await Account.Fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = made });
            await Account.Fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = waits });
        }
    }

    [Test]
    public async Task A_template_that_was_changed_after_its_rehearsal_is_not_run()
    {
        var made = (await Account.Fis.CreateExperimentTemplateAsync(Template.ToRequest())).ExperimentTemplate.Id;
        try
        {
            // While it is watched whether the system is well, somebody widens the target.
            var changed = 0;
            var probe = new DelegateProbe("pulse", async token =>
            {
                if (Interlocked.Exchange(ref changed, 1) == 0)
                {
                    await Account.Fis.UpdateExperimentTemplateAsync(
                        new UpdateExperimentTemplateRequest { Id = made, Actions = new() { ["reboot"] = new UpdateExperimentTemplateActionInputItem { ActionId = "aws:ec2:terminate-instances", Targets = new() { ["Instances"] = "them" } } } },
                        token);
                }

                return ProbeSample.Good;
            });
            var result = await RunAsync(Account.Experiment(made, "a"), Account, probe);

            Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
            Assert.That(result.Reason, Does.Contain($"the template {made} was changed after it was checked and rehearsed, and is not run").And.Contain("actions.reboot.actionId was aws:ec2:reboot-instances and is aws:ec2:terminate-instances"));
            Assert.That((await Account.Fis.ListExperimentsAsync(new ListExperimentsRequest { ExperimentTemplateId = made })).Experiments ?? [], Is.Empty);
        }
        finally
        {
            await Account.Fis.DeleteExperimentTemplateAsync(new DeleteExperimentTemplateRequest { Id = made });
        }
    }

    [TestCase("arn:aws:cloudwatch:us-east-1:000000000000:alarm:nobody", "does not exist")]
    [TestCase("arn:aws:cloudwatch:eu-west-1:000000000000:alarm:guard", "is in region eu-west-1, and the experiment in us-east-1")]
    [TestCase("arn:aws:cloudwatch:us-east-1:111122223333:alarm:guard", "is in account 111122223333, and the experiment in 000000000000")]
    [TestCase("arn:aws:cloudwatch:us-east-1:000000000000:alarm:guard", "is in state INSUFFICIENT_DATA: it sees nothing that it could stop the experiment for", "INSUFFICIENT_DATA")]
    [TestCase("arn:aws:cloudwatch:us-east-1:000000000000:alarm:guard", "is in state ALARM: no action would begin", "ALARM")]
    [TestCase("arn:aws:logs:us-east-1:000000000000:alarm:guard", "is not named by the ARN of an alarm: arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME")]
    public async Task An_alarm_that_guards_nothing_is_refused_before_anything(string arn, string why, string state = "OK")
    {
        await AlarmAsync("guard", state);
        var before = (await Account.Fis.ListExperimentsAsync(new ListExperimentsRequest())).Experiments?.Count ?? 0;
        var result = await RunAsync(Account.Experiment(Template.StopOn(arn), "a"), Account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, $"the alarm {arn} that is to stop the experiment {why}")));
        Assert.That((await Account.Fis.ListExperimentsAsync(new ListExperimentsRequest())).Experiments?.Count ?? 0, Is.EqualTo(before), "not even rehearsed");
    }

    [Test]
    public async Task An_alarm_that_is_well_lets_it_run()
    {
        await AlarmAsync("a:b", "OK");

        Assert.That((await RunAsync(Account.Experiment(Template.StopOn("arn:aws:cloudwatch:us-east-1:000000000000:alarm:a:b"), "a"), Account)).Outcome, Is.EqualTo(Outcome.Passed));
    }

    [Test]
    public async Task What_was_stopped_before_anything_changed_was_not_survived()
    {
        await AlarmAsync("early", "OK");
        var late = FisTemplate.For("late", Role).Target("them", FisTarget.Instances.WithTag("role", "them")).Do("decide", FisAction.Wait("5m")).Do("reboot", FisAction.RebootInstances("them"), "decide").StopOn("arn:aws:cloudwatch:us-east-1:000000000000:alarm:early");
        var fired = 0;
        var probe = new DelegateProbe("pulse", async token =>
        {
            // Five minutes are five seconds here: the alarm fires within them, after the start.
            if (Cloud.Compute.Instances.Count > 0 && (await Account.Fis.ListExperimentsAsync(new ListExperimentsRequest(), token)).Experiments?.Exists(experiment => experiment.State.Status == "running" && experiment.ExperimentOptions?.ActionsMode == "run-all") is true && Interlocked.Exchange(ref fired, 1) == 0)
            {
                await Account.CloudWatch.SetAlarmStateAsync(new SetAlarmStateRequest { AlarmName = "early", StateValue = StateValue.ALARM, StateReason = "test" }, token);
            }

            return ProbeSample.Good;
        });
        var result = await RunAsync(Account.Experiment(late, "a"), Account, probe);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, Does.Contain("injected nothing: it is stopped: Experiment stopped by stop condition arn:aws:cloudwatch:us-east-1:000000000000:alarm:early").And.Contain("reboot cancelled"));
    }

    [Test]
    public async Task It_has_taken_effect_once_something_changed_and_not_while_it_waits()
    {
        var late = FisTemplate.For("late", Role).Target("them", FisTarget.Instances.WithTag("role", "them")).Do("decide", FisAction.Wait("2m")).Do("reboot", FisAction.RebootInstances("them"), "decide");
        var result = await RunAsync(Account.Experiment(late, "a"), Account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Passed, (string?)null)));
        Assert.That(result.Injection!.Value.End - result.Injection.Value.Start, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1.9)));
    }

    [Test]
    public async Task What_would_skip_every_action_is_refused()
    {
        var nobody = FisTemplate.For("nobody", Role).Target("none", FisTarget.Instances.WithTag("role", "nobody")).Do("reboot", FisAction.RebootInstances("none")).Do("wait", FisAction.Wait("1m"));
        var request = FisTemplate.Parse(nobody.ToJson()[..^1] + ", \"experimentOptions\": { \"emptyTargetResolutionMode\": \"skip\" } }");
        var result = await RunAsync(Account.Experiment(request, "a"), Account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, "all targets of the experiment stand for nothing: every action that changes something would be skipped")));
    }

    [Test]
    public async Task The_dead_do_not_count()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(tags: ("role", "mortal"))));
        await Account.Ec2.TerminateInstancesAsync(new Amazon.EC2.Model.TerminateInstancesRequest { InstanceIds = [instances[0].InstanceId, instances[1].InstanceId] });
        var told = new List<string>();
        using var account = With(Account.Policy with { MaximumTargets = 2, MaximumTargetShare = 0.5 }, told.Add);
        FisTemplate Reboot(FisTarget target) => FisTemplate.For("reboot", Role).Target("it", target).Do("reboot", FisAction.RebootInstances("it")).Do("hold", FisAction.Wait("12h"));
        var all = await RunAsync(account.Experiment(Reboot(FisTarget.Instances.WithTag("role", "mortal")), "a"), account);
        var one = await RunAsync(account.Experiment(Reboot(FisTarget.Instances.WithTag("role", "mortal").Count(1)), "a"), account);
        var living = await RunAsync(account.Experiment(Reboot(FisTarget.Instances.WithTag("role", "mortal").Where("State.Name", "running").Count(1)), "a"), account);

        Assert.That((all.Outcome, all.Reason), Is.EqualTo((Outcome.Inconclusive, "target 'it' of the experiment takes 2 of 2 resources, the blast radius is 50%")), "of those that live");
        Assert.That(told, Has.Some.Contains("target 'it' stands for 2 of 2 (2 more dead or about to be, not counted): "));
        Assert.That(one.Reason, Does.StartWith("target 'it' of the experiment may stand for nothing: 2 of 4 that fit are dead"));
        Assert.That(living.Outcome, Is.EqualTo(Outcome.Passed));

        await Account.Ec2.TerminateInstancesAsync(new Amazon.EC2.Model.TerminateInstancesRequest { InstanceIds = [instances[2].InstanceId, instances[3].InstanceId] });
        var none = await RunAsync(account.Experiment(Reboot(FisTarget.Instances.WithTag("role", "mortal")), "a"), account);
        Assert.That((none.Outcome, none.Reason), Is.EqualTo((Outcome.Inconclusive, "target 'it' of the experiment stands for nothing: all 4 that fit are dead or about to be")));
    }

    [Test]
    public async Task A_revert_starts_what_is_there_and_passes_over_what_is_gone()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(tags: ("role", "left"))));
        var ids = instances.Select(instance => instance.InstanceId).ToList();
        await Account.Ec2.StopInstancesAsync(new Amazon.EC2.Model.StopInstancesRequest { InstanceIds = ids });
        await Account.Ec2.TerminateInstancesAsync(new Amazon.EC2.Model.TerminateInstancesRequest { InstanceIds = [ids[0]] });

        await StoppedInstances.StartAsync(Account, [.. ids, "i-0123456789abcdef0"], default);
        await StoppedInstances.StartAsync(Account, ids, default);

        await UntilAsync(async () => await StateAsync(ids[1]) == "running" && await StateAsync(ids[2]) == "running", "those that were stopped run again");
        Assert.That(await StateAsync(ids[0]), Is.EqualTo("shutting-down").Or.EqualTo("terminated"));
    }

    private static FisTemplate Cut(FisTarget target) => FisTemplate.For("cut", Role).Target("it", target).Do("cut", FisAction.DisruptConnectivity("it", "12h"));

    private Task<Amazon.EC2.Model.CreateTagsResponse> TagAsync(string id) => Account.Ec2.CreateTagsAsync(new Amazon.EC2.Model.CreateTagsRequest { Resources = [id], Tags = [new Amazon.EC2.Model.Tag("role", "them")] });

    private async Task AlarmAsync(string name, string state)
    {
        await Account.CloudWatch.PutMetricAlarmAsync(new PutMetricAlarmRequest { AlarmName = name, Namespace = "T", MetricName = name, Statistic = Statistic.Sum, Period = 60, EvaluationPeriods = 1, Threshold = 1, ComparisonOperator = ComparisonOperator.GreaterThanThreshold });
        await Account.CloudWatch.SetAlarmStateAsync(new SetAlarmStateRequest { AlarmName = name, StateValue = state, StateReason = "test" });
    }

    private Task RefusedAsync(AwsPolicy policy, string reason) => RefusedAsync(policy, Template, reason);

    private async Task RefusedAsync(AwsPolicy policy, FisTemplate template, string reason)
    {
        using var account = With(policy, _ => { });
        var result = await RunAsync(account.Experiment(template, "a"), account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, reason)));
        Assert.That(result.Injection, Is.Null);
    }

    private AwsAccount With(AwsPolicy policy, Action<string> tell) => new(Amazon.RegionEndpoint.USEast1, Cloud.Credentials, Cloud.Url) { Policy = policy, Tell = tell, PollInterval = TimeSpan.FromMilliseconds(50) };

    private Task<UpdateSafetyLeverStateResponse> LeverAsync(string status, string reason) => Account.Fis.UpdateSafetyLeverStateAsync(new UpdateSafetyLeverStateRequest { Id = "default", State = new UpdateSafetyLeverStateInput { Status = status, Reason = reason } });

    private Task<RunRecord> RunAsync(ChaosHarness.Faults.Fault fault, AwsAccount account, params IReadOnlyList<StopCondition> stop) =>
        RunAsync(fault, account, new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)), stop);

    private Task<RunRecord> RunAsync(ChaosHarness.Faults.Fault fault, AwsAccount account, Probe pulse, params IReadOnlyList<StopCondition> stop) =>
        // Each run has a folder of its own: one that was halted while its fault was still being injected leaves a note for the next, by intent.
        new ExperimentRunner(new RunnerOptions { FaultJournalFolder = Path.Combine(_journals, Guid.NewGuid().ToString("N")) }).RunAsync(ChaosHarness.Experiments.Experiment.Hypothesis("the pulse goes on")
            .On(new SystemUnderTest("cloud") { Environment = "local", Reach = SystemReach.Owned, Signals = [account.Signals] })
            .Probe(pulse.Every("10ms"))
            .SteadyState(new SuccessRate("pulse").AtLeast(1))
            .SteadyFor("300ms")
            .Inject(fault)
            .StopWhen(stop)
            .ObserveAtLeast("1s"));
}
