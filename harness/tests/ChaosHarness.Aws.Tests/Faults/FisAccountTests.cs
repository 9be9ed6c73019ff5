using System.Text.Json.Nodes;
using Amazon;
using Amazon.Runtime;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.Aws.Tests.Faults;

/// <summary>What only an account can do, and what one can do to us.</summary>
public sealed class FisAccountTests
{
    private readonly List<string> _told = [];
    private ScriptedFis _fis = null!;
    private AwsAccount _account = null!;
    private string _folder = null!;

    private static FisTemplate Nodes => FisTemplate.For("lose nodes", "arn:aws:iam::111122223333:role/fis")
        .Target("nodes", FisTarget.OfType("aws:eks:nodegroup").WithTag("system", "shop"))
        .Do("lose", new FisAction("aws:eks:terminate-nodegroup-instances", "nodes") { TargetName = "Nodegroups" }.With("instanceTerminationPercentage", "50"));

    [SetUp]
    public async Task Start()
    {
        _told.Clear();
        _folder = Directory.CreateTempSubdirectory("fis-account-").FullName;
        _fis = await ScriptedFis.StartAsync();
        _account = new AwsAccount(RegionEndpoint.USEast1, new BasicAWSCredentials("AKIATEST", "secret"), _fis.Url)
        {
            MaximumRetries = 0,
            PollInterval = TimeSpan.FromMilliseconds(20),
            Tell = _told.Add,
            Policy = new AwsPolicy { AllowedAccounts = ["111122223333"], AllowedRegions = ["us-east-1"], RequiredTags = new Dictionary<string, string> { ["system"] = "shop" } },
        };
    }

