using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.People;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Experiments;

/// <summary>Runs in which people take part.</summary>
public sealed class AttendedRunTests
{
    private FakeSystem _shop = null!;
    private string _sessions = null!;

    private string People => Path.Combine(_sessions, "one", PersonAct.FileName);

    private RunnerOptions Asking => _shop.Options with { PeopleFile = People, Go = new GoRequirement(TimeSpan.FromMinutes(1)) };

    [SetUp]
    public void OpenShop()
    {
        _shop = new FakeSystem { HealsAfter = TimeSpan.FromMilliseconds(300) };
        _sessions = Path.Combine(_shop.JournalFolder, "sessions");
    }

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public async Task Nothing_is_broken_before_a_person_gives_the_go()
    {
        var running = Start(_shop.Experiment, Asking);
        await WaitsAsync();
        Assert.That(_shop.Calls, Is.Empty);
        var waiting = AttendedRun.Find(_sessions).Single();
        Assert.That((waiting.Name, waiting.File), Is.EqualTo(("it comes back", People)), "found by who gives it");

        new PersonAct(PersonActKind.Go, "ann") { Role = "commander", Text = "all are here", RunId = waiting.RunId }.Append(People);
        var record = await _shop.Time.UntilAsync(running, 5);

        Assert.That((record.Outcome, record.Go?.By, record.Go?.Role, record.Go?.Text), Is.EqualTo((Outcome.Passed, "ann", "commander", "all are here")));
        Assert.That(record.Go!.Given, Is.GreaterThan(record.Go.Asked).And.LessThan(record.Injection!.Value.Start));
        Assert.That(record.Phases.Single(phase => phase.Name == PhaseName.SteadyState).Detail, Does.Match("ann \\(commander\\) gave the go after "));
        Assert.That(record.Timeline, Has.Some.Matches<TimelineEvent>(entry => entry is { Kind: TimelineKind.Person, Source: "ann (commander)", Detail: "gave the go: all are here" }));
        Assert.That(AttendedRun.Find(_sessions), Is.Empty, "it is over");
    }

    [Test]
    public async Task Without_a_go_in_time_nothing_is_broken()
    {
        var record = await _shop.Time.UntilAsync(new ExperimentRunner(Asking with { Go = new GoRequirement(TimeSpan.FromSeconds(3)) }).RunAsync(_shop.Experiment), 5);

        Assert.That((record.Outcome, record.Reason), Is.EqualTo((Outcome.Inconclusive, "nobody gave the go within 3s. It is given by: chaos go --by NAME")));
        Assert.That(_shop.Calls, Is.Empty);
    }

    [Test]
    public async Task One_who_refuses_it_ends_the_run_before_it_breaks_anything()
    {
        var running = Start(_shop.Experiment, Asking);
        await WaitsAsync();

        new PersonAct(PersonActKind.NoGo, "bob") { Text = "sales runs today" }.Append(People);
        var record = await _shop.Time.UntilAsync(running, 5);

        Assert.That((record.Outcome, record.Reason), Is.EqualTo((Outcome.Inconclusive, "bob refused the go: sales runs today")));
        Assert.That(_shop.Calls, Is.Empty);
    }

    [Test]
    public async Task A_go_of_before_or_for_another_run_counts_for_nothing()
    {
        new PersonAct(PersonActKind.Go, "early").Append(People);
        var running = Start(_shop.Experiment, Asking);
        new PersonAct(PersonActKind.Go, "elsewhere") { RunId = "another" }.Append(People);
        await WaitsAsync();
        for (var i = 0; i < 20; i++)
        {
            _shop.Time.Advance(TimeSpan.FromMilliseconds(50));
            await FakeTime.SettleAsync();
        }

        Assert.That(_shop.Calls, Is.Empty);
        new PersonAct(PersonActKind.Go, "ann").Append(People);
        Assert.That((await _shop.Time.UntilAsync(running, 5)).Go?.By, Is.EqualTo("ann"));
    }

