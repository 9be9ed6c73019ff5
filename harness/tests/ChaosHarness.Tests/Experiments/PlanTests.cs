using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Journals;
using ChaosHarness.Origins;
using ChaosHarness.People;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Experiments;

/// <summary>What is kept of what a run was going to do, and of what it did not do.</summary>
public sealed class PlanTests
{
    private FakeSystem _shop = null!;

    [SetUp]
    public void OpenShop() => _shop = new FakeSystem { HealsAfter = TimeSpan.FromMilliseconds(300) };

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public async Task What_a_person_agreed_to_is_what_the_record_has()
    {
        var people = Path.Combine(_shop.JournalFolder, "sessions", "one", PersonAct.FileName);
        var experiment = _shop.Experiment.Inject(_shop.Outage.AtMost("5m")).Script(new DrillScript { Scenario = "the rack loses its power" });
        var running = new ExperimentRunner(_shop.Options with { PeopleFile = people, Go = new GoRequirement(TimeSpan.FromMinutes(1)) }).RunAsync(experiment);
        await _shop.Time.UntilAsync(Task.Run(async () =>
        {
            while (AttendedRun.Find(Path.Combine(_shop.JournalFolder, "sessions")).All(run => run.WaitsUntil is null))
            {
                await Task.Delay(5);
            }
        }), 5);
        var waiting = AttendedRun.Find(Path.Combine(_shop.JournalFolder, "sessions")).Single();
        var shown = waiting.Plan;
        new PersonAct(PersonActKind.Go, "eve") { Plan = "of another" }.Append(people);
        new PersonAct(PersonActKind.Go, "ann") { Plan = shown }.Append(people);
        var record = await _shop.Time.UntilAsync(running, 5);

        var plan = record.Plan!;
        Assert.That((record.Go?.By, record.Go?.Plan), Is.EqualTo(("ann", plan.Hash)).And.EqualTo(("ann", shown)), "who saw another plan gave no go for this one");
        Assert.That(waiting.PlanText, Is.EqualTo(plan.Text()).And.StartsWith($"experiment: {record.ExperimentId}\n"), "people are shown what they agree to");
        Assert.That(plan.Hash, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plan.Text())))), "anybody can make it again");
        Assert.That(plan.MadeAt, Is.LessThanOrEqualTo(record.Go!.Asked));
        Assert.That(plan.Faults.Select(fault => (fault.Description, fault.Targets.Single(), fault.AtMost)), Is.EqualTo(new[] { ("switch it off", "shop", TimeSpan.FromMinutes(10)), ("switch it off", "shop", TimeSpan.FromMinutes(5)) }));
        Assert.That(plan.Faults[0].Undo, Does.Contain("Undo it on shop by hand"), "what a person would do");
        Assert.That((plan.Hypothesis, plan.Script?.Scenario, plan.Deadline, plan.SteadyState.Single()), Is.EqualTo(("it comes back", "the rack loses its power", TimeSpan.FromSeconds(5), "orders: success rate at least 100%")));
        Assert.That(record.Timeline, Has.Some.Matches<TimelineEvent>(entry => entry is { Source: "plan" } && entry.Detail.EndsWith(plan.Hash, StringComparison.Ordinal)), "the ledger chains it");
        Assert.That(record.Unstruck, Is.Empty);
    }

    [Test]
    public async Task A_go_that_was_given_in_advance_was_for_no_plan_that_anybody_saw()
    {
        var record = await _shop.RunAsync(_shop.Experiment, _shop.Options with { Go = new GoRequirement(TimeSpan.FromMinutes(1)) { GivenBy = "ann" } });

        Assert.That((record.Go?.By, record.Go?.Plan), Is.EqualTo(("ann", (string?)null)));
        Assert.That(record.Plan!.IsAsHashed(), Is.True);
    }

    [Test]
    public async Task A_secret_is_masked_before_the_hash_is_made()
    {
        const string Secret = "hunter2-hunter2";
        var experiment = _shop.Experiment.Inject(Fault.Delegate($"psql --password {Secret}", "shop", _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask));

        var record = await _shop.RunAsync(experiment, _shop.Options with { Parameters = new Dictionary<string, string> { ["DbPassword"] = Secret } });

        Assert.That(record.Plan!.Text(), Does.Not.Contain(Secret).And.Contain(Secrets.Masked));
        Assert.That(Journal.Read(Journal.Write(MaskedRecord.Of(record))).Plan!.IsAsHashed(), Is.True, "and masking once more changes nothing");
    }

    [Test]
    public async Task A_plan_that_was_changed_afterwards_is_not_the_one_of_its_hash()
    {
        var plan = (await _shop.RunAsync(_shop.Experiment)).Plan!;
        PlanRecord[] others =
        [
            plan with { ExperimentId = "another" },
            plan with { Hypothesis = "another" },
            plan with { SystemVersion = "2" },
            plan with { Schedule = plan.Schedule + "\nfault: other" },
            plan with { Faults = [] },
            plan with { Faults = [plan.Faults[0] with { Undo = "nothing" }] },
            plan with { Faults = [plan.Faults[0] with { IsWeakness = true }] },
            plan with { Faults = [plan.Faults[0] with { AtMost = plan.Faults[0].AtMost + TimeSpan.FromTicks(1) }] },
            plan with { Faults = [plan.Faults[0] with { Targets = ["shop", "till"] }] },
            plan with { Faults = [plan.Faults[0] with { Targets = ["shop\n  target: till"] }] },
            plan with { Faults = [plan.Faults[0] with { Targets = ["shop\\n  target: till"] }] },
            plan with { SteadyState = [] },
            plan with { SteadyFor = TimeSpan.Zero },
            plan with { Observed = [] },
            plan with { Expected = ["nothing"] },
            plan with { StopConditions = ["nothing"] },
            plan with { AllowedEnvironments = ["local", "staging"] },
            plan with { MaximumTargets = 6 },
            plan with { MaximumTargetShare = 0.51 },
            plan with { Settle = TimeSpan.FromSeconds(1) },
            plan with { Deadline = TimeSpan.FromSeconds(6) },
            plan with { ObserveAtLeast = TimeSpan.FromDays(1) },
            plan with { VerifyWithin = TimeSpan.FromDays(1) },
            plan with { Script = new DrillScript { AbortWhen = "never" } },
            plan with { Script = new DrillScript { Participants = [new Participant("scribe", "bob")] } },
            plan with { Script = new DrillScript { Steps = ["name: bob"] } },
            plan with { Parameters = new Dictionary<string, string> { ["a"] = "b = c" } },
            plan with { Parameters = new Dictionary<string, string> { ["a = b"] = "c" } },
        ];

        Assert.That(plan.IsAsHashed(), Is.True);
        Assert.That(others.Select(other => other.IsAsHashed()), Has.All.False);
        Assert.That(others.Select(other => other.Text()), Is.Unique);
    }

    [Test]
    public async Task What_is_never_run_at_all_says_what_it_would_have_done_and_why_it_did_not()
    {
        var order = Path.Combine(_shop.JournalFolder, "halt");
        File.WriteAllText(order, "");
        var record = await _shop.RunAsync(_shop.Experiment.Given(_shop.Outage.Named("a weak spot")).Inject(Schedule.At("10s", _shop.Outage)), _shop.Options with { Safety = new SafetyPolicy { HaltFiles = [order] } });

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(record.Plan?.Faults.Select(fault => (fault.Description, fault.IsWeakness)), Is.EqualTo(new[] { ("a weak spot", true), ("switch it off", false), ("switch it off", false) }));
        Assert.That(record.Plan!.IsAsHashed(), Is.True);
        Assert.That(record.Unstruck.Select(fault => (fault.Description, fault.IsWeakness, fault.Why)), Is.EqualTo(new[] { ("a weak spot", true, record.Reason), ("switch it off", false, record.Reason), ("switch it off", false, record.Reason) }));
    }

    [Test]
    public async Task What_waits_for_a_signal_that_never_comes_is_told_with_its_targets()
    {
        var record = await _shop.RunAsync(_shop.Experiment.Inject(Schedule.After(new SignalMatch(SignalKind.Promoted), _shop.Outage.Named("the second blow"))));

        var unstruck = record.Unstruck.Single();
        Assert.That((unstruck.Targets.Single(), unstruck.Struck, unstruck.Times), Is.EqualTo(("shop", 0, 1)));
        Assert.That(unstruck.Description, Does.StartWith("the second blow after "));
        Assert.That(unstruck.Why, Does.StartWith("no ").And.EndWith(" came"));
        Assert.That(record.Reason, Does.Contain(unstruck.ToString()), "the verdict says the same");
    }

    [Test]
    public async Task What_a_halt_kept_from_striking_is_told_with_how_often_it_did()
    {
        using var halt = new CancellationTokenSource();
        var strikes = 0;
        var blow = Fault.Delegate("a blow", "shop", _ => ++strikes == 2 ? new ValueTask(halt.CancelAsync()) : ValueTask.CompletedTask, _ => ValueTask.CompletedTask);

        var record = await _shop.RunAsync(_shop.Experiment.Inject(blow.For("100ms").Times(5, "100ms")), halt.Token);

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Halted));
        var unstruck = record.Unstruck.Single();
        Assert.That((unstruck.Description, unstruck.Times, unstruck.Why), Is.EqualTo(("a blow", 5, record.Reason)));
        Assert.That(unstruck.Struck, Is.InRange(1, 2), "the second may have been halted on its way");
        Assert.That(unstruck.ToString(), Does.StartWith("'a blow' struck "));
    }

    [Test]
    public async Task Versions_are_those_of_the_process_and_what_the_system_says()
    {
        var experiment = _shop.Experiment.On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Version = "v42", Components = [new Component("shop", ComponentKind.Service) { Version = "7" }] });

        var record = await _shop.RunAsync(experiment, _shop.Options with { Versions = RunVersions.Here(typeof(PlanTests).Assembly) with { TestFramework = "NUnit 5" } });
        var read = Journal.Read(Journal.Write(record));

        Assert.That((read.Versions?.System, read.Versions?.TestFramework, read.Plan?.SystemVersion, read.Components.Single().Version), Is.EqualTo(("v42", "NUnit 5", "v42", "7")));
        Assert.That(read.Versions!.Harness, Is.EqualTo(RunVersions.VersionOf(typeof(RunRecord).Assembly)));
        Assert.That(read.Versions.Runtime, Does.StartWith(".NET "));
        Assert.That(read.Versions.OperatingSystem, Is.Not.Empty);
        Assert.That(read.Versions.TestAssembly, Does.StartWith("ChaosHarness.Tests "));
    }

    [Test]
    public void A_killed_run_leaves_its_plan_unless_that_was_cut_short()
    {
        var header = new OpenRunHeader("run-1", "e", new Dictionary<string, string>(), "n", [], new RunOrigin(), "it holds", "shop", "local", "one", [], DateTimeOffset.UnixEpoch, 1, new RunVersions { System = "v42" });
        var plan = new PlanRecord { Hash = "", Hypothesis = "it holds", System = "shop", Schedule = "a blow", Faults = [new PlannedFault("a blow", ["shop"], TimeSpan.FromSeconds(3))], Settle = TimeSpan.FromSeconds(0.1) };
        plan = plan with { Hash = PlanText.HashOf(plan) };
        var path = Path.Combine(_shop.JournalFolder, "run-1" + OpenRun.Suffix);
        var content = $"{JsonSerializer.Serialize(header, OpenRunJson.Default.OpenRunHeader)}\nGuard\nPlan: {JsonSerializer.Serialize(plan, OpenRunJson.Default.PlanRecord)}\n";

        Assert.That(Left(content).Plan?.IsAsHashed(), Is.True);
        var cut = Left(content[..^20]);
        Assert.That((cut.Plan, cut.Versions?.System), Is.EqualTo(((PlanRecord?)null, "v42")));

        RunRecord Left(string written)
        {
            File.WriteAllText(path, written);
            return OpenRun.TakeOver(_shop.JournalFolder).Single();
        }
    }
}