    [TearDown]
    public async Task End()
    {
        _account.Dispose();
        await _fis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task What_the_harness_does_not_know_runs_is_told_rehearsed_and_counted()
    {
        var result = await RunAsync(_account.Experiment(Nodes, "a"));

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Passed, (string?)null)));
        Assert.That(_told[0], Is.EqualTo("lose nodes: targets.nodes.resourceType: 'aws:eks:nodegroup' is no type of target that the harness knows. It is left to FIS, unchecked"));
        Assert.That(_told, Has.Some.EqualTo("lose nodes: target 'nodes' stands for 1 of 1: arn:aws:eks:us-east-1:111122223333:nodegroup/shop"));
        Assert.That(_fis.Stopped, Is.EqualTo(new[] { "EXP1" }), "and is stopped at the end");
    }

    [Test]
    public async Task A_resolved_target_without_an_ARN_is_called_by_what_is_known_of_it()
    {
        _fis.Resolved = new JsonObject { ["podName"] = "shop-1", ["namespace"] = "default" };
        var result = await RunAsync(_account.Experiment(Nodes, "a"));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed));
        Assert.That(_told, Has.Some.EqualTo("lose nodes: target 'nodes' stands for 1 of 1: namespace=default, podName=shop-1"));
        Assert.That(result.Timeline.Select(entry => entry.Detail), Has.Some.EqualTo("hits namespace=default, podName=shop-1"));
    }

    [Test]
    public async Task An_experiment_that_is_another_than_the_one_rehearsed_is_stopped()
    {
        _fis.OnStart = experiment => experiment["targets"]!["nodes"]!["resourceTags"]!.AsObject().Clear();
        var result = await RunAsync(_account.Experiment(Nodes, "a"));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, Does.Contain("The FIS experiment EXP1 was stopped: it is not what was checked and rehearsed: targets.nodes.resourceTags.system was shop and is not there"));
        Assert.That(_fis.Stopped, Is.EqualTo(new[] { "EXP1" }));
    }

    [Test]
    public async Task A_template_in_the_account_takes_the_same_checks_and_runs()
    {
        _fis.Kept = JsonNode.Parse(Nodes.ToJson())!.AsObject();
        _fis.Kept["id"] = "EXT9";
        Assert.That((await RunAsync(_account.Experiment("EXT9", "a"))).Outcome, Is.EqualTo(Outcome.Passed));

        _fis.Kept["targets"]!["nodes"]!["resourceTags"] = new JsonObject { ["system"] = "other" };
        var other = await RunAsync(_account.Experiment("EXT9", "a"));
        Assert.That((other.Outcome, other.Reason), Is.EqualTo((Outcome.Inconclusive, "target 'nodes' of the experiment is not chosen by the tag system=shop, which the policy requires")));

        _fis.Kept["experimentOptions"] = new JsonObject { ["accountTargeting"] = "multi-account" };
        Assert.That((await RunAsync(_account.Experiment("EXT9", "a"))).Reason, Does.StartWith("the template EXT9 reaches into other accounts"));
    }

    [TestCase("completed", "skipped", "injected nothing: it is completed: so it is (lose skipped: so it is)")]
    [TestCase("stopped", "cancelled", "injected nothing: it is stopped: so it is (lose cancelled: so it is)")]
    [TestCase("cancelled", "cancelled", "injected nothing: it is cancelled: so it is (lose cancelled: so it is)")]
    [TestCase("running", "skipped", "injected nothing: it is running: so it is (lose skipped: so it is)")]
    [TestCase("failed", "failed", "The FIS experiment EXP1 failed: so it is")]
    public async Task What_did_nothing_was_not_survived(string status, string action, string said)
    {
        _fis.OnStart = experiment =>
        {
            experiment["state"]!["status"] = status;
            experiment["actions"]!["lose"]!["state"]!["status"] = action;
        };
        var result = await RunAsync(_account.Experiment(Nodes, "a"));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, Does.Contain(said));
    }

    [Test]
    public async Task A_rehearsal_that_fails_says_why()
    {
        _fis.OnRehearsal = experiment => experiment["state"] = new JsonObject { ["status"] = "failed", ["reason"] = "the role cannot be assumed" };
        var result = await RunAsync(_account.Experiment(Nodes, "a"));

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, "the rehearsal of the experiment failed, and so would the experiment: the role cannot be assumed")));
    }

    [Test]
    public async Task What_fails_later_is_gone_with_its_reason()
    {
        JsonObject? started = null;
        _fis.OnStart = experiment => started = experiment;
        var result = await RunAsync(_account.Experiment(Nodes, "a"), () =>
        {
            if (started is { } running)
            {
                running["state"]!["status"] = "failed";
                running["actions"]!["lose"]!["state"]!["status"] = "failed";
            }
        });

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, Does.Contain("the FIS experiment failed: so it is").Or.Contain("The FIS experiment EXP1 failed: so it is"));
    }

    [TestCase("so it is", Outcome.Broken)]
    [TestCase("Experiment stopped by stop condition arn:x", Outcome.Passed)]
    public async Task What_somebody_cut_short_was_not_survived_and_what_its_alarm_ended_was(string reason, Outcome outcome)
    {
        JsonObject? started = null;
        _fis.OnStart = experiment => started = experiment;
        var result = await RunAsync(_account.Experiment(Nodes, "a"), () =>
        {
            if (started is { } running && running["state"]!["status"]!.GetValue<string>() == "running")
            {
                running["state"]!["status"] = "stopped";
                running["state"]!["reason"] = reason;
            }
        });

        Assert.That(result.Outcome, Is.EqualTo(outcome), result.Reason);
        Assert.That(result.Reason ?? "", outcome == Outcome.Broken ? Does.Contain("the FIS experiment was stopped before its end: so it is") : Is.Empty);
    }

    [TestCase("OK", null)]
    [TestCase("ALARM", "is in state ALARM: no action would begin")]
    public async Task An_alarm_that_is_made_of_others_is_found_as_such(string state, string? refusal)
    {
        const string Alarm = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:all-of-them";
        _fis.Alarms = $"<CompositeAlarms><member><AlarmArn>{Alarm}</AlarmArn><AlarmName>all-of-them</AlarmName><StateValue>{state}</StateValue></member></CompositeAlarms>";
        var result = await RunAsync(_account.Experiment(Nodes.StopOn(Alarm), "a"));

        Assert.That(result.Reason, Is.EqualTo(refusal is null ? null : $"the alarm {Alarm} that is to stop the experiment {refusal}"));
        Assert.That(_fis.Requests, Has.Some.Contains("AlarmTypes.member.2=CompositeAlarm"), "who does not ask for them does not find them");
    }

    private Task<RunRecord> RunAsync(Fault fault, Action? meanwhile = null) =>
        new ExperimentRunner(new RunnerOptions { FaultJournalFolder = Path.Combine(_folder, Guid.NewGuid().ToString("N")) }).RunAsync(Experiment.Hypothesis("the pulse goes on")
            .On(new SystemUnderTest("account") { Environment = "local", Reach = SystemReach.Owned, Signals = [_account.Signals] })
            .Probe(new DelegateProbe("pulse", _ =>
            {
                meanwhile?.Invoke();
                return ValueTask.FromResult(ProbeSample.Good);
            }).Every("10ms"))
            .SteadyState(new SuccessRate("pulse").AtLeast(1))
            .SteadyFor("300ms")
            .Inject(fault)
            .ObserveAtLeast("1s"));
}