    [Test]
    public async Task A_halt_ends_the_waiting_whoever_gives_the_go_after_it()
    {
        using var halt = new CancellationTokenSource();
        var running = new ExperimentRunner(Asking).RunAsync(_shop.Experiment, halt.Token);
        await WaitsAsync();

        await halt.CancelAsync();
        new PersonAct(PersonActKind.Go, "ann").Append(People);
        var record = await _shop.Time.UntilAsync(running, 5);

        Assert.That((record.Outcome, record.Go), Is.EqualTo((Outcome.Halted, (GoRecord?)null)));
        Assert.That(_shop.Calls, Is.Empty);
    }

    [Test]
    public async Task A_system_that_falls_ill_while_people_wait_is_not_broken()
    {
        var running = Start(_shop.Experiment, Asking);
        await WaitsAsync();

        _shop.IsDown = true;
        new PersonAct(PersonActKind.Go, "ann").Append(People);
        var record = await _shop.Time.UntilAsync(running, 5);

        Assert.That((record.Outcome, record.Go?.By), Is.EqualTo((Outcome.Inconclusive, "ann")));
        Assert.That(record.Reason, Does.StartWith("the steady state did not hold before anything was injected"));
        Assert.That(_shop.Calls, Is.Empty);
    }

    [Test]
    public async Task A_go_may_be_given_in_advance()
    {
        var record = await _shop.RunAsync(_shop.Experiment, Asking with { Go = new GoRequirement(TimeSpan.FromMinutes(1)) { GivenBy = "ann" } });

        Assert.That((record.Outcome, record.Go?.By, record.Go?.Given), Is.EqualTo((Outcome.Passed, "ann", record.Go?.Asked)));
        Assert.That(record.Phases.Single(phase => phase.Name == PhaseName.SteadyState).Detail, Does.EndWith("ann gave the go in advance"));
    }

    [Test]
    public async Task Where_nobody_can_give_it_nothing_is_broken()
    {
        var record = await _shop.RunAsync(_shop.Experiment, Asking with { PeopleFile = null });

        Assert.That((record.Outcome, _shop.Calls.Count), Is.EqualTo((Outcome.Inconclusive, 0)));
        Assert.That(record.Reason, Does.Contain("RunnerOptions.PeopleFile"));
    }

    [Test]
    public async Task How_long_people_take_is_measured()
    {
        var script = new DrillScript { Scenario = "the shop dies", Participants = [new Participant("commander", "ann")], AbortWhen = "money is lost" };
        var running = Start(_shop.Experiment.Script(script).ObserveAtLeast("3s"), _shop.Options with { PeopleFile = People });
        while (_shop.Calls.Count == 0)
        {
            await StepAsync();
        }

        _shop.Say(SignalKind.Detected, "pager");
        await StepsAsync(10);
        new PersonAct(PersonActKind.Decided, "ann") { Text = "fail over" }.Append(People);
        await StepsAsync(10);
        new PersonAct(PersonActKind.Acted, "bob").Append(People);
        var record = await _shop.Time.UntilAsync(running, 5);

        Assert.That(record.Find(FigureNames.TimeToDecide)!.Figure.Upper, Is.InRange(0.5, 1));
        Assert.That(record.Find(FigureNames.TimeToAct)!.Figure.Upper, Is.InRange(0.45, 0.6));
        Assert.That(record.Timeline.Where(entry => entry.Kind == TimelineKind.Person).Select(entry => $"{entry.Source} {entry.Detail}"), Is.EqualTo(new[] { "ann decided: fail over", "bob done: did what was decided" }));
        Assert.That(record.Script, Is.EqualTo(script));
    }

    private static Task<RunRecord> Start(ExperimentBuilder experiment, RunnerOptions options) => new ExperimentRunner(options).RunAsync(experiment);

    private async Task WaitsAsync()
    {
        for (var i = 0; i < 2_000 && !AttendedRun.Find(_sessions).Any(run => run.WaitsUntil is not null); i++)
        {
            await StepAsync();
        }

        Assert.That(AttendedRun.Find(_sessions).Single().WaitsUntil, Is.Not.Null, "it waits");
    }

    private async Task StepsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await StepAsync(50);
        }
    }

    private async Task StepAsync(int milliseconds = 5)
    {
        _shop.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await FakeTime.SettleAsync();
    }
}
