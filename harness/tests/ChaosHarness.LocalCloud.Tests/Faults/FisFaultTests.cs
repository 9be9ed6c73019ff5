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
        var unsupported = FisTemplate.For("cut", Role).Target("zone", FisTarget.Subnets.InZone("us-east-1c")).Do("cut", FisAction.DisruptConnectivity("zone", "1m", "s3"));
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

    private async Task RefusedAsync(AwsPolicy policy, string reason)
    {
        using var account = With(policy, _ => { });
        var result = await RunAsync(account.Experiment(Template, "a"), account);

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, reason)));
        Assert.That(result.Injection, Is.Null);
    }

    private AwsAccount With(AwsPolicy policy, Action<string> tell) => new(Amazon.RegionEndpoint.USEast1, Cloud.Credentials, Cloud.Url) { Policy = policy, Tell = tell, PollInterval = TimeSpan.FromMilliseconds(50) };

    private Task<UpdateSafetyLeverStateResponse> LeverAsync(string status, string reason) => Account.Fis.UpdateSafetyLeverStateAsync(new UpdateSafetyLeverStateRequest { Id = "default", State = new UpdateSafetyLeverStateInput { Status = status, Reason = reason } });

    private Task<RunRecord> RunAsync(ChaosHarness.Faults.Fault fault, AwsAccount account, params IReadOnlyList<StopCondition> stop) =>
        // Each run has a folder of its own: one that was halted while its fault was still being injected leaves a note for the next, by intent.
        new ExperimentRunner(new RunnerOptions { FaultJournalFolder = Path.Combine(_journals, Guid.NewGuid().ToString("N")) }).RunAsync(ChaosHarness.Experiments.Experiment.Hypothesis("the pulse goes on")
            .On(new SystemUnderTest("cloud") { Environment = "local", Reach = SystemReach.Owned, Signals = [account.Signals] })
            .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)).Every("10ms"))
            .SteadyState(new SuccessRate("pulse").AtLeast(1))
            .SteadyFor("300ms")
            .Inject(fault)
            .StopWhen(stop)
            .ObserveAtLeast("1s"));
}
